import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import type { SideOutput } from "tslab/dist/converter";
import { IMPORT } from "./cell-source";
import { isAsyncModule, requiredBy } from "./emit-modules";
import type { SourceMaps } from "./source-maps";

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
 * The project's own modules, compiled in memory from TypeScript, as a cell's `require` sees them.
 *
 * When one of them changes, it and all that import it, directly or not, are loaded again: stock tslab replaces
 * only the changed one, so that a module which imports it keeps the old code.
 */
export class ProjectModules {
  readonly #root: string;
  readonly #notebookFolder: string;
  readonly #maps: SourceMaps;
  readonly #sources = new Map<string, string>();
  readonly #loaded = new Map<string, Module>();
  /** The modules that have required a module, by its file. */
  readonly #importers = new Map<string, Set<string>>();
  /** Packages that Node's `require` refuses, by the file that asked for them and their name. */
  readonly #imported = new Map<string, unknown>();
  readonly require: Require;
  readonly import: OwnImport;

  /** @param home folder of this project, whose packages a notebook elsewhere may use, too */
  constructor(root: string, notebookFolder: string, home: string, maps: SourceMaps) {
    this.#root = root;
    this.#notebookFolder = notebookFolder;
    this.#maps = maps;
    const cell = path.join(notebookFolder, "cell.ts");
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
      if (id === "tslab") return createRequire(import.meta.url)("tslab");
      // First beside the notebook; types of earlier cells may name a module from the root.
      const own = this.#find(this.#notebookFolder, id) ?? this.#find(this.#root, id);
      return own ?? this.#package(cell, id) ?? packages(isBuiltin(id) ? id : resolve(id));
    };
    this.require = Object.assign(require, { resolve });
    this.import = this.#ownImport(cell, this.require);
  }

  /** Takes the newly compiled modules of a cell. */
  update(outputs: readonly SideOutput[]): void {
    for (const output of outputs) {
      this.#unload(output.path);
      const label = path.relative(this.#root, output.path).replace(/\.js$/, ".ts").split(path.sep).join("/");
      this.#sources.set(output.path, this.#maps.register(output.path, output.data, label, false));
    }
  }

  /**
   * Loads what cannot be loaded by `require` while the cell runs: modules that wait at their top, packages for
   * `import` only, and those that wait. All else is left to `require`, so that its errors name the cell's line.
   */
  async prepare(ids: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    for (const id of ids) await this.#prepare(path.join(this.#notebookFolder, "cell.ts"), id, seen);
  }

  /** What a loaded module below a folder exports by a name, or null where none does: never loads one. */
  exported(folder: string, name: string): unknown {
    for (const [file, { exports }] of this.#loaded)
      if (file.startsWith(folder + path.sep) && Object.hasOwn(Object(exports), name)) return Reflect.get(exports, name);
    return null;
  }

  async #prepare(from: string, id: string, seen: Set<string>): Promise<void> {
    const file = this.#fileOf(path.dirname(from), id);
    const source = file === null ? undefined : this.#sources.get(file);
    if (file === null || source === undefined) return this.#preparePackage(from, id);
    if (seen.has(file) || this.#loaded.has(file)) return;
    seen.add(file);
    for (const required of requiredBy(source)) await this.#prepare(file, required, seen);
    if (isAsyncModule(source)) await this.#start(file, source).ended;
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
    return this.#imported.get(`${from}\0${id}`) ?? null;
  }

  #unload(file: string): void {
    this.#loaded.delete(file);
    const importers = this.#importers.get(file);
    // Taken off before they are followed, so that a cycle of imports ends.
    this.#importers.delete(file);
    for (const importer of importers ?? []) this.#unload(importer);
  }

  #fileOf(folder: string, id: string): string | null {
    if (!id.startsWith(".") && !path.isAbsolute(id)) return null;
    const base = path.resolve(folder, id);
    const candidates = [base, `${base}.js`, path.join(base, "index.js"), base.replace(/\.ts$/, ".js")];
    return candidates.find((file) => this.#sources.has(file)) ?? null;
  }

  #find(folder: string, id: string, importer: string | null = null): unknown {
    const file = this.#fileOf(folder, id);
    const source = file === null ? undefined : this.#sources.get(file);
    if (file === null || source === undefined) return null;
    if (importer !== null) this.#importers.set(file, (this.#importers.get(file) ?? new Set()).add(importer));
    return (this.#loaded.get(file) ?? this.#start(file, source).module).exports;
  }

  /** Runs a module; `ended` settles when one that waits has come to its end. */
  #start(file: string, source: string): { module: Module; ended: Promise<unknown> } {
    const module = new Module(file);
    const packages = createRequire(file);
    const require = Object.assign(
      (id: string): unknown => this.#find(path.dirname(file), id, file) ?? this.#package(file, id) ?? packages(id),
      { resolve: packages.resolve },
    );
    Object.assign(module, { filename: file, require });
    // Kept before it runs, so that a cycle of imports ends, and dropped if it throws, so that the next try is fresh.
    this.#loaded.set(file, module);
    const prefix = `(${isAsyncModule(source) ? "async " : ""}function (exports, require, module, __filename, __dirname, ${IMPORT}) { `;
    try {
      const run: unknown = vm.runInThisContext(`${prefix}${source}\n})`, {
        filename: file,
        columnOffset: -prefix.length,
      });
      if (typeof run !== "function") throw new Error(`${file} was not compiled to a function`);
      const own = this.#ownImport(file.replace(/\.js$/, ".ts"), require);
      const folder = path.dirname(file);
      const values = [module.exports, require, module, file, folder, own];
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
      await this.#prepare(file, name, new Set());
      return asNamespace(require(name));
    };
    return Object.assign(load, { meta });
  }
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
