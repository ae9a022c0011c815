import type { ConvertResult, Diagnostic } from "tslab/dist/converter";
import { readableCell } from "./cell-source";
import type { CellCompiler, CompiledCell } from "./compiler";
import { withTypesTold } from "./declarations";

/** A cell as it will run, or what is wrong with it. */
export interface Compilation extends ConvertResult, CompiledCell {}

/** tslab puts this before each cell. */
const PREFIX = "export {};\n";

/** Compiles a cell against the declarations of earlier ones. */
export function compileCell(compiler: CellCompiler, declarations: string, source: string): Compilation {
  const { converter, cell, ts } = compiler;
  Object.assign(cell, { isAsync: false, imports: [], names: [], untold: [] });
  const text = readableCell(ts, source);
  const found = converter.convert(declarations, text);
  const result = { ...found, ...cell, diagnostics: inside(found.diagnostics, text) };
  if (result.diagnostics.length > 0 || cell.untold.length === 0) return result;
  const places = cell.untold.map((place) => place - PREFIX.length);
  const told = converter.convert(declarations, withTypesTold(ts, text, places));
  return { ...result, declOutput: told.declOutput?.startsWith("undefined") ? declarations : told.declOutput };
}

/**
 * tslab appends a line to the cell that exports its names. An error in it is the reader's only where he left
 * something open, and then the place is the end of what he wrote.
 */
function inside(diagnostics: readonly Diagnostic[], source: string): Diagnostic[] {
  const end = source.trimEnd().length;
  const written = source.slice(0, end).split("\n");
  const last = { offset: end, line: written.length - 1, character: written.at(-1)?.length ?? 0 };
  const isBehind = ({ fileName, start }: Diagnostic): boolean =>
    fileName === undefined && start.offset > source.length;
  const own = diagnostics.filter((diagnostic) => !isBehind(diagnostic));
  const open = diagnostics.filter((diagnostic) => isBehind(diagnostic) && diagnostic.code < 2000);
  // One thing left open gives several such errors; what is missing stands in "'}' expected".
  const missing = open.find(({ messageText }) => /expected|Unterminated/.test(messageText)) ?? open[0];
  const clamped = own.map((diagnostic) =>
    diagnostic.fileName === undefined && diagnostic.end.offset > source.length
      ? { ...diagnostic, end: diagnostic.start.offset > end ? diagnostic.start : last }
      : diagnostic,
  );
  const unsaid = missing && !own.some(({ messageText }) => messageText === missing.messageText);
  return unsaid ? [...clamped, { ...missing, start: last, end: last }] : clamped;
}
