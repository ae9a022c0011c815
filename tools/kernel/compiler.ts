import { isBuiltin } from "node:module";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Converter } from "tslab/dist/converter";
import { awaitsAtTop, withOwnImport } from "./cell-source";
import { declarationErrors, isOfDeclarations } from "./declarations";
import type { Import } from "./files/outline";
import { nearModule, Project } from "./files/project";
import { fingerprint } from "./files/project-files";
import { oneVariableEach } from "./one-variable";
import { keepPropertyNames } from "./property-names";
import { reachedFiles } from "./reached-files";
import { expandShorthand } from "./shorthand";
import { composeSourceMaps } from "./source-maps";
import { fromTslab, TYPESCRIPT, typescript } from "./typescript";

/**
 * tslab's cell compiler with the project's settings.
 *
 * Stock tslab compiles from the notebook's own folder with its own loose options, so that `../lib` is "not
 * under rootDir", types are not strict and packages that only have `exports` are not found. Here it compiles
 * from the project's root with the options of the project's tsconfig.json, and the relative imports of a cell
 * are resolved from the notebook's folder, as a reader of the cell expects.
 *
 * It reaches into tslab's and TypeScript's modules, which is why package.json pins tslab's exact version and
 * test/kernel holds every one of these repairs.
 */
export interface CellCompiler {
  readonly converter: Converter;
  readonly ts: typeof TypeScript;
  /** What came with the compilation of the last cell. */
  readonly cell: CompiledCell;
  /** The program that the last cell was compiled or completed in, and the cell's file in it. */
  program(): { program: TypeScript.Program; file: TypeScript.SourceFile } | null;
  /** Tells the compiler about files of the project that changed on disk, and which; call it before compiling a cell. */
  refresh(): readonly string[];
}

/** What tslab's result does not say of a cell. */
export interface CompiledCell {
  /** Whether it waits outside of functions. tslab concludes that from an error which TypeScript gives only sometimes. */
  isAsync: boolean;
  /** The modules that it imports, as it names them. */
  imports: string[];
  /** What its text takes from modules. */
  taken: readonly Import[];
  /** The variables, functions, classes and imports that it gives a value. */
  names: string[];
  /** The files of the project that run with it. */
  reached: ReadonlySet<string>;
  /** The files of the project whose types were checked with it. */
  checked: readonly string[];
  /** Where names stand that a declaration file could not tell the type of. */
  untold: number[];
}

/** What is known of a cell before it is compiled. */
export const NO_CELL: Omit<CompiledCell, "reached"> = {
  isAsync: false,
  imports: [],
  taken: [],
  names: [],
  checked: [],
  untold: [],
};

const CELL_FILE = "__tslab__.ts";
const DECLARATIONS_FILE = "__prev__.d.ts";

/**
 * A compiler for the cells of a notebook.
 *
 * @param root folder that all relative imports stay in; its tsconfig.json gives target and strictness
 * @param notebookFolder folder that the relative imports of a cell start from
 * @param likely a cell like the first one, for whose imports TypeScript reads the files with its first look at anything
 */
export function createCellCompiler(root: string, notebookFolder: string, likely = ""): CellCompiler {
  const ts = typescript();
  const watchers = watchByStat(ts, root);
  readWithoutNodeDocs(ts);
  const project = new Project(() => ts, root, notebookFolder, cacheFolder(root));
  const read = ts.sys.readFile;
  ts.sys.readFile = (file, encoding) => project.read(file) ?? read(file, encoding);
  const cell: CompiledCell = { ...NO_CELL, reached: new Set() };
  let first = likely;
  let exporting = "";
  let latest: TypeScript.Program | null = null;
  // TypeScript's exports cannot be assigned to; tslab gets a copy of them with two functions replaced.
  const loaded = fromTslab.cache[fromTslab.resolve(TYPESCRIPT)];
  if (!loaded) throw new Error(`${TYPESCRIPT} is not in Node's module cache, tslab cannot be configured`);
  if (fromTslab.cache[fromTslab.resolve("./dist/converter.js")]) {
    throw new Error("tslab's converter was loaded before it could be configured");
  }
  loaded.exports = {
    ...ts,
    createWatchCompilerHost: hostWithProjectOptions(ts, root, notebookFolder, {
      behind: () => [
        exporting,
        first,
        ...project.unchecked().map((name) => `import type {} from ${JSON.stringify(name)};`),
      ],
      onProgram: (program) => {
        latest = program;
      },
    }),
    transpileModule: transpileCell(ts, cell),
    getPreEmitDiagnosticsOfFiles: checkOnce(ts, project, cell),
  };

  /** The compiler has to know what a cell imports before it sees the cell. */
  const expect = (declarations: string, source: string): void => {
    const { again, reached, taken } = project.expect(declarations, source);
    Object.assign(cell, { reached, taken });
    watchers.tell(again);
  };

  // tslab takes the folder to compile from the working directory, once, while it creates the converter; a thread has none
  // of its own.
  const { cwd } = process;
  process.cwd = () => root;
  try {
    expect("", likely);
    const { createConverter } = fromTslab("./dist/converter.js") as typeof import("tslab/dist/converter");
    const tslab = createConverter({ isJS: false, isBrowser: false });
    first = "";
    return {
      converter: {
        ...tslab,
        convert(declarations, source) {
          expect(declarations, source);
          exporting = exportOfAll(ts, source);
          try {
            return withoutWarning(() => tslab.convert(declarations, source));
          } finally {
            exporting = "";
          }
        },
        inspect(declarations, source, position) {
          expect(declarations, source);
          return tslab.inspect(declarations, source, position);
        },
        complete(declarations, source, position) {
          expect(declarations, source);
          return tslab.complete(declarations, source, position);
        },
      },
      refresh() {
        watchers.refresh();
        return project.refresh();
      },
      ts,
      cell,
      program() {
        const file = latest?.getSourceFile(path.join(root, CELL_FILE));
        return latest && file ? { program: latest, file } : null;
      },
    };
  } finally {
    process.cwd = cwd;
  }
}

/**
 * Replaces TypeScript's file watchers by a look at size and time just before each cell: a watcher's event may
 * arrive after the cell has been compiled, and then the cell ran on old code.
 */
function watchByStat(ts: typeof TypeScript, root: string): { refresh(): void; tell(files: readonly string[]): void } {
  interface Watched {
    seen: string;
    callbacks: Set<TypeScript.FileWatcherCallback>;
  }
  const watched = new Map<string, Watched>();
  const packages = `${path.sep}node_modules${path.sep}`;
  const isOwn = (file: string): boolean => file.startsWith(root + path.sep) && !file.includes(packages);
  ts.sys.watchFile = (file, callback) => {
    if (!isOwn(file)) return { close: () => {} };
    const entry = watched.get(file) ?? { seen: fingerprint(file), callbacks: new Set() };
    watched.set(file, entry);
    entry.callbacks.add(callback);
    return {
      close: () => {
        entry.callbacks.delete(callback);
        if (entry.callbacks.size === 0) watched.delete(file);
      },
    };
  };
  ts.sys.watchDirectory = () => ({ close: () => {} });
  return {
    refresh() {
      for (const [file, entry] of [...watched]) {
        const now = fingerprint(file);
        if (now === entry.seen) continue;
        const kind =
          now === "absent"
            ? ts.FileWatcherEventKind.Deleted
            : entry.seen === "absent"
              ? ts.FileWatcherEventKind.Created
              : ts.FileWatcherEventKind.Changed;
        entry.seen = now;
        for (const callback of [...entry.callbacks]) callback(file, kind);
      }
    },
    tell(files) {
      for (const file of files)
        for (const callback of [...(watched.get(file)?.callbacks ?? [])])
          callback(file, ts.FileWatcherEventKind.Changed);
    },
  };
}

/**
 * Two thirds of the declarations of Node's own modules are documentation, which takes a good part of the start to
 * read over. The library's own documentation stays.
 */
function readWithoutNodeDocs(ts: typeof TypeScript): void {
  const read = ts.sys.readFile;
  const folder = `${path.sep}@types${path.sep}node${path.sep}`;
  ts.sys.readFile = (file, encoding) => {
    const text = read(file, encoding);
    return text !== undefined && file.endsWith(".d.ts") && file.includes(folder)
      ? text.replace(/\/\*\*[\s\S]*?\*\//g, "")
      : text;
  };
}

/** Options of tsconfig.json that tslab's two-step emit depends on and that therefore stay tslab's. */
const TSLAB_OWN = new Set([
  "module",
  "noEmit",
  "outDir",
  "rootDir",
  "declaration",
  "configFilePath",
  "isolatedModules",
]);

function projectOptions(ts: typeof TypeScript, root: string): TypeScript.CompilerOptions {
  const file = path.join(root, "tsconfig.json");
  if (!ts.sys.fileExists(file)) {
    return { strict: true, moduleResolution: ts.ModuleResolutionKind.Bundler };
  }
  const read = ts.readConfigFile(file, ts.sys.readFile);
  if (read.error) {
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(read.error.messageText, "\n")}`);
  }
  // The files of the project are not the notebook's concern: only the options are read.
  const parsed = ts.parseJsonConfigFileContent({ ...read.config, files: [], include: [] }, ts.sys, root);
  return Object.fromEntries(Object.entries(parsed.options).filter(([name]) => !TSLAB_OWN.has(name)));
}

type CreateHost = (...args: unknown[]) => unknown;

interface Hooks {
  /** Lines that TypeScript reads behind the cell. */
  behind(): readonly string[];
  onProgram(program: TypeScript.Program): void;
}

function hostWithProjectOptions(
  ts: typeof TypeScript,
  root: string,
  notebookFolder: string,
  { behind, onProgram }: Hooks,
): CreateHost {
  const options = projectOptions(ts, root);
  return (...args) => {
    const [rootFiles, tslabOptions, ...rest] = args;
    const merged: TypeScript.CompilerOptions = {
      ...(tslabOptions as TypeScript.CompilerOptions),
      ...options,
      // tslab strips "use strict" from what it emits; the checks of strict mode stay on.
      alwaysStrict: false,
      inlineSourceMap: true,
      // tslab's own option; it would forbid the project's modules what it allows the cells.
      ...{ disableTopLevelAwait: false },
    };
    const host = Reflect.apply(ts.createWatchCompilerHost, ts, [
      rootFiles,
      merged,
      ...rest,
    ]) as TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>;
    // tslab's own kind of builder has each program looked through by the checker for what each file depends on.
    host.createProgram = ts.createAbstractBuilder;
    resolveFromNotebook(ts, host, root, notebookFolder);
    readCell(host, root, behind);
    replaceEmit(ts, host, root, onProgram);
    return host;
  };
}

/**
 * tslab compiles a cell to learn its names, and again with an export of them all. That the export stands there at once
 * saves the first of two programs. Behind it come the files of the project that have to be checked with the cell.
 */
function readCell(
  host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>,
  root: string,
  behind: Hooks["behind"],
): void {
  const { readFile } = host;
  const cell = path.join(root, CELL_FILE);
  host.readFile = (file, encoding) => {
    const text = readFile(file, encoding);
    if (file !== cell || text === undefined) return text;
    const lines = behind().filter((line) => line !== "");
    const written = lines[0]?.startsWith("export ") ? text.replace(/\nexport \{[^{}\n]*\}$/, "") : text;
    return [written, ...lines].join("\n");
  };
}

/** The export of all names that a cell declares, as TypeScript finds them; `declare global` is no name. */
function exportOfAll(ts: typeof TypeScript, source: string): string {
  const file = ts.createSourceFile(CELL_FILE, `export {};\n${source}`, ts.ScriptTarget.Latest, true);
  binder(ts)(file, {});
  const locals: unknown = Reflect.get(file, "locals");
  const names = locals instanceof Map ? [...locals.keys()].map(String) : [];
  // TypeScript keeps a name that begins with `__` with one more.
  const own = names.filter((name) => name !== "__global").map((name) => name.replace(/^___/, "__"));
  return names.length > 0 ? `export {${own.join(", ")}}` : "";
}

/** What gives a file the names that it declares, which tslab reads before anything is checked. */
function binder(ts: typeof TypeScript): (file: TypeScript.SourceFile, options: TypeScript.CompilerOptions) => void {
  const bind: unknown = Reflect.get(ts, "bindSourceFile");
  if (typeof bind !== "function") throw new Error("tslab's TypeScript has no bindSourceFile");
  return (file, options) => void Reflect.apply(bind, ts, [file, options]);
}

/** tslab wonders that a cell with its export is not compiled again: it is the same as before. */
function withoutWarning<Result>(work: () => Result): Result {
  const { warn } = console;
  console.warn = (...words) => {
    if (!String(words[0]).startsWith("builder is not recreated")) warn(...words);
  };
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}

/** Lets the two virtual files of the cell, which live in the root, import as if they lay beside the notebook. */
function resolveFromNotebook(
  ts: typeof TypeScript,
  host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>,
  root: string,
  notebookFolder: string,
): void {
  const virtual = new Set([path.join(root, CELL_FILE), path.join(root, DECLARATIONS_FILE)]);
  const besideNotebook = path.join(notebookFolder, CELL_FILE);
  const packages = `${path.sep}node_modules${path.sep}`;
  const unresolved = new Set<string>();
  /** What the relative imports of the two files meant when they were looked up last. */
  const meant = new Map<string, ReadonlyMap<string, string | undefined>>();
  let cache = ts.createModuleResolutionCache(root, (name) => name);
  host.resolveModuleNameLiterals = (literals, containingFile, redirected, options, sourceFile) => {
    const own = !containingFile.includes(packages);
    // What was missing may have been installed since; the cache would say again that it is not there.
    if (unresolved.delete(containingFile)) cache = ts.createModuleResolutionCache(root, (name) => name);
    const resolved = literals.map((literal) => {
      // Node's own modules are declared by name: no file is looked for, and none is missing.
      if (isBuiltin(literal.text)) return { resolvedModule: undefined };
      const relative = literal.text.startsWith(".");
      const mode = ts.getModeForUsageLocation(sourceFile, literal);
      const resolve = (from: string): TypeScript.ResolvedModuleWithFailedLookupLocations => {
        const near = own && relative ? projectModule(ts, from, literal.text) : null;
        if (near) return near;
        // A file of the project may appear or vanish while the kernel runs, a package that was found does not.
        const known = own && relative ? undefined : cache;
        return ts.resolveModuleName(literal.text, from, options, host, known, redirected, mode);
      };
      if (!virtual.has(containingFile)) return resolve(containingFile);
      const beside = resolve(besideNotebook);
      if (beside.resolvedModule) return beside;
      // Types that TypeScript writes into the declarations of earlier cells are relative to the root. The packages
      // of this project are there for a notebook elsewhere, too.
      const other = resolve(containingFile);
      const home = process.env.HRD_KERNEL_HOME;
      return other.resolvedModule || relative || !home ? other : resolve(path.join(home, CELL_FILE));
    });
    const isMissing = ({ text }: TypeScript.StringLiteralLike, i: number): boolean =>
      !isBuiltin(text) && !resolved[i]?.resolvedModule;
    if (own && literals.some(isMissing)) unresolved.add(containingFile);
    if (virtual.has(containingFile)) {
      const names = literals.map(({ text }, i) => [text, resolved[i]?.resolvedModule?.resolvedFileName] as const);
      meant.set(containingFile, new Map(names.filter(([name]) => name.startsWith("."))));
    }
    return resolved;
  };
  const isOther = ([name, file]: readonly [string, string | undefined]): boolean => {
    const near = nearModule(besideNotebook, name) ?? nearModule(path.join(root, CELL_FILE), name);
    return near !== null && near !== file;
  };
  // What a file imports is looked up again when the file changes (TypeScript sees to that), when something was missing,
  // which may have appeared since, and when a name in a cell means another file now. Where nothing has to be looked up
  // again, TypeScript keeps the program, or at least its files and what they import.
  host.hasInvalidatedResolutions = (file) => unresolved.has(file) || [...(meant.get(file) ?? [])].some(isOther);
}

function projectModule(
  ts: typeof TypeScript,
  from: string,
  name: string,
): TypeScript.ResolvedModuleWithFailedLookupLocations | null {
  const resolvedFileName = nearModule(from, name);
  if (resolvedFileName === null) return null;
  return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts, isExternalLibraryImport: false } };
}

/**
 * Emits cells with one more transformation, and nothing else: the project's modules are compiled when they are loaded.
 * tslab takes the builder that emits from a callback which it sets itself.
 */
function replaceEmit(
  ts: typeof TypeScript,
  host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>,
  root: string,
  onProgram: (program: TypeScript.Program) => void,
): void {
  const cell = path.join(root, CELL_FILE);
  const bind = binder(ts);
  let take: ((builder: TypeScript.BuilderProgram) => void) | undefined;
  Object.defineProperty(host, "afterProgramCreate", {
    set: (callback: typeof take) => {
      take = callback;
    },
    get: () => (builder: TypeScript.BuilderProgram) => {
      const program = builder.getProgram();
      onProgram(program);
      const file = program.getSourceFile(cell);
      if (file) bind(file, program.getCompilerOptions());
      const emit: TypeScript.BuilderProgram["emit"] = (file, write, token, declarationsOnly, transformers) => {
        if (file && file.fileName !== cell) return { emitSkipped: true, diagnostics: [] };
        const shorthand = expandShorthand(ts, program.getTypeChecker(), path.join(root, DECLARATIONS_FILE));
        const before = [keepPropertyNames(ts), shorthand, ...(transformers?.before ?? [])];
        return builder.emit(file, write, token, declarationsOnly, { ...transformers, before });
      };
      take?.({ ...builder, emit, getAllDependencies: (one) => reachedFiles(ts, program, one) });
    },
  });
}

/** What the launcher has found to be writable. */
export function cacheFolder(root: string): string {
  return path.join(process.env.HRD_CACHE ?? path.join(root, ".cache"), "kernel");
}

type Check = (program: TypeScript.Program, files: readonly TypeScript.SourceFile[]) => readonly TypeScript.Diagnostic[];

/**
 * tslab's check of the cell and its imports, each version of a file once; the function is tslab's own addition to TypeScript.
 * What only a file of declarations may not do is no error of a cell: declarations.ts finds a type for such a name.
 */
function checkOnce(ts: typeof TypeScript, { checked }: Project, cell: CompiledCell): Check {
  const check: unknown = Reflect.get(ts, "getPreEmitDiagnosticsOfFiles");
  if (typeof check !== "function") throw new Error("tslab's TypeScript has no getPreEmitDiagnosticsOfFiles");
  return (program, sources) => {
    const [own, ...files] = sources;
    const unchecked = files.filter(({ fileName }) => !checked.has(fileName));
    const ofCell: readonly TypeScript.Diagnostic[] = Reflect.apply(check, ts, [program, own ? [own] : []]);
    // Of a file of the project no declarations are written: whether they could be is not asked.
    const ofFiles = unchecked.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    const found = ts.sortAndDeduplicateDiagnostics([...ofCell, ...ofFiles]);
    if (!found.some(({ file }) => file && file !== own)) checked.remember(unchecked.map(({ fileName }) => fileName));
    cell.checked = [...cell.checked, ...unchecked.map(({ fileName }) => fileName)];
    cell.untold = declarationErrors(found, sources[0]);
    return found.filter((diagnostic) => !isOfDeclarations(diagnostic)).map((one) => inOnePiece(ts, one, sources[0]));
  };
}

/** tslab forgets the file of a message that has reasons under it, and then it would be nobody's: they are put into one. */
function inOnePiece(
  ts: typeof TypeScript,
  diagnostic: TypeScript.Diagnostic,
  cell: TypeScript.SourceFile | undefined,
): TypeScript.Diagnostic {
  if (diagnostic.file === cell || typeof diagnostic.messageText === "string") return diagnostic;
  return { ...diagnostic, messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, " ") };
}

/**
 * tslab emits a cell in two steps, TypeScript to ES modules to CommonJS. The second one is where a name gets its
 * only place; it also keeps the map of the first, which tslab drops.
 */
function transpileCell(ts: typeof TypeScript, cell: CompiledCell): typeof TypeScript.transpileModule {
  return (input, options) => {
    const read: TypeScript.TransformerFactory<TypeScript.SourceFile> = () => (file) => {
      cell.isAsync = awaitsAtTop(ts, file);
      cell.imports = file.statements.flatMap((statement) =>
        ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
          ? [statement.moduleSpecifier.text]
          : [],
      );
      return file;
    };
    const places = oneVariableEach(ts, (names) => {
      cell.names = names;
    });
    const output = ts.transpileModule(withOwnImport(ts, "cell.js", input), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
      transformers: { before: [read, places] },
    });
    return { ...output, outputText: composeSourceMaps(input, output.outputText, output.sourceMapText ?? "") };
  };
}
