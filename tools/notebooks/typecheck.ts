import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Found, findTypeErrors, typeChecker } from "../check/compiler";
import { asModule, type NotebookModule } from "./as-module";
import { findNotebooks, readNotebook } from "./notebook";

/**
 * Strict `tsc` over the code cells of every notebook: the cells of one notebook, one after the other, are one
 * module. Cells that are tagged to fail are left out; the runner sees to it that they do fail.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Another folder of notebooks may be named as the only argument. */
const FOLDER = path.resolve(process.argv[2] ?? path.join(ROOT, "notebooks"));

interface Unit extends NotebookModule {
  readonly notebook: string;
}

function unitOf(file: string): Unit {
  const notebook = readNotebook(file);
  return { notebook: notebook.name, ...asModule(notebook) };
}

function describe(unit: Unit, { line, column, text }: Found): string {
  const start = unit.starts.findLast((candidate) => candidate.line < line);
  const place = start ? `cell ${start.cell.number}, line ${line - start.line}` : `line ${line}`;
  return `${unit.notebook}, ${place}, column ${column}: ${text}`;
}

/** What is found in modules that stand in a folder of their own, and import as if they lay beside the notebooks. */
function check(units: ReadonlyMap<string, Unit>, folder: string): Found[] {
  for (const [file, { text }] of units) writeFileSync(path.join(folder, path.basename(FOLDER), file), text);
  const options = { rootDirs: [path.dirname(FOLDER), "."] };
  const include = [`${path.basename(FOLDER)}/*.ts`];
  const settings = { extends: path.join(ROOT, "tsconfig.json"), compilerOptions: options, include };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
  return findTypeErrors(typeChecker(ROOT), folder);
}

function main(): number {
  const units = new Map(findNotebooks(FOLDER, []).map((file) => [`${path.parse(file).name}.ts`, unitOf(file)]));
  // Below the project, where its packages are found.
  const cache = process.env.HRD_CACHE ?? path.join(ROOT, ".cache");
  const folder = mkdtempSync(path.join(cache, "types-"));
  mkdirSync(path.join(folder, path.basename(FOLDER)));
  try {
    // What the library's own files do wrong, their check tells.
    const found = check(units, folder).flatMap((one) => {
      if (one.file === null) return [one.text];
      const unit = path.dirname(path.dirname(one.file)) === folder ? units.get(path.basename(one.file)) : undefined;
      return unit ? [describe(unit, one)] : [];
    });
    for (const line of found) process.stdout.write(`${line}\n`);
    process.stdout.write(`${units.size} notebooks, ${found.length} type errors\n`);
    return found.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
