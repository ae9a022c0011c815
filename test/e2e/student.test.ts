import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { asModule } from "../../tools/notebooks/as-module";
import { findNotebooks, type Notebook, readNotebook } from "../../tools/notebooks/notebook";
import { runNotebook } from "../../tools/notebooks/run";
import { projectRoot } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";
import { studentNotebook } from "../../tools/teaching/student";

/**
 * In the kernel cell by cell: all of them with HRD_EVERY=1, the first with exercises on every run. The others run as
 * one module each, in a third of the time: their cells are those of the notebooks, which the kernel has run.
 */
const inKernel = (name: string): boolean => process.env.HRD_EVERY === "1" || name.startsWith("01");

async function runAsModule(notebook: Notebook, folder: string): Promise<void> {
  const outfile = join(folder, `${notebook.name}.mjs`);
  await build({
    stdin: { contents: asModule(notebook).text, resolveDir: folder, loader: "ts", sourcefile: notebook.name },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    outfile,
    // Packages written in CommonJS are loaded by a require that an ES module has to make.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const environment = { ...process.env, HRD_ROOT: projectRoot, HRD_PROGRESS: "off" };
  const result = await runQuietly(process.execPath, ["--enable-source-maps", outfile], environment, 120_000);
  expect(result, `${notebook.name}: ${result.stderr}`).toMatchObject({ code: 0 });
}

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
      expect(copy.cells.length).toBeGreaterThan(0);
      if (!inKernel(copy.name)) await runAsModule(copy, join(folder, "student"));
      else {
        const outputs = await runNotebook(copy, { root: projectRoot, timeoutMilliseconds: 60_000 });
        expect(outputs.size).toBe(copy.cells.length);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
