import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { CheckedFiles } from "./checked";
import { type Import, importsOfText } from "./outline";
import { ProjectFiles } from "./project-files";
import { ProgramView } from "./view";

/** The project that a notebook stands in: what its cells import, what of it is read, what still has to be checked. */
export class Project {
  readonly files: ProjectFiles;
  readonly checked: CheckedFiles;
  /**
   * Whether a door may be loaded without all that is behind it, which a project says by `"sideEffects": false` in its
   * package.json, as to bundlers.
   */
  readonly lazyDoors: boolean;
  readonly #ts: () => typeof TypeScript;
  readonly #view: ProgramView;
  /** The files that relative names of a cell start from. */
  readonly #cells: readonly string[];
  #changed = false;
  #unchecked: readonly string[] = [];

  /** @param memory folder for what is remembered across kernels */
  constructor(ts: () => typeof TypeScript, root: string, notebookFolder: string, memory: string) {
    this.#ts = ts;
    this.files = new ProjectFiles(ts, root, path.join(memory, "outlines"), (from, name) => moduleOf(ts, from, name));
    this.checked = new CheckedFiles(this.files, path.join(memory, "checked.txt"), root);
    this.#view = new ProgramView(this.files, this.checked);
    this.#cells = [notebookFolder, root].map((folder) => path.join(folder, "cell.ts"));
    const description = path.join(root, "package.json");
    this.lazyDoors = existsSync(description) && /"sideEffects"\s*:\s*false/.test(readFileSync(description, "utf8"));
  }

  /** The text of a file for TypeScript; undefined where the file is no module of the project. */
  read(file: string): string | undefined {
    return this.#view.read(file);
  }

  /** Forgets the files that have changed on disk, and says which. */
  refresh(): readonly string[] {
    const changed = this.files.refresh();
    if (changed.length > 0) {
      this.checked.forget();
      this.#changed = true;
    }
    return changed;
  }

  /**
   * To be told of a cell before it is compiled; gives the files that TypeScript has to read again, and those that run
   * with the cell, and what it imports.
   */
  expect(
    declarations: string,
    source: string,
  ): { again: readonly string[]; reached: ReadonlySet<string>; taken: readonly Import[] } {
    const own = importsOfText(this.#ts(), source);
    const wanted = [...own, ...importsOfText(this.#ts(), declarations)].flatMap(({ from, names }) => {
      const file = this.resolve(from);
      return file === null ? [] : [{ file, names }];
    });
    const reached = this.reached(own);
    this.#unchecked = [...reached].filter((file) => this.files.isOwn(file) && !this.checked.has(file));
    const again = this.#view.want(wanted, this.#unchecked, this.#changed);
    this.#changed = false;
    return { again, reached, taken: own };
  }

  /** What runs with the cell that was told of last and was not checked yet, by names that the cell can import it by. */
  unchecked(): string[] {
    const [cell = ""] = this.#cells;
    return this.#unchecked.map((file) => {
      const name = path.relative(path.dirname(cell), file).split(path.sep).join("/").replace(/\.ts$/, "");
      return name.startsWith(".") ? name : `./${name}`;
    });
  }

  /** The file that a cell, or a file, means by the name of a module, or null where it is none of the project's. */
  resolve(name: string, from: readonly string[] = this.#cells): string | null {
    for (const file of from) {
      const found = this.files.resolve(file, name);
      if (found !== null) return found;
    }
    return null;
  }

  /** All files that run when a cell, or a file, imports something. */
  reached(imports: readonly Import[], by?: string): ReadonlySet<string> {
    const from = imports.flatMap(({ from: name, names }) => {
      const file = this.resolve(name, by === undefined ? this.#cells : [by]);
      return file === null ? [] : [[file, names === null ? null : new Set(names)] as const];
    });
    const reached = this.#view.reached(from, (file, outline, names) =>
      this.lazyDoors && outline.isDoor ? this.files.behindDoor(file, outline, names) : outline.imports,
    );
    return new Set(reached.keys());
  }
}

/**
 * What a relative import without an ending nearly always is, a TypeScript file or a folder's index.ts, without the
 * dozen other names that TypeScript tries first: half a second for a library of two hundred files.
 */
export function nearModule(from: string, name: string): string | null {
  const base = path.resolve(path.dirname(from), name);
  const file = [`${base}.ts`, path.join(base, "index.ts")].find(isFile);
  return file === undefined || file.endsWith(".d.ts") ? null : file;
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // Below a file there is none.
    return false;
  }
}

function moduleOf(typescript: () => typeof TypeScript, from: string, name: string): string | null {
  const near = nearModule(from, name);
  if (near !== null) return near;
  const ts = typescript();
  const options = { allowJs: true, resolveJsonModule: true, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const { resolvedModule } = ts.resolveModuleName(name, from, { ...options, module: ts.ModuleKind.ESNext }, ts.sys);
  return resolvedModule && !resolvedModule.isExternalLibraryImport ? resolvedModule.resolvedFileName : null;
}
