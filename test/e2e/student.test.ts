import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { findNotebooks, readNotebook } from "../../tools/notebooks/notebook";
import { runNotebook } from "../../tools/notebooks/run";
import { projectRoot } from "../../tools/start/machine";
import { studentNotebook } from "../../tools/teaching/student";

test("student copies run from top to bottom without the solutions", async () => {
  const folder = join(projectRoot, ".cache", "student-run");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "student"), { recursive: true });
  // The copies import ../lib, as they do in student/ beside it.
  symlinkSync(join(projectRoot, "lib"), join(folder, "lib"));
  try {
    for (const original of findNotebooks(join(projectRoot, "notebooks"), [])) {
      const file = join(folder, "student", basename(original));
      writeFileSync(file, studentNotebook(readNotebook(original)));
      const copy = readNotebook(file);
      const outputs = await runNotebook(copy, { root: projectRoot, timeoutMilliseconds: 60_000 });
      expect(outputs.size).toBe(copy.cells.length);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
