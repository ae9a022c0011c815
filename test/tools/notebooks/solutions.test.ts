import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exercises } from "../../../lib/teaching";
import { findNotebooks, readNotebook } from "../../../tools/notebooks/notebook";
import { checksIn, fingerprintsOf, withFingerprints } from "../../../tools/notebooks/solutions";
import { exerciseOf, isSolution } from "../../../tools/notebooks/tags";
import { ROOT } from "../kernel/project";

/**
 * The solutions were run by `npm run notebooks`, and are again by its --check; here is what came of them, as it is
 * committed.
 */
const notebooks = findNotebooks(path.join(ROOT, "notebooks"), []).map(readNotebook);

test("notebooks/exercises.json holds the fingerprints that the solutions' cells give, and no other", () => {
  const written = readFileSync(path.join(ROOT, "notebooks/exercises.json"), "utf8");
  const fingerprints = fingerprintsOf(notebooks);
  expect(Object.keys(fingerprints)).toEqual(exercises().map(({ id }) => id));
  expect(written).toBe(withFingerprints(written, fingerprints));
});

test("a solution of an exercise that the file does not have is an error that names it", () => {
  expect(() => withFingerprints('{ "exercises": {} }', { "01-a": [] })).toThrow(/solves exercise 01-a/);
});

test("each exercise has one cell to try and one solution, in the notebook of its name", () => {
  for (const { name, cells } of notebooks) {
    const number = name.slice(0, 2);
    const wanted = exercises().filter(({ id }) => id.startsWith(`${number}-`));
    const tried = cells.map(({ tags }) => exerciseOf(tags)).filter((id) => id !== null);
    expect(tried).toEqual(wanted.map(({ id }) => id));
    expect(cells.filter(({ tags }) => isSolution(tags)).length).toBe(wanted.length);
  }
});

test("each solution is right, and each mistake before it is answered by its own words", () => {
  const shown = notebooks.flatMap((notebook) => checksIn(notebook, isSolution));
  expect(shown.length).toBe(exercises().length);
  for (const checks of shown) {
    expect(checks.at(-1)?.verdict).toBe("right");
    expect(checks.slice(0, -1).every(({ verdict }) => verdict === "reconsider")).toBe(true);
  }
});

test("a cell to try is not answered yet", () => {
  for (const checks of notebooks.flatMap((notebook) => checksIn(notebook, (tags) => exerciseOf(tags) !== null)))
    expect(checks.map(({ verdict }) => verdict)).toEqual(["not answered"]);
});

test("a solution's cell without a check is an error that says what to do", () => {
  const [notebook] = notebooks;
  if (notebook === undefined) throw new Error("no notebook");
  const cell = { number: 1, id: "x", source: "", tags: ["solution"], outputs: [], executionCount: 1 };
  expect(() => fingerprintsOf([{ ...notebook, cells: [cell] }])).toThrow(
    /a cell tagged "solution" shows no check\(\).*npm run notebooks/,
  );
});
