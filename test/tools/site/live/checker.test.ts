import { beforeAll, expect, test } from "vitest";
import { findNotebooks } from "../../../../tools/notebooks/notebook";
import { pageCells } from "../../../../tools/site/live";
import { CellChecker } from "../../../../tools/site/live/checker";
import { typeFiles } from "../../../../tools/site/live/types";
import { ROOT } from "../support";

let types: ReadonlyMap<string, string>;
beforeAll(() => {
  types = new Map(Object.entries(typeFiles(ROOT)));
}, 300_000);

const source = (number: number, text: string) => ({ number, id: `c${number}`, source: text });

// Those whose cells import what a page has declarations of its own for: danfojs, and modules of Node.
test.each(findNotebooks(`${ROOT}/notebooks`, ["00", "08"]))(
  "%s has no errors, and compiles as it was when the page was made",
  (file) => {
    const checker = new CellChecker(types);
    const cells = pageCells(file);
    checker.take(cells);
    expect(checker.diagnostics()).toEqual([]);
    const made = cells.map(({ id: _, tags: __, source: ___, ...cell }) => cell);
    expect(checker.compiled()).toEqual(made);
  },
  120_000,
);

test("a misspelt name is found with its place and what was meant; a redeclared one and an implicit any are, too", () => {
  const checker = new CellChecker(types);
  checker.take([
    source(0, 'import { kaplanMeier } from "../lib";\nconst [curve] = kaplanMeier({ time: [1], event: [true] });'),
    source(1, "\n  curve?.survivall;\nconst curve = 1;"),
    source(2, "const f = (x) => x;"),
  ]);
  const found = checker
    .diagnostics()
    .map(({ cell, line, column, code, text }) => [cell, line, column, code, text.slice(0, 23)]);
  expect(found).toContainEqual([1, 2, 10, 2551, "Did you mean 'survival'"]);
  expect(found.some(([cell, , , code]) => cell === 1 && code === 2451)).toBe(true);
  expect(found).toContainEqual([2, 1, 12, 7006, "Parameter 'x' implicitl"]);
});

test("what one cell leaves open is its own mistake, and the others stay what they are", () => {
  const checker = new CellChecker(types);
  const open = "const a = { b: [1, 2";
  checker.take([source(0, open), source(1, "const c = 1;"), source(2, "c")]);
  const found = checker.diagnostics();
  expect(new Set(found.map(({ cell }) => cell))).toEqual(new Set([0]));
  expect(found[0]?.from).toBe(open.length);
  expect(checker.compiled()[2]?.reads).toEqual(["c"]);
});

test("completion, types with docstrings, and parameters of a call", () => {
  const checker = new CellChecker(types);
  const text =
    'import { kaplanMeier } from "../lib";\nconst [curve] = kaplanMeier({ time: [1], event: [true] });\ncurve?.sur';
  checker.take([source(0, text)]);
  const { from, options } = checker.completions(0, text.length);
  expect(text.slice(from)).toBe("sur");
  expect(options.map(({ label }) => label)).toContain("survival");
  const hover = checker.hover(0, text.indexOf("kaplanMeier({") + 2);
  expect(hover?.code).toContain("SurvivalCurve[]");
  expect(hover?.text).toMatch(/Kaplan–Meier/);
  expect(checker.signature(0, text.indexOf("kaplanMeier(") + 12)?.code).toMatch(/^kaplanMeier\(outcome/);
});
