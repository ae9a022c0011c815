import ts from "typescript";
import { CELLS_FILE, CHECK_OPTIONS, GLOBALS_FILE, TYPESCRIPT_FOLDER } from "./checked";
import { type CellSource, type CompiledCell, cellsModule, compileModule, statementsByCell } from "./compile";
import type { CellDiagnostic, Completion, Hint } from "./diagnostics";
import { affected, type StatementWords, wordsOf } from "./words";

/** A cell whose types have been checked, and what was found. */
interface CheckedCell {
  readonly source: string;
  readonly words: readonly StatementWords[];
  readonly found: readonly CellDiagnostic[];
}

/** TypeScript over the cells of a notebook: errors, completions, types and docstrings at a place, and the cells compiled. */
export class CellChecker {
  readonly #files: ReadonlyMap<string, string>;
  readonly #service: ts.LanguageService;
  #cells: readonly CellSource[] = [];
  /** As they stand in the module. */
  #order: readonly CellSource[] = [];
  #starts: readonly number[] = [];
  #text = "export {};\n";
  #version = 0;
  #broken: CellDiagnostic[] = [];
  readonly #syntax = new Map<string, readonly ts.Diagnostic[]>();
  /** By the number of the cell. */
  #checked: ReadonlyMap<number, CheckedCell> = new Map();

  /** @param files declarations by their paths */
  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
    const read = (name: string): string | undefined => (name === CELLS_FILE ? this.#text : this.#files.get(name));
    const folders = new Set([...files.keys()].flatMap(foldersOf));
    this.#service = ts.createLanguageService(
      {
        getCompilationSettings: () => CHECK_OPTIONS,
        getScriptFileNames: () => [GLOBALS_FILE, CELLS_FILE],
        getScriptVersion: (name) => (name === CELLS_FILE ? String(this.#version) : "1"),
        getScriptSnapshot: (name) => {
          const text = read(name);
          return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
        },
        getCurrentDirectory: () => "/project",
        getDefaultLibFileName: (options) => `${TYPESCRIPT_FOLDER}/${ts.getDefaultLibFileName(options)}`,
        fileExists: (name) => read(name) !== undefined,
        readFile: read,
        directoryExists: (name) => folders.has(name),
        getDirectories: () => [],
        useCaseSensitiveFileNames: () => true,
      },
      ts.createDocumentRegistry(true),
    );
  }

  /**
   * Takes the cells as they are now.
   *
   * @param asked the cell that somebody is in: what can stand there is asked of one that is not finished, too
   */
  take(cells: readonly CellSource[], asked = this.#edited(cells)): void {
    this.#broken = cells.flatMap((cell) => this.#syntaxOf(cell));
    const broken = new Set(this.#broken.map(({ cell }) => cell));
    // What a cell leaves open would take in the cells behind it: so one of them can be there, as the last.
    const isLast = ({ number }: CellSource): boolean => number === asked && broken.has(number);
    this.#cells = cells;
    this.#order = [...cells.filter((cell) => !isLast(cell)), ...cells.filter(isLast)];
    const { text, starts } = cellsModule(
      this.#order.map((cell) => (broken.has(cell.number) && !isLast(cell) ? "" : cell.source)),
    );
    this.#starts = starts;
    if (text === this.#text) return;
    this.#text = text;
    this.#version += 1;
  }

  /** The cell whose text is another one now. */
  #edited(cells: readonly CellSource[]): number | undefined {
    const before = new Map(this.#cells.map(({ number, source }) => [number, source]));
    return cells.find(({ number, source }) => before.get(number) !== source)?.number;
  }

  /**
   * Errors of syntax alone where there are some, else of types, by the cells that they stand in. Of a cell that has not
   * changed, and uses nothing of those that have, what was found before holds.
   */
  diagnostics(): CellDiagnostic[] {
    if (this.#broken.length > 0) return this.#broken;
    const file = this.#service.getProgram()?.getSourceFile(CELLS_FILE);
    if (file === undefined) return [];
    const inCell = statementsByCell(file, this.#starts);
    const before = this.#checked;
    const now = new Map(
      this.#order.map(({ number, source }, at) => {
        const known = before.get(number);
        const words = known?.source === source ? known.words : wordsOf(inCell[at] ?? []);
        return [number, { source, words }] as const;
      }),
    );
    const again = affected(before, now);
    const found = this.#found(file, again);
    const checked = this.#order.map(({ number }): CellDiagnostic[] =>
      again.has(number) ? found.filter(({ cell }) => cell === number) : [...(before.get(number)?.found ?? [])],
    );
    this.#checked = new Map(
      [...now].map(([number, cell], at) => [number, { ...cell, found: checked[at] ?? [] }] as const),
    );
    return checked.flat();
  }

  /** Errors of types in some cells; of others there may be some among them. */
  #found(file: ts.SourceFile, cells: ReadonlySet<number>): CellDiagnostic[] {
    const ranges = this.#order.flatMap(({ number, source }, at): ts.TextRange[] => {
      const start = this.#starts[at] ?? 0;
      // A statement begins behind the one before it.
      return cells.has(number) ? [{ pos: start - 1, end: start + source.length }] : [];
    });
    const part = ranges.length === this.#order.length ? null : regionDiagnostics(this.#service, file, ranges);
    const found = part ?? this.#service.getSemanticDiagnostics(CELLS_FILE);
    return found.flatMap((one) => this.#placed(one));
  }

  /** The cells as they run, and who needs whom, by the same checker. */
  compiled(): CompiledCell[] {
    const program = this.#service.getProgram();
    const file = program?.getSourceFile(CELLS_FILE);
    if (program === undefined || file === undefined) return [];
    const compiled = compileModule(this.#order, { file, starts: this.#starts, checker: program.getTypeChecker() });
    return compiled.sort((a, b) => a.number - b.number);
  }

  /** What can stand at a place of a cell. */
  completions(cell: number, offset: number): { from: number; options: Completion[] } {
    const [at, start] = this.#place(cell, offset);
    const found = this.#service.getCompletionsAtPosition(CELLS_FILE, at, { includeCompletionsWithInsertText: false });
    const typed = /[\w$]*$/.exec(this.#text.slice(start, at))?.[0].length ?? 0;
    const options = (found?.entries ?? [])
      .filter(({ kind }) => kind !== ts.ScriptElementKind.warning)
      .map(({ name, kind }) => ({ label: name, kind: String(kind) }));
    return { from: offset - typed, options };
  }

  /** Type and docstring of what stands at a place; null for nothing. */
  hover(cell: number, offset: number): Hint | null {
    const [at, start] = this.#place(cell, offset);
    const info = this.#service.getQuickInfoAtPosition(CELLS_FILE, at);
    if (info === undefined) return null;
    const from = info.textSpan.start - start;
    const text = ts.displayPartsToString(info.documentation);
    return { from, to: from + info.textSpan.length, code: ts.displayPartsToString(info.displayParts), text };
  }

  /** The parameters of the call that a place is in; null outside of calls. */
  signature(cell: number, offset: number): Hint | null {
    const [at, start] = this.#place(cell, offset);
    const help = this.#service.getSignatureHelpItems(CELLS_FILE, at, undefined);
    const item = help?.items[help.selectedItemIndex];
    if (help === undefined || item === undefined) return null;
    const separator = ts.displayPartsToString(item.separatorDisplayParts);
    const parameters = item.parameters.map((one) => ts.displayPartsToString(one.displayParts)).join(separator);
    const code = `${ts.displayPartsToString(item.prefixDisplayParts)}${parameters}${ts.displayPartsToString(item.suffixDisplayParts)}`;
    const own = item.parameters[help.argumentIndex];
    const from = help.applicableSpan.start - start;
    const text = own === undefined ? "" : ts.displayPartsToString(own.documentation);
    return { from, to: from + help.applicableSpan.length, code, text };
  }

  #place(cell: number, offset: number): [at: number, start: number] {
    const index = this.#order.findIndex(({ number }) => number === cell);
    const start = this.#starts[index] ?? 0;
    return [start + offset, start];
  }

  /** What a cell by itself leaves open or has too much of. */
  #syntaxOf(cell: CellSource): CellDiagnostic[] {
    const { source } = cell;
    const compilerOptions = { target: CHECK_OPTIONS.target, module: CHECK_OPTIONS.module };
    const found =
      this.#syntax.get(source) ??
      ts.transpileModule(source, { reportDiagnostics: true, compilerOptions }).diagnostics ??
      [];
    this.#syntax.set(source, found);
    return found.map((one) => placed(cell, one, one.start ?? 0));
  }

  #placed(diagnostic: ts.Diagnostic): CellDiagnostic[] {
    const { start = 0 } = diagnostic;
    const index = this.#starts.findLastIndex((one) => one <= start);
    const cell = this.#order[index];
    const begin = this.#starts[index];
    return cell === undefined || begin === undefined ? [] : [placed(cell, diagnostic, start - begin)];
  }
}

/**
 * Errors of types in parts of a file: TypeScript's own for editors, which its declarations leave out. Null where a version
 * has none or finds the parts not worth it; the whole is checked then.
 */
function regionDiagnostics(
  service: ts.LanguageService,
  file: ts.SourceFile,
  ranges: readonly ts.TextRange[],
): readonly ts.Diagnostic[] | null {
  const own: unknown = Reflect.get(service, "getRegionSemanticDiagnostics");
  if (typeof own !== "function") return null;
  if (ranges.every(({ pos, end }) => file.text.slice(pos, end).trim() === "")) return [];
  const found: unknown = Reflect.apply(own, service, [file.fileName, ranges]);
  const diagnostics: unknown = Reflect.get(Object(found), "diagnostics");
  return Array.isArray(diagnostics) ? diagnostics : null;
}

/** @param offset place in the cell; what is left open is missed behind it */
function placed(cell: CellSource, { length = 0, code, messageText }: ts.Diagnostic, offset: number): CellDiagnostic {
  const from = Math.min(offset, cell.source.length);
  const before = cell.source.slice(0, from).split("\n");
  return {
    cell: cell.number,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    from,
    to: Math.min(from + Math.max(length, 1), cell.source.length),
    code,
    text: suggestionFirst(ts.flattenDiagnosticMessageText(messageText, "\n  ")),
  };
}

/** What to write instead stands before what is wrong: it is what the reader looks for. */
function suggestionFirst(message: string): string {
  const asked = / (Did you mean [^?]*\?)$/.exec(message);
  return asked ? `${asked[1]} ${message.slice(0, asked.index)}` : message;
}

function foldersOf(file: string): string[] {
  const parts = file.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/") || "/");
}
