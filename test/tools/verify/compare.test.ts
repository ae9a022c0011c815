import { describe, expect, test } from "vitest";
import { canonicalJson, fingerprint, sha256 } from "../../../tools/seal/seal";
import { type AtHand, changesSince, comparedWith } from "../../../tools/verify/compare";
import { type Manifest, manifestSchema } from "../../../tools/verify/manifest";
import { firstDifference, printedClaims } from "../../../tools/verify/printed";
import { isInRanges, rangesText } from "../../../tools/verify/ranges";
import { recordsOf, splitRows } from "../../../tools/verify/records";
import { changeText, findings } from "../../../tools/verify/report";

const CSV = 'id,name\ngao-yu,"Gao\nYu"\nwang-yu,Wang Yu\nher,Her\n';

function atHand(csv = CSV, cells = { "01: load": "const a = 1;" }, body = "return 1;"): AtHand {
  return {
    files: new Map([["data/a.csv", recordsOf("data/a.csv", csv)]]),
    cells: new Map(Object.entries(cells).map(([name, text]) => [name, fingerprint(text)])),
    functions: new Map([
      ["lib/a.ts: one", fingerprint(body)],
      ["lib/a.ts: two", fingerprint("two")],
    ]),
    printed: new Map([
      [1, fingerprint("1")],
      [2, fingerprint("2")],
    ]),
  };
}

const before = atHand();
const manifest: Manifest = manifestSchema.parse({
  note: "a note",
  files: { "data/a.csv": before.files.get("data/a.csv")?.map(({ name, hash }) => [name, hash]) },
  cells: Object.fromEntries(before.cells),
  functions: Object.fromEntries(before.functions),
  claims: [
    {
      ...{ id: 1, notebook: "01", cell: "load", verdict: "wording", printed: fingerprint("1") },
      ...{ cells: ["load"], functions: "0-1", files: ["data/a.csv"], records: [] },
    },
    {
      ...{ id: 2, notebook: "01", cell: "end", verdict: "wording", printed: fingerprint("2") },
      ...{ cells: ["end"], functions: "1", files: [], records: ["data/a.csv: row 3, wang-yu"] },
    },
  ],
});

const changes = (now: AtHand): string[] => changesSince(manifest, now).map(changeText);

describe("what has changed, and the claims that rest on it", () => {
  test("nothing, where nothing has", () => {
    expect(changesSince(manifest, before)).toEqual([]);
    expect(comparedWith(manifest, before)).toEqual({ rows: 4, cells: 1, functions: 2 });
  });

  test("a row, for claims of the whole file and of that row", () => {
    expect(changes(atHand(CSV.replace("Wang Yu", "Wang Yv")))).toEqual([
      "data changed: data/a.csv: row 3, wang-yu; claims 1 and 2 rest on it",
    ]);
    expect(changes(atHand(CSV.replace("her,Her", "her,Hers")))).toEqual([
      "data changed: data/a.csv: row 4, her; claim 1 rests on it",
    ]);
  });

  test("a row inside quotation marks that spans two lines", () => {
    expect(changes(atHand(CSV.replace("Gao\nYu", "Gao\nYe")))).toEqual([
      "data changed: data/a.csv: row 2, gao-yu; claim 1 rests on it",
    ]);
  });

  test("rows that are new, gone or in another order, and not those that moved because of them", () => {
    const rows = splitRows(CSV);
    expect(changes(atHand([...rows.slice(0, 2), "new,New\n", ...rows.slice(2)].join("")))).toEqual([
      "data new: data/a.csv: row 3, new; claims 1 and 2 rest on it",
    ]);
    expect(changes(atHand(rows.filter((_, at) => at !== 1).join("")))).toEqual([
      "data gone: data/a.csv: row 2, gao-yu; claim 1 rests on it",
    ]);
    expect(changes(atHand([rows[0], rows[2], rows[1], rows[3]].join("")))).toEqual([
      "data in another order: data/a.csv; claims 1 and 2 rest on it",
    ]);
  });

  test("a cell, a function, a printed result", () => {
    expect(changes(atHand(CSV, { "01: load": "const a = 2;" }))).toEqual([
      "cell changed: 01: load; claim 1 rests on it",
    ]);
    expect(changes(atHand(CSV, undefined, "return 2;"))).toEqual([
      "function changed: lib/a.ts: one; claim 1 rests on it",
    ]);
    const printed = new Map([[1, fingerprint("1")]]);
    expect(changes({ ...before, printed })).toEqual([
      "printed gone: 01: end, what it shows of claim 2; claim 2 rests on it",
    ]);
  });

  test("what a page does not hold is not said to be gone", () => {
    const nothing = { files: new Map(), cells: new Map(), functions: new Map(), printed: new Map() };
    expect(changesSince(manifest, nothing)).toEqual([]);
    expect(comparedWith(manifest, nothing)).toEqual({ rows: 0, cells: 0, functions: 0 });
  });
});

describe("records of JSON files", () => {
  test("entries by their id, whatever the layout", () => {
    const records = recordsOf("data/x.json", '{"note": "n", "claims": [{"id": 7, "a": 1}, {"id": 8}]}');
    expect(records.map(({ name }) => name)).toEqual(["note", "claims/7", "claims/8"]);
    expect(recordsOf("data/x.json", '{"note":"n","claims":[{"a":1,"id":7},{"id":8}]}')).toEqual(records);
  });
});

describe("what is printed, held against what is computed", () => {
  const output = (text: string): unknown => ({
    data: { "application/vnd.hrd.claim+json": { id: 1, verdict: "wording" }, "text/plain": text },
  });
  const [printed, other] = [...printedClaims([output("a\nb")]), ...printedClaims([output("a\nc")])];

  test("the first line that differs", () => {
    if (printed === undefined || other === undefined) throw new Error("no claims");
    expect(firstDifference(printed, printed)).toBeNull();
    expect(firstDifference(printed, other)).toBe('printed "b", computed "c"');
    const html = { ...printed, forms: { ...printed.forms, "text/html": "<p>" } };
    expect(firstDifference(printed, html)).toBe("text/html differs");
  });

  test("a claim that cannot be computed is neither right nor wrong", () => {
    expect(findings(manifest, printedClaims([output("a\nb")]), printedClaims([output("a\nb")]))).toEqual([
      { id: 1, same: true, words: "" },
      { id: 2, same: null, words: "01, cell end, shows no such claim" },
    ]);
    const failed = new Map([[1, "01: no data"]]);
    expect(findings(manifest, printedClaims([output("a")]), [], failed)[0]).toEqual({
      id: 1,
      same: null,
      words: "01: no data",
    });
  });
});

describe("seals", () => {
  test("SHA-256 of FIPS 180-4 and of text beyond ASCII", () => {
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // printf 'ü€𝄞' | sha256sum
    expect(sha256("ü€𝄞")).toBe("27c5b64c2e3f1b189165a4702e1cd257aa4a139a5094e22a6f03babff11315c7");
  });

  test("canonical JSON does not depend on the order of keys, and refuses what JSON cannot hold", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "é" }], a: -0, x: undefined })).toBe(
      '{"a":0,"b":[1,{"c":"é","d":null}]}',
    );
    expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow("the value.a[1] is NaN, which JSON cannot hold");
    expect(() => canonicalJson({ f: () => 1 })).toThrow("the value.f is of type function");
  });

  test("ranges", () => {
    expect(rangesText([0, 1, 2, 5, 7, 8])).toBe("0-2 5 7-8");
    expect([0, 3, 5, 6, 8].filter((place) => isInRanges("0-2 5 7-8", place))).toEqual([0, 5, 8]);
    expect(isInRanges("", 0)).toBe(false);
  });
});
