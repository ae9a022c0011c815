import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { asModule } from "../../tools/notebooks/as-module";
import { findNotebooks, type Notebook, readNotebook } from "../../tools/notebooks/notebook";
import { runNotebook } from "../../tools/notebooks/run";
import { studentNotebook } from "../../tools/notebooks/student";
import { projectRoot } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";
import { every } from "./support/every";

/**
 * In the kernel cell by cell with HRD_EVERY=1. On every run some of them as one module each, in a fifth of the time: their
 * cells are those of the notebooks, which the kernel has run.
 */
const inKernel = every;
/** Those that run as modules on every run: exercises of all kinds, and a file of data that is written. */
const AS_MODULES = /^(?:01|08)-/;

/** Runs them one after the other in one process, which loads the packages once. */
async function runAsModules(notebooks: readonly Notebook[], folder: string): Promise<void> {
  const modules: string[] = [];
  for (const notebook of notebooks) {
    const outfile = join(folder, `${notebook.name}.mjs`);
    await build({
      stdin: {
        contents: asModule(notebook).text,
        resolveDir: folder,
        loader: "ts",
        sourcefile: notebook.name,
      },
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
    modules.push(`await import("./${notebook.name}.mjs").catch((error) => {
  console.error("${notebook.name}:", error);
  process.exit(1);
});
done.push("${notebook.name}");`);
  }
  const main = join(folder, "all.mjs");
  const report = "process.stderr.write(`done: ${done.join(' ')}`);";
  writeFileSync(main, ["const done = [];", ...modules, report].join("\n"));
  const environment = { ...process.env, HRD_ROOT: projectRoot, HRD_PROGRESS: "off" };
  const result = await runQuietly(process.execPath, ["--enable-source-maps", main], environment, 240_000);
  expect(result.stderr).toContain(`done: ${notebooks.map(({ name }) => name).join(" ")}`);
  expect(result.code).toBe(0);
}

test("student copies run from top to bottom without the solutions", async () => {
  const folder = join(projectRoot, ".cache", "student-run");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "student"), { recursive: true });
  // The copies import ../lib, and 09 a file of ../bench, as they do in student/ beside it.
  for (const name of ["lib", "bench"]) symlinkSync(join(projectRoot, name), join(folder, name));
  try {
    const asModules: Notebook[] = [];
    for (const original of findNotebooks(join(projectRoot, "notebooks"), [])) {
      const file = join(folder, "student", basename(original));
      writeFileSync(file, studentNotebook(readNotebook(original)));
      const copy = readNotebook(file);
      expect(copy.cells.length).toBeGreaterThan(0);
      if (!inKernel) {
        if (AS_MODULES.test(copy.name)) asModules.push(copy);
      } else {
        const outputs = await runNotebook(copy, { root: projectRoot, timeoutMilliseconds: 60_000 });
        expect(outputs.size).toBe(copy.cells.length);
      }
    }
    await runAsModules(asModules, join(folder, "student"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 900_000);
