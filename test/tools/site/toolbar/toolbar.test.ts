import { describe, expect, test } from "vitest";
import type { Output } from "../../../../tools/notebooks/notebook";
import { savedNotebook } from "../../../../tools/notebooks/saved";
import { pageBundleMapped } from "../../../../tools/site/live/bundles";
import { functionPlaces } from "../../../../tools/site/toolbar/kernel-functions";
import { pieceFingerprints, pieceText, restText } from "../../../../tools/site/toolbar/pieces";
import { pageManifest, sliceCells } from "../../../../tools/site/toolbar/verify-notebooks";
import { isInRanges } from "../../../../tools/verify/ranges";
import { codeCell, markdownCell, ROOT } from "../support";

describe("a notebook as it stands in a page", () => {
  const skeleton = JSON.stringify({
    cells: [markdownCell("# Title", "t"), codeCell("const a = 1;\na", { id: "one" }), codeCell("let b", { id: "two" })],
    metadata: { kernelspec: { name: "hrd-typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
  const outputs: Output[] = [
    { output_type: "stream", name: "stdout", text: ["x\ny\n"] },
    { output_type: "execute_result", data: { "text/plain": ["2"] }, metadata: {}, execution_count: null },
  ];

  test("has sources as edited and outputs as run, counted in order; what did not run has none", () => {
    const cells = [
      { id: "two", source: "let b = 2;\nb", outputs, ran: true },
      { id: "unknown", source: "x", outputs: [], ran: true },
    ];
    const saved = JSON.parse(savedNotebook(skeleton, cells));
    const sources = saved.cells.map(({ source }: { source: string | string[] }) => [source].flat().join(""));
    expect(sources).toEqual(["# Title", "const a = 1;\na", "let b = 2;\nb"]);
    expect(saved.cells[2].execution_count).toBe(1);
    expect(saved.cells[2].outputs).toEqual([
      { output_type: "stream", name: "stdout", text: ["x\n", "y\n"] },
      { output_type: "execute_result", data: { "text/plain": ["2"] }, metadata: {}, execution_count: 1 },
    ]);
    expect(saved).toMatchObject({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "hrd-typescript" } },
    });
    expect(savedNotebook(savedNotebook(skeleton, cells), cells)).toBe(savedNotebook(skeleton, cells));
  });
});

describe("functions of the library in the script that a page runs", () => {
  test("one changed byte is that of one function, or of the rest", async () => {
    const contents = 'import { logRank } from "../lib/survival"; globalThis.x = logRank;';
    const { text, map } = await pageBundleMapped(ROOT, {
      stdin: { contents, resolveDir: `${ROOT}/notebooks`, loader: "ts", sourcefile: "kernel.ts" },
    });
    const places = functionPlaces(ROOT, text, map);
    const name = "lib/survival/log-rank.ts: logRank";
    const own = places[name] ?? [];
    expect(pieceText(text, own)).toContain("no two groups are at risk together");
    const all = Object.values(places);
    const length = all.flat().reduce((sum, one, at) => sum + (at % 2 === 1 ? one : 0), 0);
    expect(restText(text, all).length + length).toBe(text.length);

    const before = pieceFingerprints(text, places, "rest");
    const changedBy = (script: string): string[] => {
      const now = pieceFingerprints(script, places, "rest");
      return [...before].filter(([one, hash]) => now.get(one) !== hash).map(([one]) => one);
    };
    expect(changedBy(text)).toEqual([]);
    expect(changedBy(text.replace("no two groups", "no twu groups"))).toEqual([name]);
    const at = text.indexOf("globalThis");
    expect(changedBy(`${text.slice(0, at)}G${text.slice(at + 1)}`)).toEqual(["rest"]);
  });

  test("the manifest of pages has each notebook's own functions", () => {
    const claim = (id: number, notebook: string, functions: string) => ({
      ...{ id, notebook, cell: "c", verdict: "wording", printed: "0", cells: ["c"], functions, files: [], records: [] },
    });
    const manifest = {
      note: "n",
      files: {},
      cells: {},
      functions: { "lib/a.ts: a": "1", "lib/a.ts: b": "2" },
      claims: [claim(1, "01", "0-1"), claim(2, "02", "1")],
    };
    const parts = new Map(
      [
        "01: lib/a.ts: a",
        "01: lib/a.ts: b",
        "02: lib/a.ts: b",
        "01: what else its library's script holds",
        "02: what else its library's script holds",
      ].map((name) => [name, name]),
    );
    const page = pageManifest(manifest, parts);
    const names = Object.keys(page.functions);
    const restsOn = page.claims.map(({ functions }) => names.filter((_, at) => isInRanges(functions, at)));
    expect(restsOn).toEqual([
      ["01: lib/a.ts: a", "01: lib/a.ts: b", "01: what else its library's script holds"],
      ["02: lib/a.ts: b", "02: what else its library's script holds"],
    ]);
  });

  test("statements of claims are cells under their own names, each statement once", () => {
    const one = { at: 0, cellId: "load", text: "const a = 1;", claim: null };
    const two = { at: 3, cellId: "load", text: "const b = a;", claim: null };
    const show = { at: 5, cellId: "end", text: "claim(1, { a: b })", claim: "claim(1, { a: b })" };
    const slice = { id: 1, notebook: "01", cellId: "end", functions: [], readsPrinted: [] };
    expect(
      sliceCells([
        { ...slice, statements: [one, two, show] },
        { ...slice, id: 2, statements: [one] },
      ]),
    ).toEqual([
      { number: 0, id: "load", tags: [], source: "const a = 1;\nconst b = a;" },
      { number: 1, id: "end", tags: [], source: "claim(1, { a: b })" },
    ]);
  });
});
