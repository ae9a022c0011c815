import ts from "typescript";
import { CELLS_FILE, CHECK_OPTIONS, GLOBALS_FILE, TYPESCRIPT_FOLDER } from "./checked";
import { type CellSource, type CompiledCell, cellsModule, compileModule } from "./compile";
import type { CellDiagnostic, Completion, Hint } from "./diagnostics";

/** TypeScript over the cells of a notebook: errors, completions, types and docstrings at a place, and the cells compiled. */
export class CellChecker {
  readonly #files: ReadonlyMap<string, string>;
  readonly #service: ts.LanguageService;
  #cells: readonly CellSource[] = [];
  #starts: readonly number[] = [];
  #text = "export {};\n";
  #version = 0;

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

  /** Takes the cells as they are now. */
  take(cells: readonly CellSource[]): void {
    const { text, starts } = cellsModule(cells.map(({ source }) => source));
    this.#cells = cells;
    this.#starts = starts;
    if (text === this.#text) return;
    this.#text = text;
    this.#version += 1;
  }

  /** Errors of syntax and types, by the cells that they stand in. */
  diagnostics(): CellDiagnostic[] {
    const found = [
      ...this.#service.getSyntacticDiagnostics(CELLS_FILE),
      ...this.#service.getSemanticDiagnostics(CELLS_FILE),
    ];
    return found.flatMap((one) => this.#placed(one));
  }

  /** The cells as they run, and who needs whom, by the same checker. */
  compiled(): CompiledCell[] {
    const program = this.#service.getProgram();
    const file = program?.getSourceFile(CELLS_FILE);
    if (program === undefined || file === undefined) return [];
    return compileModule(this.#cells, { file, starts: this.#starts, checker: program.getTypeChecker() });
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
    const index = this.#cells.findIndex(({ number }) => number === cell);
    const start = this.#starts[index] ?? 0;
    return [start + offset, start];
  }

  #placed({ start = 0, length = 0, code, messageText }: ts.Diagnostic): CellDiagnostic[] {
    const index = this.#starts.findLastIndex((one) => one <= start);
    const cell = this.#cells[index];
    const begin = this.#starts[index];
    if (cell === undefined || begin === undefined) return [];
    // What is left open is missed behind the cell.
    const from = Math.min(start - begin, cell.source.length);
    const before = cell.source.slice(0, from).split("\n");
    const text = suggestionFirst(ts.flattenDiagnosticMessageText(messageText, "\n  "));
    return [
      {
        cell: cell.number,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        from,
        to: Math.min(from + Math.max(length, 1), cell.source.length),
        code,
        text,
      },
    ];
  }
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
