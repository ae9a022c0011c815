import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { expect, test } from "vitest";
import { oneVariableEach } from "../../../tools/kernel/one-variable";

/** The code that a cell becomes: plain reads and writes of one object, without a second variable beside it. */

const ofTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
const ts: typeof TypeScript = ofTslab("@tslab/typescript-for-tslab");

function emitted(cell: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const transformers = { before: [oneVariableEach(ts, () => {})] };
  const { outputText } = ts.transpileModule(`${cell}\nexport {};`, { compilerOptions, transformers });
  return outputText.replace(/^"use strict";\n|^Object\.defineProperty\(exports, "__esModule".*\n/gm, "");
}

test.each([
  [
    "let s = 0; for (let k = 0; k < 9; k++) s += k;",
    "exports.s = 0;\nfor (let k = 0; k < 9; k++)\n    exports.s += k;\n",
  ],
  ["let n = 1; n++; --n;", "exports.n = 1;\nexports.n++;\n--exports.n;\n"],
  ["let r = []; r = [...r, 1];", "exports.r = [];\nexports.r = [...exports.r, 1];\n"],
  ["let a = 1; ({ a } = { a: 2 });", "exports.a = 1;\n({ a: exports.a } = { a: 2 });\n"],
  ["const __x = 1; __x;", "exports.__x = 1;\nexports.__x;\n"],
])("%s", (cell, code) => {
  // A loop over permutations runs as this code is: no proxy, no setter, no second write.
  expect(emitted(cell)).toBe(code);
});
