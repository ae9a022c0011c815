import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { entriesOf, libraryParts, nameInR } from "../../../tools/site/library";
import { referenceMarkdown } from "../../../tools/site/reference";
import { ROOT } from "../kernel/project";

const parts = libraryParts(ROOT);
const entries = entriesOf(parts).filter(({ kind }) => kind === "function");
const inR = (name: string): string =>
  entries
    .filter((entry) => entry.name === name)
    .map(nameInR)
    .join();

test("lib/REFERENCE.md is what the docstrings say now (npm run reference)", () => {
  expect(readFileSync(path.join(ROOT, "lib/REFERENCE.md"), "utf8")).toBe(referenceMarkdown(parts));
});

test("an R user finds survfit, survdiff, coxph, cox.zph, basehaz and the others", () => {
  expect(inR("kaplanMeier")).toMatch(/^survfit\(/);
  expect(inR("logRank")).toMatch(/^survdiff\(/);
  expect(inR("cox")).toMatch(/^coxph\(/);
  expect(inR("proportionalHazards")).toMatch(/^cox\.zph\(/);
  expect(inR("baselineHazard")).toMatch(/^basehaz\(/);
  expect(inR("concordance")).toMatch(/^concordance\(/);
  expect(inR("cumulativeIncidence")).toMatch(/^survfit\(/);
  expect(inR("grayTest")).toMatch(/^cmprsk::cuminc\(/);
  expect(inR("balanceTable")).toMatch(/^cobalt::bal\.tab\(/);
});

test("every function has a docstring with an example", () => {
  const without = entries.filter(({ file, name }) => {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    const declared =
      text.indexOf(`export function ${name}`) >= 0
        ? text.indexOf(`export function ${name}`)
        : text.indexOf(`export async function ${name}`);
    const start = text.lastIndexOf("/**", declared);
    return declared < 0 || !text.slice(start, declared).includes("@example");
  });
  expect(without.map(({ name }) => name)).toEqual([]);
});
