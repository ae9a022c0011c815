import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { describe, expect, test } from "vitest";
import { outlineOf } from "../../../tools/kernel/files/outline";
import { every } from "../../e2e/support/every";
import { ROOT } from "./project";

/** The shape of a file: what is left of it where only the types of other files depend on it. */

const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
const ts: typeof TypeScript = fromTslab("@tslab/typescript-for-tslab");

function shapeOf(text: string): string {
  return outlineOf(ts, "file.ts", text).shape.replace(/\s+/g, " ").replace(" export {};", "").trim();
}

describe("the shape of a file", () => {
  test.each([
    [
      "bodies go where the type is told",
      "export function f(a: number): number { return a + 1; }",
      "export function f(a: number): number {}",
    ],
    [
      "and stay where it is not",
      "export function f(a: number) { return a + 1; }",
      "export function f(a: number) { return a + 1; }",
    ],
    [
      "so with values",
      "export const a: number = 3; export const b = 3;",
      "export const a: number = null!; export const b = 3;",
    ],
    [
      "and functions in them",
      "export const f = (a: number): number => a + 1;",
      "export const f = (a: number): number => null!;",
    ],
    [
      "what is private and not named goes",
      "const seen = 1; type Inner = string; export type Outer = number;",
      "export type Outer = number;",
    ],
    [
      "what is named stays, with its imports",
      'import { A, B } from "./x"; type Inner = A; export type Outer = Inner[];',
      'import { A } from "./x"; type Inner = A; export type Outer = Inner[];',
    ],
    ["imports for their effects stay", 'import "./effects"; import { B } from "./x";', 'import "./effects";'],
    [
      "a value that is read stays",
      "const a: number | null = 3; export const b = a + 1;",
      "const a: number | null = 3; export const b = a + 1;",
    ],
    [
      "documentation stays",
      "/** Why. */ export function f(): void { work(); }",
      "/** Why. */ export function f(): void {}",
    ],
    [
      "members as functions do",
      "export class C { #n: number = 1; get n(): number { return this.#n; } }",
      "export class C { #n: number = null!; get n(): number {} }",
    ],
    [
      "what only the constructor tells stays",
      "export class C { n; constructor() { this.n = 1; } }",
      "export class C { n; constructor() { this.n = 1; } }",
    ],
    ["a file that cannot be read stays as it is", "export const = ;", "export const = ;"],
  ])("%s", (_, text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });

  test("names what a file imports, with the names, and what it passes on", () => {
    const outline = outlineOf(
      ts,
      "door.ts",
      'export { a as b, type C } from "./x"; export * from "./y"; export * as z from "./z";',
    );
    expect(outline.isDoor).toBe(true);
    expect(outline.imports).toEqual([
      { from: "./x", names: ["a", "C"] },
      { from: "./y", names: null },
      { from: "./z", names: null },
    ]);
    expect(outline.passedOn.map(({ name, original, isType }) => [name, original, isType])).toEqual([
      ["b", "a", false],
      ["C", "C", true],
      ["z", null, false],
    ]);
  });
});

/** The library's declarations as TypeScript makes them of its files, or of their shapes. */
function declarationsOf(files: readonly string[], text: (file: string) => string): Map<string, string> {
  const options: TypeScript.CompilerOptions = {
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    resolveJsonModule: true,
    types: ["node"],
    removeComments: true,
  };
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.readFile = (file) => (isLib(file) ? text(file) : readFile(file));
  const getSourceFile = host.getSourceFile;
  host.getSourceFile = (file, ...rest) =>
    isLib(file) ? ts.createSourceFile(file, text(file), ts.ScriptTarget.ES2022, true) : getSourceFile(file, ...rest);
  const found = new Map<string, string>();
  ts.createProgram(files, options, host).emit(undefined, (file, written) => found.set(file, written));
  return found;
}

function isLib(file: string): boolean {
  return file.startsWith(path.join(ROOT, "lib")) && file.endsWith(".ts") && !file.endsWith(".d.ts");
}

/**
 * The words of what others can see of a declaration file: no private declaration that nothing exported names. In their
 * order, unions are as TypeScript came upon their members.
 */
function visible(text: string): string[] {
  return outlineOf(ts, "file.ts", text)
    .shape.replace(/\n?export \{\};/g, "")
    .split(/[\s|&,;(){}<>]+/)
    .sort();
}

test.runIf(every)(
  "a file of the library and its shape have the same declarations",
  () => {
    const files = readdirSync(path.join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
      .map((name) => path.join(ROOT, "lib", name))
      .filter(isLib);
    const textOf = (file: string): string => readFileSync(file, "utf8");
    const whole = declarationsOf(files, textOf);
    const shaped = declarationsOf(files, (file) => outlineOf(ts, path.basename(file), textOf(file)).shape);
    expect(shaped.size).toBe(whole.size);
    for (const [file, text] of whole) expect(visible(shaped.get(file) ?? ""), file).toEqual(visible(text));
  },
  300_000,
);
