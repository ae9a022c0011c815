import type { ConvertResult, Diagnostic } from "tslab/dist/converter";
import { readableCell, requiredModules } from "./cell-source";
import { type CellCompiler, type CompiledCell, NO_CELL } from "./compiler";
import { withTypesTold } from "./declarations";
import { asEarlier, changedTypes, redeclaredTypes, withNamespaces, withoutIdle } from "./earlier-types";

/** A cell as it will run, or what is wrong with it. */
export interface Compilation extends ConvertResult, CompiledCell {}

/** tslab puts this before each cell. */
const PREFIX = "export {};\n";

/** Those of the modules that the cell imports which are no single value (`export =`), but have names and perhaps a default. */
function wholeModules({ program, ts }: CellCompiler, names: readonly string[]): Set<string> {
  const found = names.length > 0 ? program() : null;
  const checker = found?.program.getTypeChecker();
  const modules = (found?.file.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { text } = statement.moduleSpecifier;
    const symbol = names.includes(text) ? checker?.getSymbolAtLocation(statement.moduleSpecifier) : undefined;
    return symbol && !symbol.exports?.has(ts.InternalSymbolName.ExportEquals) ? [text] : [];
  });
  return new Set(modules);
}

/** Compiles a cell against the declarations of earlier ones. */
export function compileCell(compiler: CellCompiler, declarations: string, source: string): Compilation {
  const { converter, cell, ts } = compiler;
  Object.assign(cell, NO_CELL);
  let text = readableCell(ts, source);
  let { found, earlier } = withEarlierTypes(compiler, declarations, text);
  const wholes = wholeModules(compiler, requiredModules(source));
  if (wholes.size > 0) {
    text = readableCell(ts, source, wholes);
    ({ found, earlier } = withEarlierTypes(compiler, declarations, text));
  }
  const result = { ...found, ...cell, diagnostics: inside(found.diagnostics, text) };
  if (result.diagnostics.length > 0) return result;
  const places = cell.untold.map((place) => place - PREFIX.length);
  const told =
    places.length > 0 ? converter.convert(earlier, withTypesTold(ts, text, places)).declOutput : found.declOutput;
  const known = told === undefined || told.startsWith("undefined") ? earlier : told;
  const whole =
    known === earlier || !/\bnamespace\b|\bglobal\b/.test(earlier + known) ? known : withNamespaces(ts, earlier, known);
  return { ...result, declOutput: withoutIdle(ts, whole) };
}

/** Compiles the cell; where it declares a type of an earlier cell in another way, values of that cell keep theirs. */
function withEarlierTypes(
  { converter, ts }: CellCompiler,
  declarations: string,
  text: string,
): { found: ConvertResult; earlier: string } {
  const found = converter.convert(declarations, text);
  const anew = redeclaredTypes(ts, declarations, text);
  const changed = found.diagnostics.length > 0 ? anew : changedTypes(ts, anew, declarations, found.declOutput ?? "");
  if (changed.length === 0) return { found, earlier: declarations };
  const earlier = asEarlier(ts, changed, declarations);
  return { found: converter.convert(earlier, text), earlier };
}

/**
 * tslab appends a line to the cell that exports its names. An error in it is the reader's only where he left
 * something open, and then the place is the end of what he wrote.
 */
function inside(diagnostics: readonly Diagnostic[], source: string): Diagnostic[] {
  const end = source.trimEnd().length;
  const written = source.slice(0, end).split("\n");
  const last = { offset: end, line: written.length - 1, character: written.at(-1)?.length ?? 0 };
  const isBehind = ({ fileName, start }: Diagnostic): boolean => fileName === undefined && start.offset > source.length;
  const own = diagnostics.filter((diagnostic) => !isBehind(diagnostic));
  const open = diagnostics.filter((diagnostic) => isBehind(diagnostic) && diagnostic.code < 2000);
  // One thing left open gives several such errors; what is missing stands in "'}' expected".
  const missing = open.find(({ messageText }) => /expected|Unterminated/.test(messageText)) ?? open[0];
  const clamped = own.map((diagnostic) =>
    diagnostic.fileName === undefined && diagnostic.end.offset > source.length
      ? { ...diagnostic, end: diagnostic.start.offset > end ? diagnostic.start : last }
      : diagnostic,
  );
  // An error in what nobody wrote is shown as it is: a cell never fails without a word.
  if (clamped.length === 0 && missing === undefined) return [...diagnostics];
  const unsaid = missing && !own.some(({ messageText }) => messageText === missing.messageText);
  return unsaid ? [...clamped, { ...missing, start: last, end: last }] : clamped;
}
