import { expect, test } from "vitest";
import * as elementary from "../../../../lib/statistics/elementary";
import { type CompiledCell, compileCells } from "../../../../tools/site/live/compile";
import { originalColumn } from "../../../../tools/site/live/edits";
import { power, powerTo, Scope } from "../../../../tools/site/live/kernel/scope";

function compiled(...sources: string[]): CompiledCell[] {
  return compileCells(sources.map((source, number) => ({ number, id: `c${number}`, source })));
}

/** Runs cells as the kernel of a page does, and gives the value of each. */
async function run(
  cells: readonly CompiledCell[],
  modules: Readonly<Record<string, unknown>> = {},
): Promise<unknown[]> {
  const scope = new Scope();
  const values: unknown[] = [];
  for (const cell of cells) {
    let given: Parameters<Scope["commit"]>[1] = {};
    const inside = {
      module: (from: string) => modules[from],
      standard: (value: unknown) => Reflect.get(Object(value), "default") ?? value,
      import: async (from: string) => modules[from],
      pow: power,
      powTo: powerTo,
      give: (own: typeof given) => {
        given = own;
      },
    };
    const code: unknown = new Function(`return async ($,$in)=>{${cell.code}\n}`)();
    if (typeof code !== "function") throw new Error("no function");
    const result: unknown = await code(scope.names, inside);
    scope.commit(cell, given);
    values.push(Array.isArray(result) ? result[0] : undefined);
  }
  return values;
}

test("a cell gives its names to others and its last expression as its value", async () => {
  const cells = compiled(
    'import { twice, type Never } from "../lib";\nconst a: number = 2;\nfunction add(x: number): number { return x + a; }',
    "interface Row { readonly n: number }\nconst rows: Row[] = [{ n: twice(a) }];\nrows.map(({ n }) => add(n)) as number[]",
    "const { n, ...rest } = { n: 1, m: 2 }; const [first = 0, ...others] = [1, 2, 3];\n({ n, rest, first, others, a })",
  );
  expect(cells.map(({ defines }) => defines.map(({ name }) => name))).toEqual([
    ["a", "add", "twice"],
    ["rows"],
    ["n", "rest", "first", "others"],
  ]);
  expect(cells.map(({ reads }) => reads)).toEqual([[], ["twice", "a", "add"], ["a"]]);
  expect(cells[0]?.modules).toEqual([{ from: "../lib", names: ["twice"] }]);
  const [, sums, last] = await run(cells, { "../lib": { twice: (x: number) => 2 * x } });
  expect(sums).toEqual([6]);
  expect(last).toEqual({ n: 1, rest: { m: 2 }, first: 1, others: [2, 3], a: 2 });
});

test("a name of an inner scope, of a member or of a type is not one of another cell", () => {
  const [, second] = compiled(
    "const x = 1; const total = 2; type Row = { x: number };",
    "const f = (x: number) => { const total = x; return { total, x: total }.total; };\nlet y: Row | null = null; f(1)",
  );
  expect(second?.reads).toEqual([]);
});

test("a variable that gets another value has it in every cell, whichever cell gives it", async () => {
  const values = await run(
    compiled("let count = 1; const next = () => ++count;", "count += 10; next()", "[count, { count }.count]"),
  );
  expect(values).toEqual([undefined, 12, [12, 12]]);
});

test("powers are the library's, in every form", async () => {
  const [value] = await run(
    compiled(
      "let x = 1.1; x **= 10; const o = { p: 3, q: [2] }; o.p **= 2; o.q[0] **= 3;\n[1.1 ** 10, 2 ** 3 ** 2, (2 ** 3) ** 2, -(2 ** 2), x, o, 2n ** 70n, 1.1 ** -0.3]",
    ),
  );
  const { pow } = elementary;
  const tenth = pow(1.1, 10);
  expect(value).toEqual([tenth, 512, 64, -4, tenth, { p: 9, q: [8] }, 2n ** 70n, pow(1.1, -0.3)]);
});

test("a power of a variable of another cell changes that variable", async () => {
  expect(await run(compiled("let x = 3;", "x **= 2;", "x"))).toEqual([undefined, 9, 9]);
});

test("a place in running code leads back to the place in the cell", () => {
  const source = 'import {\n  a,\n} from "../lib";\nconst q = a(1 ** 2) + b.missing.c; q';
  const [, cell] = compiled("let b: any = 1;", source);
  const lines = (cell?.code ?? "").split("\n");
  expect(lines).toHaveLength(4);
  const at = (lines[3] ?? "").indexOf("missing") + 1;
  expect(originalColumn(cell?.shifts ?? [], 4, at)).toBe((source.split("\n")[3] ?? "").indexOf("missing") + 1);
});

test("what is more than types is refused in words, with its place", () => {
  const [good, bad] = compiled("const a = 1;", "\n  enum Colour { Red }\nColour.Red");
  expect(good?.refused).toBeNull();
  expect(bad?.refused).toMatch(/^line 2, column 3: a page cannot run an enum/);
});

test("a cell that changes a value of another one is known by its code where it can be", () => {
  const [, second, third, fourth] = compiled(
    "const rows = [3, 1]; let n = 0; const fit = { label: '' }; const map = new Map();",
    "rows.sort(); fit.label = 'x'; map.set(1, 2);",
    "n += 1; delete (fit as any).label;",
    "const sorted = [...rows].sort(); const mine = [1]; mine.push(2); rows.map((r) => r);",
  );
  expect(second?.changes).toEqual(["rows", "fit", "map"]);
  expect(third?.changes).toEqual(["n", "fit"]);
  expect(fourth?.changes).toEqual([]);
});

test("a dynamic import and a default import are the page's modules", async () => {
  const cells = compiled(
    'import all, { a as b } from "m"; import * as whole from "m";',
    'const m = await import("m"); [all, b, whole.a, m.a]',
  );
  expect((await run(cells, { m: { default: 1, a: 2 } })).at(-1)).toEqual([1, 2, 2, 2]);
});
