import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Compilation, compileCell } from "../../../tools/kernel/compile-cell";
import { type CellCompiler, createCellCompiler } from "../../../tools/kernel/compiler";
import { fromTslab, TYPESCRIPT, typescript } from "../../../tools/kernel/typescript";
import { TemporaryProject } from "./project";

/** What is checked, and how much is read, after an edit of a file of the project. */

const CURVE = `/** A curve. */
export function curve(times: readonly number[]): number[] {
  return times.map((time) => time + 1);
}
`;
const FIGURE = `import { curve } from "./curves";
export function figure(): string {
  const values: number[] = curve([1]);
  return values.join();
}
`;
const CELL = 'import { figure } from "../lib";\nfigure();';

let project: TemporaryProject;
let compiler: CellCompiler;
/** How TypeScript reads and watches files where no kernel runs. */
const system: Partial<typeof TypeScript.sys> = {};

beforeAll(() => {
  project = new TemporaryProject({
    "package.json": '{ "type": "module", "sideEffects": false }',
    "lib/index.ts": 'export { curve } from "./curves";\nexport * from "./figure";\nexport * from "./table";\n',
    "lib/curves/index.ts": 'export * from "./curve";\nexport { mean, type Rows } from "./mean";\n',
    "lib/curves/curve.ts": CURVE,
    "lib/curves/mean.ts":
      "export type Rows = readonly number[];\nexport const mean = (rows: Rows): number => rows.length;\n",
    "lib/figure.ts": FIGURE,
    "lib/table.ts": 'import { mean } from "./curves";\nexport const table = (): number => mean([1]);\n',
  });
  // The compiler gives tslab a TypeScript of its own; other tests of this process find the original.
  const original = typescript();
  Object.assign(system, original.sys);
  compiler = createCellCompiler(project.root, project.notebooks);
  const loaded = fromTslab.cache[fromTslab.resolve(TYPESCRIPT)];
  if (loaded) loaded.exports = original;
});
afterAll(() => {
  Object.assign(typescript().sys, system);
  delete fromTslab.cache[fromTslab.resolve("./dist/converter.js")];
  return project.remove();
});

function compiled(cell = CELL): Compilation {
  compiler.refresh();
  return compileCell(compiler, "", cell);
}

/** The files that are checked with the cell, by their names below lib/. */
function checkedWith(cell = CELL): string[] {
  return compiled(cell)
    .checked.map((file) => path.relative(path.join(project.root, "lib"), file))
    .sort();
}

function errorsOf({ diagnostics }: Compilation): string[] {
  return diagnostics.map(({ fileName, messageText }) => `${path.basename(fileName ?? "cell")}: ${messageText}`);
}

test("the first cell checks what runs with it, and no door that is right by its names", () => {
  expect(checkedWith()).toEqual(["curves/curve.ts", "figure.ts"]);
  expect(checkedWith()).toEqual([]);
});

test("a cell that is compiled as it was before keeps its program", () => {
  const before = compiler.program()?.program;
  compiled();
  expect(before).toBeDefined();
  expect(compiler.program()?.program === before).toBe(true);
});

test.each([
  ["a comment at the end", `${CURVE}// edited\n`],
  ["its documentation", CURVE.replace("A curve.", "A curve of survival.")],
  ["blanks", CURVE.replace("times: readonly", "times:  readonly")],
  ["a body", CURVE.replace("time + 1", "time + 2")],
  [
    "a function for itself",
    `${CURVE.replace("time + 1", "next(time)")}const next = (time: number): number => time + 1;\n`,
  ],
])("an edit of %s is checked in its own file only", (_, text) => {
  project.write("lib/curves/curve.ts", text);
  expect(checkedWith()).toEqual(["curves/curve.ts"]);
});

test("an edit of its types is checked in the files that run with the cell and see them", () => {
  project.write("lib/curves/curve.ts", CURVE.replace("): number[]", ", more: readonly number[] = []): number[]"));
  expect(checkedWith()).toEqual(["curves/curve.ts", "figure.ts"]);
  project.write("lib/curves/curve.ts", CURVE.replace("): number[]", "): readonly number[]"));
  const failed = compiled();
  expect(errorsOf(failed)).toEqual([
    expect.stringMatching(/^figure\.ts: The type 'readonly number\[\]' is 'readonly'/),
  ]);
  project.write("lib/curves/curve.ts", CURVE);
  expect(errorsOf(compiled())).toEqual([]);
});

test("a new name is no business of doors, nor of files that see others", () => {
  project.write("lib/curves/curve.ts", `${CURVE}export const more = 1;\n`);
  const cell = 'import { figure, table } from "../lib";\n[figure(), table()];';
  expect(checkedWith(cell)).toEqual(["curves/curve.ts", "curves/mean.ts", "figure.ts", "table.ts"]);
  project.write("lib/curves/curve.ts", `${CURVE}export const other = 1;\n`);
  expect(checkedWith(cell)).toEqual(["curves/curve.ts", "figure.ts"]);
  project.write("lib/curves/curve.ts", CURVE);
  compiled();
});

test("an array that is readonly is no other one, in a cell as in a file", () => {
  expect(errorsOf(compiled("const fixed: readonly number[] = [1];\nconst open: number[] = fixed;"))).toEqual([
    expect.stringMatching(/^cell: The type 'readonly number\[\]' is 'readonly'/),
  ]);
});

test("a file is checked when a name that it takes from a door means another one", () => {
  project.write("lib/curves/other.ts", CURVE.replace("A curve.", "Another."));
  project.write("lib/curves/index.ts", 'export * from "./other";\nexport { mean, type Rows } from "./mean";\n');
  expect(checkedWith()).toEqual(["curves/other.ts", "figure.ts"]);
  project.write("lib/curves/index.ts", 'export * from "./curve";\nexport { mean, type Rows } from "./mean";\n');
  compiled();
});

test.each([
  ["passes on a name that is not there", 'export { meen } from "./mean";', /index\.ts: .*meen/],
  ["passes on a name twice", 'export { mean } from "./mean"; export { mean } from "./mean";', /index\.ts: Duplicate/],
  ["has a name of two origins", 'export * from "./mean"; export * from "./twin";', /index\.ts: .*has already exported/],
  ["passes on a file that is not there", 'export * from "./gone";', /index\.ts: Cannot find module/],
  ["cannot be read", "export { mean from './mean';", /index\.ts: .*expected/],
])("a door that %s is checked, and its error told", (_, line, error) => {
  const door = 'export * from "./curve";\n';
  project.write("lib/curves/twin.ts", "export const mean = 1;\n");
  project.write("lib/curves/index.ts", `${door}${line}\n`);
  expect(errorsOf(compiled()).join("\n")).toMatch(error);
  project.write("lib/curves/index.ts", `${door}export { mean, type Rows } from "./mean";\n`);
  expect(errorsOf(compiled())).toEqual([]);
});

test("a name that two modules pass on from one file has one origin", () => {
  project.write("lib/curves/again.ts", 'export { mean } from "./mean";\n');
  project.write("lib/curves/index.ts", 'export * from "./curve";\nexport * from "./mean";\nexport * from "./again";\n');
  const found = compiled();
  expect(errorsOf(found)).toEqual([]);
  expect(found.checked.map((file) => path.basename(file))).not.toContain("index.ts");
});

test("a file that a cell imports is another one as soon as a nearer one has its name", () => {
  project.write("lib/near/index.ts", 'export const near = "a folder";\n');
  const cell = 'import { near } from "../lib/near";\nconst found: "a folder" | "a file" = near;';
  expect(errorsOf(compiled(cell))).toEqual([]);
  project.write("lib/near.ts", "export const near = 3;\n");
  project.write("lib/near/index.ts", 'export const near = "a folder"; // edited\n');
  expect(errorsOf(compiled(cell))).toEqual([expect.stringContaining("Type '3' is not assignable")]);
});
