import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTypeErrors, typeChecker } from "../../../tools/check/compiler";
import { ROOT, TemporaryProject } from "../kernel/project";

/** What people get wrong in this project's kind of code, one file each; the last one is right. */
const FILES: Readonly<Record<string, string>> = {
  misspelt: "export const row = { released: 1 };\nrow.releasd;",
  maybeNull: "export function f(x: string | null): number {\n  return x.length;\n}",
  wrongType: 'export const n: number = "text";',
  noReturn: "export function f(x: number): number {\n  if (x > 0) return 1;\n}",
  noImport: 'import { nothing } from "./right";\nexport const x = nothing;',
  noModule: 'export * from "./nowhere";',
  tooFew: "const f = (a: number, b: number): number => a + b;\nexport const x = f(1);",
  notAll: 'export function f(x: "a" | "b"): string {\n  switch (x) {\n    case "a":\n      return x;\n  }\n}',
  fallsThrough:
    "export function f(x: number): number {\n  switch (x) {\n    case 1:\n      x += 1;\n    case 2:\n      return x;\n    default:\n      return 0;\n  }\n}",
  noOverride: "class A {\n  a(): void {}\n}\nexport class B extends A {\n  a(): void {}\n}",
  implicit: "export const f = (x) => x;",
  unknown: "export const f = (x: unknown): number => x.length;",
  excess: "interface A {\n  a: number;\n}\nexport const x: A = { a: 1, b: 2 };",
  readOnly: "export const f = (x: readonly number[]): void => void x.push(1);",
  ofNode: 'import { readFileSync } from "node:fs";\nexport const n: number = readFileSync("a", "utf8");',
  reasons: "interface A {\n  a: { b: (x: number) => string };\n}\nexport const x: A = { a: { b: (y: string) => y } };",
  typeOnly: 'import { Right } from "./right";\nexport { Right };',
  right: "export interface Right {\n  readonly a: number;\n}\nexport const right: Right = { a: 1 };",
};

let project: TemporaryProject;
beforeAll(() => {
  const files = Object.entries(FILES).map(([name, text]) => [`lib/${name}.ts`, `${text}\n`]);
  project = new TemporaryProject(Object.fromEntries(files));
});
afterAll(() => project.remove());

test("the native compiler finds what TypeScript 5.9 finds, at the same places", () => {
  const [native = "", ...flags] = typeChecker(ROOT);
  const both = [native, path.join(ROOT, "node_modules/typescript/bin/tsc")].map((compiler) =>
    findTypeErrors([compiler, ...flags], project.root)
      .map(({ file, line, column, text }) => `${path.basename(file ?? "")} ${line}:${column} ${text.split(" ")[0]}`)
      .sort(),
  );
  expect(both[0]).toEqual(both[1]);
  // Each wrong file is told of.
  const told = new Set(both[0]?.map((line) => line.split(".")[0]));
  expect([...told].sort()).toEqual(
    Object.keys(FILES)
      .filter((name) => name !== "right")
      .sort(),
  );
});

test("the native compiler is the one that runs where npm has it for this machine", () => {
  const lock: { packages: Record<string, unknown> } = JSON.parse(
    readFileSync(path.join(ROOT, "package-lock.json"), "utf8"),
  );
  const isThere = `node_modules/@typescript/typescript-${process.platform}-${process.arch}` in lock.packages;
  expect(typeChecker(ROOT)[0]?.includes("typescript-native")).toBe(isThere);
});

test("a place comes with its file, line, column and all of its reasons", () => {
  const found = findTypeErrors(typeChecker(ROOT), project.root).filter(({ file }) => file?.endsWith("reasons.ts"));
  expect(found).toEqual([
    {
      file: path.join(project.root, "lib/reasons.ts"),
      line: 4,
      column: 28,
      text: expect.stringMatching(/^TS2322 Type .*\n {2}Types of parameters/),
    },
  ]);
});

test("a compiler that cannot read the settings does not pass for one that found nothing", () => {
  project.write("broken/tsconfig.json", '{ "extends": "./nowhere.json" }');
  expect(findTypeErrors(typeChecker(ROOT), path.join(project.root, "broken"))[0]).toMatchObject({ file: null });
  expect(() => findTypeErrors(["-e", "process.exit(3)", "--"], project.root)).toThrow("ended with 3");
});
