import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT, TemporaryProject } from "../kernel/project";
import { notebookFile } from "./notebook-file";

/** The type check over the code cells of notebooks, as a command. */

let project: TemporaryProject;
beforeAll(() => {
  project = new TemporaryProject();
});
afterAll(() => project.remove());

function check(...cells: Parameters<typeof notebookFile>[0]) {
  project.write("notebooks/one.ipynb", notebookFile(cells));
  const command = ["tools/launch.mjs", path.join(ROOT, "tools/notebooks/typecheck.ts"), project.notebooks];
  return spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
}

test("an error names notebook, cell, line and column; later cells see earlier variables", () => {
  const { status, stdout } = check(
    "const row: { released: string | null } = { released: null };",
    "// two\nrow.releasd;",
  );
  expect(stdout).toMatch(/one\.ipynb, cell 2, line 2, column 5: TS2551 .*Did you mean 'released'/);
  expect(status).toBe(1);
});

test("clean cells pass; top-level await is allowed; a cell that is tagged to fail is left out", () => {
  const lesson = { source: "const wrong: number = 'text';", tags: ["raises-exception"] };
  const { status, stdout } = check("const n = await Promise.resolve(1);", lesson, "n.toFixed();");
  expect(stdout).toContain("0 type errors");
  expect(status).toBe(0);
});

test("cells are checked against the files that they import, as beside the notebook", () => {
  project.write(
    "lib/index.ts",
    "export interface Woman { released: string | null }\nexport const woman: Woman = { released: null };\n",
  );
  const { status, stdout } = check('import { woman, man } from "../lib";', "woman.released.length;");
  expect(stdout).toMatch(/one\.ipynb, cell 1, line 1, column 17: TS2305 /);
  expect(stdout).toMatch(/one\.ipynb, cell 2, line 1, column 1: TS18047 'woman\.released' is possibly 'null'/);
  expect(stdout).toContain("2 type errors");
  expect(status).toBe(1);
});
