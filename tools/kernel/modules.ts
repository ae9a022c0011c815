import Module, { createRequire } from "node:module";
import path from "node:path";
import type { SideOutput } from "tslab/dist/converter";
import type { SourceMaps } from "./source-maps";

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
  /** `require` as a cell has it. */
  readonly require: (id: string) => unknown;

  constructor(root: string, notebookFolder: string, maps: SourceMaps) {
    this.#root = root;
    this.#notebookFolder = notebookFolder;
    this.#maps = maps;
    const packages = createRequire(path.join(notebookFolder, "cell.js"));
    this.require = (id) => {
      if (id === "tslab") return createRequire(import.meta.url)("tslab");
      // First beside the notebook; types of earlier cells may name a module from the root.
      return this.#find(this.#notebookFolder, id) ?? this.#find(this.#root, id) ?? packages(id);
    };
  }

  /** Takes the newly compiled modules of a cell. */
  update(outputs: readonly SideOutput[]): void {
    for (const output of outputs) {
      this.#unload(output.path);
      const label = path.relative(this.#root, output.path).replace(/\.js$/, ".ts").split(path.sep).join("/");
      this.#sources.set(output.path, this.#maps.register(output.path, output.data, label, false));
    }
  }

  /** What a loaded module below a folder exports by a name, or null where none does: never loads one. */
  exported(folder: string, name: string): unknown {
    for (const [file, { exports }] of this.#loaded)
      if (file.startsWith(folder + path.sep) && Object.hasOwn(Object(exports), name))
        return Reflect.get(exports, name);
    return null;
  }

  #unload(file: string): void {
    this.#loaded.delete(file);
    const importers = this.#importers.get(file);
    // Taken off before they are followed, so that a cycle of imports ends.
    this.#importers.delete(file);
    for (const importer of importers ?? []) this.#unload(importer);
  }

  #find(folder: string, id: string, importer: string | null = null): unknown {
    if (!id.startsWith(".") && !path.isAbsolute(id)) return null;
    const base = path.resolve(folder, id);
    for (const file of [base, `${base}.js`, path.join(base, "index.js"), base.replace(/\.ts$/, ".js")]) {
      const source = this.#sources.get(file);
      if (source === undefined) continue;
      if (importer !== null)
        this.#importers.set(file, (this.#importers.get(file) ?? new Set()).add(importer));
      return this.#load(file, source).exports;
    }
    return null;
  }

  #load(file: string, source: string): Module {
    const loaded = this.#loaded.get(file);
    if (loaded) return loaded;
    const module = new Module(file);
    const folder = path.dirname(file);
    const packages = createRequire(file);
    const requireFrom = (id: string): unknown => this.#find(folder, id, file) ?? packages(id);
    // Kept before it runs, so that a cycle of imports ends, and dropped if it throws, so that the next try is fresh.
    this.#loaded.set(file, module);
    try {
      Object.assign(module, { filename: file, require: requireFrom });
      compile(module, source, file);
      module.loaded = true;
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    return module;
  }
}

/** Runs CommonJS source as the given module; `_compile` is how Node's own loader does it. */
function compile(module: Module, source: string, file: string): void {
  const run: unknown = Reflect.get(module, "_compile");
  if (typeof run !== "function")
    throw new Error("this version of Node has no Module._compile, which the kernel needs");
  // Said outright that it is CommonJS: a syntax error would otherwise be tried again as an ES module, and then
  // be told as another error.
  Reflect.apply(run, module, [source, file, "commonjs"]);
}
