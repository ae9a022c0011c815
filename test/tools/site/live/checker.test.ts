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

test("what can stand at a place is known in a cell that is not finished, whatever stands behind it", () => {
  const checker = new CellChecker(types);
  const first = 'import { kaplanMeier } from "../lib";\nconst [curve] = kaplanMeier({ time: [1], event: [true] });';
  const asked = (text: string) => {
    checker.take([source(0, first), source(1, text), source(2, "const later = 2;\nlater + 1;")], 1);
    return checker.completions(1, text.length).options.map(({ label }) => label);
  };
  expect(asked("const a = 1;\ncurve?.")).toContain("survival");
  expect(asked("Math.")).toContain("sqrt");
  expect(asked("function f() { return curve?.surv")).toContain("survival");
  expect(asked("const rows = [{ a: 1 }];\nrows.map((row) => row.")).toEqual(["a"]);
  expect(asked("kaplanMeier({ ti")).toContain("time");
  // And its mistake is its own.
  expect(new Set(checker.diagnostics().map(({ cell }) => cell))).toEqual(new Set([1]));
});

/** What a checker that has seen all edits says, and one that sees that state only; of the first state both are one. */
function saidAfter(states: readonly (readonly ReturnType<typeof source>[])[]): [seen: unknown, fresh: unknown][] {
  const checker = new CellChecker(types);
  return states.map((cells, at) => {
    checker.take(cells);
    if (at === 0) {
      const first = checker.diagnostics();
      return [first, first];
    }
    const fresh = new CellChecker(types);
    fresh.take(cells);
    return [checker.diagnostics(), fresh.diagnostics()];
  });
}

test("after each edit the errors are those of a check of all cells", () => {
  const start = [
    "interface Row { n: number }\nlet total: number | undefined;\nconst row: Row = { n: 1 };",
    "total = 3;",
    "const twice = row.n * 2;\ntotal.toFixed();",
    "const half = twice / 2;\nconst maybe: number[] | null = half > 1 ? [1] : null;",
    "if (maybe === null) throw new Error();",
    "maybe.length;",
    "const free = 1;",
  ];
  const edits: readonly (readonly [cell: number, text: string])[] = [
    [0, "interface Row { m: number }\nlet total: number | undefined;\nconst row: Row = { m: 1 };"],
    [0, start[0] ?? ""],
    [1, ""],
    [1, "total = 4;"],
    [2, 'const twice = "2";\ntotal.toFixed();'],
    [2, start[2] ?? ""],
    [4, "1;"],
    [4, start[4] ?? ""],
    [6, "const half = 1;"],
    [6, "const free = {"],
    [6, "declare global { interface Array<T> { extra: T } }"],
    [5, "maybe.extra;"],
    [6, "function sure(value: unknown): asserts value {}"],
    [4, "sure(maybe);"],
    [6, ""],
    [0, ""],
  ];
  let texts = start;
  const states = [start, ...edits.map(([cell, text]) => (texts = texts.map((one, at) => (at === cell ? text : one))))];
  const said = saidAfter(states.map((all) => all.map((text, at) => source(at, text))));
  for (const [seen, fresh] of said) expect(seen).toEqual(fresh);
  // The edits make errors and take them away.
  expect(new Set(said.map(([seen]) => Object(seen).length)).size).toBeGreaterThan(3);
}, 120_000);

test("an edit of a cell of 05 is checked with what depends on it, and finds what a check of all finds", () => {
  const [file = ""] = findNotebooks(`${ROOT}/notebooks`, ["05"]);
  const cells = pageCells(file).map(({ number, source: text }) => source(number, text));
  const edited = (number: number, change: (text: string) => string) =>
    cells.map((cell) => (cell.number === number ? { ...cell, source: change(cell.source) } : cell));
  const renamed = (text: string): string => text.replace(/const (\w+)/, "const $1Renamed");
  const said = saidAfter([cells, edited(3, (text) => `${text}\nconst wrong: string = 1;`), edited(1, renamed)]);
  for (const [seen, fresh] of said) expect(seen).toEqual(fresh);
  expect(said.map(([seen]) => Object(seen).length > 0)).toEqual([false, true, true]);
}, 120_000);
