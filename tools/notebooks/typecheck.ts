import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
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

function unitOf(file: string): [string, Unit] {
  const notebook = readNotebook(file);
  return [file.replace(/\.ipynb$/, ".ipynb.ts"), { notebook: notebook.name, ...asModule(notebook) }];
}

function describe(unit: Unit, diagnostic: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
  if (!diagnostic.file || diagnostic.start === undefined) return `${unit.notebook}: ${message}`;
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  const start = unit.starts.findLast((candidate) => candidate.line <= line);
  const place = start ? `cell ${start.cell.number}, line ${line - start.line + 1}` : `line ${line + 1}`;
  return `${unit.notebook}, ${place}, column ${character + 1}: TS${diagnostic.code} ${message}`;
}

function main(): number {
  const units = new Map(findNotebooks(FOLDER, []).map(unitOf));
  const config = path.join(ROOT, "tsconfig.json");
  const read = ts.readConfigFile(config, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...read.config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => units.get(path.normalize(file))?.text ?? readFile(file);
  host.fileExists = (file) => units.has(path.normalize(file)) || fileExists(file);
  host.getSourceFile = (file, language, onError, fresh) => {
    const unit = units.get(path.normalize(file));
    return unit ? ts.createSourceFile(file, unit.text, language, true) : getSourceFile(file, language, onError, fresh);
  };
  const program = ts.createProgram([...units.keys()], options, host);
  let errors = 0;
  for (const [file, unit] of units) {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    errors += found.length;
    for (const diagnostic of found) process.stdout.write(`${describe(unit, diagnostic)}\n`);
  }
  process.stdout.write(`${units.size} notebooks, ${errors} type errors\n`);
  return errors > 0 ? 1 : 0;
}

process.exitCode = main();
