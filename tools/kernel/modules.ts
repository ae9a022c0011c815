import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { IMPORT } from "./cell-source";
import { isAsyncModule, type ModuleCompiler, requiredBy } from "./emit-modules";
import type { Project } from "./files/project";
import type { SourceMaps } from "./source-maps";

/** The folders of a kernel. */
export interface Folders {
  /** What all relative imports stay in. */
  readonly root: string;
  readonly notebook: string;
  /** This project, which the kernel belongs to. */
  readonly home: string;
}

/** What modules are made from. */
export interface Sources {
  /** The project that the notebook stands in, and this one, whose packages a notebook elsewhere may use. */
  readonly folders: Folders;
  readonly project: Project;
  readonly compiler: ModuleCompiler;
  readonly maps: SourceMaps;
  /** What `import … from "tslab"` gives. */
  tslab(): unknown;
}

/** `require` as a cell or a module has it. */
export interface Require {
  (id: string): unknown;
  resolve(id: string): string;
}

/** What stands for `import(…)` and `import.meta`. */
export interface OwnImport {
  (id: string): Promise<unknown>;
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * The project's own modules, compiled from TypeScript when they are loaded, as a cell's `require` sees them.
 *
 * When one of them changes, it and all that import it, directly or not, are loaded again: stock tslab replaces
 * only the changed one, so that a module which imports it keeps the old code.
 */
export class ProjectModules {
  readonly #folders: Folders;
  readonly #cell: string;
  readonly #project: Project;
  readonly #compiler: ModuleCompiler;
  readonly #maps: SourceMaps;
  /** Compiled modules, by their file. */
  readonly #sources = new Map<string, string>();
  readonly #loaded = new Map<string, Module>();
  /** Files that have changed and that no cell has imported since. */
  readonly #stale = new Set<string>();
  /** The modules that have required a module, by its file. */
  readonly #importers = new Map<string, Set<string>>();
  /** Packages that Node's `require` refuses, by the file that asked for them and their name. */
  readonly #imported = new Map<string, unknown>();
  readonly #tslab: () => unknown;
  readonly require: Require;
  readonly import: OwnImport;

  constructor({ folders, project, compiler, maps, tslab }: Sources) {
    this.#folders = folders;
    this.#tslab = tslab;
    this.#project = project;
    this.#compiler = compiler;
    this.#maps = maps;
    const { root, notebook, home } = folders;
    const cell = path.join(notebook, "cell.ts");
    this.#cell = cell;
    const packages = createRequire(cell);
    const ofHome = createRequire(path.join(home, "cell.ts"));
    const resolve = (id: string): string => {
      try {
        return packages.resolve(id);
      } catch (error) {
        if (id.startsWith(".") || !isNotFound(error)) throw error;
        return ofHome.resolve(id);
      }
    };
    const require = (id: string): unknown => {
      // First beside the notebook; types of earlier cells may name a module from the root.
      const own = this.#find(notebook, id) ?? this.#find(root, id);
      return own ?? this.#package(cell, id) ?? packages(isBuiltin(id) ? id : resolve(id));
    };
    this.require = Object.assign(require, { resolve });
    this.import = this.#ownImport(cell, this.require);
  }

  /** To be told of files that have changed on disk: the next cell that imports them gets them anew. */
  changed(files: readonly string[]): void {
    for (const file of files) this.#stale.add(file);
  }

  /**
   * Drops what has changed of the files that run with a cell, and loads what cannot be loaded by `require` while it runs:
   * modules that wait at their top, packages for `import` only, and those that wait. All else is left to `require`, so
   * that its errors name the cell's line.
   */
  async prepare(ids: readonly string[], reached: ReadonlySet<string>): Promise<void> {
    for (const file of reached) {
      if (!this.#stale.delete(file)) continue;
      this.#sources.delete(file);
      this.#unload(file);
    }
    await this.#prepareAll(this.#cell, ids, reached);
  }

  /** What a loaded module below a folder exports by a name, or null where none does: never loads one. */
  exported(folder: string, name: string): unknown {
    for (const [file, { exports }] of this.#loaded)
      if (file.startsWith(folder + path.sep) && Object.hasOwn(Object(exports), name)) return Reflect.get(exports, name);
    return null;
  }

  /** Loads a module before anybody asks for it; false where that cannot be done, or failed. */
  loadEarly(file: string): boolean {
    if (this.#loaded.has(file) || this.#project.files.get(file)?.outline.isDoor) return true;
    try {
      if (isAsyncModule(this.#source(file))) return false;
      this.#start(file);
      return true;
    } catch {
      // The cell that imports it will say why.
      return false;
    }
  }

  async #prepareAll(from: string, ids: readonly string[], reached: ReadonlySet<string>): Promise<void> {
    const files = [...reached].map((file) => ({ file, outline: this.#project.files.get(file)?.outline }));
    if (files.some(({ outline }) => outline?.waits)) {
      const seen = new Set<string>();
      for (const id of ids) await this.#prepare(from, id, seen);
      return;
    }
    for (const id of ids) if (this.#fileOf(path.dirname(from), id) === null) await this.#preparePackage(from, id);
    for (const { file, outline } of files) {
      if (!outline?.imports.some(({ from: id }) => isPackage(id))) continue;
      for (const id of requiredBy(this.#source(file))) if (isPackage(id)) await this.#preparePackage(file, id);
    }
  }

  async #prepare(from: string, id: string, seen: Set<string>): Promise<void> {
    const file = this.#fileOf(path.dirname(from), id);
    if (file === null) return this.#preparePackage(from, id);
    if (seen.has(file) || this.#loaded.has(file)) return;
    seen.add(file);
    const source = this.#source(file);
    for (const required of requiredBy(source)) await this.#prepare(file, required, seen);
    if (isAsyncModule(source)) await this.#start(file).ended;
  }

  async #preparePackage(from: string, id: string): Promise<void> {
    if (isBuiltin(id) || id === "tslab" || this.#imported.has(`${from}\0${id}`)) return;
    const packages = createRequire(from);
    try {
      if (!isEsModule(packages.resolve(id))) return;
      packages(id);
    } catch (error) {
      if (!isForImportOnly(error)) return;
      this.#imported.set(`${from}\0${id}`, interoperable(await importFrom(from, id)));
    }
  }

  #package(from: string, id: string): unknown {
    if (id === "tslab") return this.#tslab();
    return this.#imported.get(`${from}\0${id}`) ?? null;
  }

  #unload(file: string): void {
    this.#loaded.delete(file);
    const importers = this.#importers.get(file);
    // Taken off before they are followed, so that a cycle of imports ends.
    this.#importers.delete(file);
    for (const importer of importers ?? []) this.#unload(importer);
  }

  /** The module of the project that a name means, or null: a package, or a file that is no code, is Node's. */
  #fileOf(folder: string, id: string): string | null {
    const file = this.#project.files.resolve(path.join(folder, "module.ts"), id);
    return file !== null && this.#project.files.isOwn(file) ? file : null;
  }

  #source(file: string): string {
    const known = this.#sources.get(file);
    if (known !== undefined) return known;
    const text = this.#project.files.get(file)?.text;
    if (text === undefined) throw new Error(`${file} is not there any more`);
    const label = path.relative(this.#folders.root, file).split(path.sep).join("/");
    const code = this.#maps.register(scriptOf(file), this.#compiler.compile(file, text), label, false);
    this.#sources.set(file, code);
    return code;
  }

  #find(folder: string, id: string, importer: string | null = null): unknown {
    const file = this.#fileOf(folder, id);
    if (file === null) return null;
    if (importer !== null) this.#importers.set(file, (this.#importers.get(file) ?? new Set()).add(importer));
    return (this.#loaded.get(file) ?? this.#door(file) ?? this.#start(file).module).exports;
  }

  /** A door that loads what is behind it when it is asked for, or null: where that is not allowed, or nobody knows its names. */
  #door(file: string): Module | null {
    const { files, lazyDoors } = this.#project;
    const outline = files.get(file)?.outline;
    if (!lazyDoors || !outline?.isDoor) return null;
    const folder = path.dirname(file);
    const sources = [...outline.stars, ...outline.passedOn.map(({ from }) => from)];
    if (sources.some((from) => this.#fileOf(folder, from) === null)) return null;
    const module = new Module(scriptOf(file));
    Object.defineProperty(module.exports, "__esModule", { value: true });
    for (const [name, { isType }] of files.exported(file)) {
      if (isType) continue;
      const get = (): unknown => {
        const [behind] = files.behindDoor(file, outline, [name]);
        const found = behind && this.#find(folder, behind.from, file);
        const [original] = behind?.names ?? [];
        return original === undefined ? found : Reflect.get(Object(found), original);
      };
      Object.defineProperty(module.exports, name, { enumerable: true, get });
    }
    this.#loaded.set(file, module);
    return module;
  }

  /** Runs a module; `ended` settles when one that waits has come to its end. */
  #start(file: string): { module: Module; ended: Promise<unknown> } {
    const source = this.#source(file);
    const script = scriptOf(file);
    const module = new Module(script);
    const packages = createRequire(file);
    const require = Object.assign(
      (id: string): unknown => this.#find(path.dirname(file), id, file) ?? this.#package(file, id) ?? packages(id),
      { resolve: packages.resolve },
    );
    Object.assign(module, { filename: script, require });
    // Kept before it runs, so that a cycle of imports ends, and dropped if it throws, so that the next try is fresh.
    this.#loaded.set(file, module);
    const prefix = `(${isAsyncModule(source) ? "async " : ""}function (exports, require, module, __filename, __dirname, ${IMPORT}) { `;
    try {
      const run: unknown = vm.runInThisContext(`${prefix}${source}\n})`, {
        filename: script,
        columnOffset: -prefix.length,
      });
      if (typeof run !== "function") throw new Error(`${file} was not compiled to a function`);
      const own = this.#ownImport(file, require);
      const values = [module.exports, require, module, script, path.dirname(file), own];
      const ended = Promise.resolve(Reflect.apply(run, module.exports, values));
      ended.then(
        () => Object.assign(module, { loaded: true }),
        () => this.#loaded.delete(file),
      );
      return { module, ended };
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
  }

  #ownImport(file: string, require: Require): OwnImport {
    const dirname = path.dirname(file);
    const meta = {
      url: pathToFileURL(file).href,
      filename: file,
      dirname,
      resolve: (id: string) =>
        isBuiltin(id)
          ? id
          : pathToFileURL(/^\.{0,2}\//.test(id) ? path.resolve(dirname, id) : require.resolve(id)).href,
    };
    const load = async (id: string): Promise<unknown> => {
      const name = String(id);
      await this.#prepareAll(file, [name], this.#project.reached([{ from: name, names: null }], file));
      return asNamespace(require(name));
    };
    return Object.assign(load, { meta });
  }
}

/** The name that a module has as a script, for stacks and for itself. */
function scriptOf(file: string): string {
  return file.replace(/\.ts$/, ".js");
}

function isPackage(id: string): boolean {
  return !id.startsWith(".") && !path.isAbsolute(id) && !isBuiltin(id);
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
}

/** Node's words for a package that has an entrance for `import` only, or that waits while it is loaded. */
function isForImportOnly(error: unknown): boolean {
  const codes = ["ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_ESM"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

function isEsModule(file: string): boolean {
  if (file.endsWith(".mjs")) return true;
  if (!file.endsWith(".js")) return false;
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const description = path.join(folder, "package.json");
    if (existsSync(description)) return /"type"\s*:\s*"module"/.test(readFileSync(description, "utf8"));
  }
  return false;
}

/** Node's own `import()`, as from the given file. */
function importFrom(file: string, id: string): Promise<object> {
  const script = new vm.Script("(id) => import(id)", {
    filename: file,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext()(id);
}

/** A namespace as compiled code expects the exports of an ES module, marked so that `default` is found. */
function interoperable(namespace: object): object {
  const exported = Object.defineProperty({}, "__esModule", { value: true });
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(exported, name, { enumerable: true, get: () => Reflect.get(namespace, name) });
  }
  return exported;
}

/** What `import()` gives of a module's exports, as TypeScript's `esModuleInterop` has it. */
function asNamespace(exported: unknown): unknown {
  if (typeof exported === "object" && exported !== null && "__esModule" in exported) return exported;
  const isComposite = (typeof exported === "object" && exported !== null) || typeof exported === "function";
  return { ...(isComposite ? exported : {}), default: exported };
}
