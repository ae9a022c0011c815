import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { needNumbers, needRows } from "../../lib/figures/checks";
import * as marks from "../../lib/figures/marks";
import * as traces from "../../lib/figures/traces";
import { InvalidInputError } from "../../lib/statistics";

describe("marks around the data", () => {
  test("rules run over the whole plot, in its own coordinates across", () => {
    expect(marks.verticalRule("2015-09-01", "launch", marks.EVENT)).toEqual({
      type: "line",
      name: "launch",
      ...{ x0: "2015-09-01", x1: "2015-09-01", xref: "x", y0: 0, y1: 1, yref: "paper" },
      line: { color: "#1a1a1a", width: 1, dash: "longdash" },
    });
    const level = marks.horizontalRule(1, "no difference", marks.REFERENCE, "below");
    expect(level).toMatchObject({ x0: 0, x1: 1, xref: "paper", y0: 1, y1: 1, yref: "y", layer: "below" });
    expect(marks.segment([1, 2], [3, 4], "part", marks.ZERO)).toMatchObject({ x0: 1, y0: 2, x1: 3, y1: 4 });
    expect(marks.verticalBand(-0.1, 0.1, "negligible")).toMatchObject({ type: "rect", x0: -0.1, x1: 0.1 });
  });

  test("labels of lines that end together stand apart, each tied to its line in its colour", () => {
    const labels = [0.5, 0.5, 0.1].map((end, i) => ({ text: `line ${i}`, end, size: 20 }));
    const placed = marks.directLabels(labels, { top: 1, pixels: 100, from: 0, to: 100 }, { name: "end" });
    const heights = placed.map(({ y, ay }) => (1 - Number(y)) * 100 + (ay ?? 0));
    expect(heights[1] - heights[0]).toBeGreaterThanOrEqual(20);
    expect(heights[2] - heights[1]).toBeGreaterThanOrEqual(20);
    expect(placed.map(({ y }) => y)).toEqual([0.5, 0.5, 0.1]);
    expect(new Set(placed.map(({ arrowcolor }) => arrowcolor)).size).toBe(3);
  });

  test("rows have their texts at the same height on both sides", () => {
    const { yaxis, yaxis2 } = marks.rowLabels(["a", "b"], ["1", "2"]);
    expect(yaxis2.tickvals).toEqual(yaxis.tickvals);
    expect(yaxis2.range).toEqual(yaxis.range);
    expect([yaxis.ticktext, yaxis2.ticktext]).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(yaxis2).toMatchObject({ overlaying: "y", side: "right" });
  });

  test("bold text is text", () => {
    expect(marks.bold("<i> & $x$")).toBe("<b>&lt;i&gt; &amp; &#36;x&#36;</b>");
  });
});

describe("traces", () => {
  test("dots and lines place things by their channels, and say nothing where they have no words", () => {
    const things = [
      { at: 1, share: 0.5 },
      { at: 2, share: 0.25 },
    ];
    const channels = { x: (thing: { at: number }) => thing.at, y: (thing: { share: number }) => thing.share };
    const said = traces.dots("d", things, { ...channels, text: ({ at }, i) => `${i}: ${at}` }, { size: 3 });
    expect(said).toMatchObject({ x: [1, 2], y: [0.5, 0.25], hoverinfo: "text", hovertext: ["0: 1", "1: 2"] });
    expect(traces.line("l", things, channels, { width: 1 })).toMatchObject({
      mode: "lines",
      hoverinfo: "skip",
    });
  });

  test("segments have gaps between them; an area goes along one edge and back along the other", () => {
    const list = [
      { x: [1, 2], y: [0, 0] },
      { x: [4, 5], y: [1, 1] },
    ] as const;
    const { x, y } = traces.segments("s", list, {});
    expect([x, y]).toEqual([
      [1, 2, null, 4, 5, null],
      [0, 0, null, 1, 1, null],
    ]);
    const edges = { x: (i: number) => i, first: (i: number) => 10 + i, second: (i: number) => 20 + i };
    expect(traces.area("a", [1, 2], edges, { fill: "#fff", line: {} })).toMatchObject({
      x: [1, 2, 2, 1],
      y: [11, 12, 22, 21],
      fill: "toself",
    });
  });
});

describe("checks", () => {
  const thrown = (call: () => void): InvalidInputError => {
    try {
      call();
    } catch (error) {
      if (error instanceof InvalidInputError) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  test("a number that is none is named by its place, however deep", () => {
    const curves = [{ time: [1, 2], limits: null }, { time: [1, Number.NaN] }];
    const error = thrown(() => needNumbers("survivalFigure", "curves", curves));
    expect(error.message).toBe("survivalFigure: curves[1].time[1] is NaN; a finite number is needed");
    expect([error.function, error.argument, error.index]).toEqual(["survivalFigure", "curves", 1]);
    expect(() => needNumbers("f", "options", { pValue: 1.5 })).toThrow("f: options.pValue is 1.5; a p value");
    expect(() => needNumbers("f", "options", { tickEvery: 0 })).toThrow("a distance above 0 is needed");
    expect(() => needNumbers("f", "options", { pValue: 1, name: "x", none: undefined })).not.toThrow();
  });

  test("the first bad row is named by its place and its label", () => {
    const rows = [
      { label: "a", n: 1 },
      { label: "b", n: -1 },
    ];
    const fault = ({ n }: { n: number }): string | null => (n < 0 ? `the count ${n}` : null);
    const error = thrown(() => needRows("f", rows, ({ label }) => label, fault, "a number from 0 is"));
    expect(error.message).toBe('f: row 2 ("b") has the count -1; a number from 0 is needed');
    expect(error.index).toBe(1);
  });
});

describe("lib/figures/README.md", () => {
  const text = readFileSync("lib/figures/README.md", "utf8");
  const files = readdirSync("lib/figures").filter((name) => name.endsWith(".ts"));
  const sources = files.map((name) => readFileSync(`lib/figures/${name}`, "utf8")).join("\n");

  test("its code is the library's, to the letter", () => {
    const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
    expect(blocks).toHaveLength(1);
    for (const code of blocks) expect(sources).toContain(code);
  });

  test("its marks and files are there", () => {
    const table = text.split("\n").filter((line) => line.startsWith("|"));
    const names = table.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const known = { ...marks, ...traces };
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !(name in known))).toEqual([]);
    const named = [...text.matchAll(/`([a-z-]+\.ts)`/g)].map(([, name]) => name);
    expect(named.filter((name) => !files.includes(name))).toEqual([]);
  });
});
