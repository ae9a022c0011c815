import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asObject } from "../../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../../tools/notebooks/notebook";
import { studentNotebook } from "../../../tools/notebooks/student";
import { exerciseOf, isSolution } from "../../../tools/notebooks/tags";
import { ROOT, TemporaryProject } from "../kernel/project";

const originals = findNotebooks(path.join(ROOT, "notebooks"), []).map(readNotebook);

describe("student copies", () => {
  let project: TemporaryProject;
  beforeAll(() => {
    project = new TemporaryProject();
    for (const name of ["lib", "bench"]) symlinkSync(path.join(ROOT, name), path.join(project.root, name));
    for (const notebook of originals) project.write(`student/${notebook.name}`, studentNotebook(notebook));
  });
  afterAll(() => project.remove());

  const copies = () => findNotebooks(path.join(project.root, "student"), []).map(readNotebook);

  test("have no solution and no output, and all else", () => {
    for (const [index, copy] of copies().entries()) {
      const original = originals[index];
      expect(copy.cells.some(({ tags }) => isSolution(tags))).toBe(false);
      expect(copy.cells.every(({ outputs, executionCount }) => outputs.length === 0 && executionCount === null)).toBe(
        true,
      );
      const kept = original?.cells.filter(({ tags }) => !isSolution(tags)).map(({ source }) => source);
      expect(copy.cells.map(({ source }) => source)).toEqual(kept);
      const solutions = original?.cells.filter(({ tags }) => isSolution(tags)) ?? [];
      for (const { source } of solutions) expect(JSON.stringify(copy.json)).not.toContain(JSON.stringify(source));
    }
  });

  test("keep the prose, and ask every exercise", () => {
    for (const [index, copy] of copies().entries()) {
      const prose = (json: unknown): string[] => {
        const { cells } = asObject(json);
        const all = Array.isArray(cells) ? cells.map(asObject) : [];
        return all.filter((cell) => cell.cell_type === "markdown").map((cell) => text(cell.source));
      };
      expect(prose(copy.json)).toEqual(prose(originals[index]?.json));
      const asked = (notebook: typeof copy | undefined): (string | null)[] =>
        notebook?.cells.map(({ tags }) => exerciseOf(tags)).filter((id) => id !== null) ?? [];
      expect(asked(copy)).toEqual(asked(originals[index]));
    }
  });

  // What a copy runs is a part of what `npm run notebooks -- --check` runs. The rest is that nothing in it needs a
  // variable of a solution, which the compiler knows. test/e2e/teaching.test.ts runs them.
  test("compile without the solutions", () => {
    const command = [
      "tools/launch.mjs",
      path.join(ROOT, "tools/notebooks/typecheck.ts"),
      path.join(project.root, "student"),
    ];
    const { stdout } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
    expect(stdout).toBe(`${originals.length} notebooks, 0 type errors\n`);
  });
});
