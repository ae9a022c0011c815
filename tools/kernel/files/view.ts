import type { CheckedFiles } from "./checked";
import type { Import, Outline } from "./outline";
import type { ProjectFiles } from "./project-files";

/** Names of a file that somebody wants; null for all. */
type Names = ReadonlySet<string> | null;

/**
 * The project as TypeScript reads it while cells are compiled: of a file that was found free of errors its shape, of a
 * door what cells and such files take from it; the door's other names are there, as names. A file that was not checked
 * yet is there as it is. Most of a large library is never read this way, and what is read has no bodies.
 */
export class ProgramView {
  readonly #files: ProjectFiles;
  readonly #checked: CheckedFiles;
  /** What cells have imported so far, with the names. */
  readonly #roots = new Map<string, Set<string> | null>();
  /** What is read from each file, doors with the names. */
  #wanted: ReadonlyMap<string, Names> = new Map();
  /** The text under which TypeScript knows each file. */
  readonly #served = new Map<string, string>();

  constructor(files: ProjectFiles, checked: CheckedFiles) {
    this.#files = files;
    this.#checked = checked;
  }

  /** The text of a file of the project for TypeScript; undefined where the file is not one of those. */
  read(file: string): string | undefined {
    const text = this.#textOf(file);
    if (text !== undefined) this.#served.set(file, text);
    return text;
  }

  /**
   * Takes what a cell imports, by the files that it means, before the cell is compiled.
   *
   * @param unchecked files that are read with the cell to be checked, whole, whatever the cell's types are made of
   * @param anew whether files have changed since
   * @returns the files that TypeScript has to read again
   */
  want(
    imports: readonly { file: string; names: readonly string[] | null }[],
    unchecked: readonly string[],
    anew: boolean,
  ): string[] {
    let isMore = anew || unchecked.length > 0;
    for (const { file, names } of imports) {
      if (addNames(this.#roots, file, names)) isMore = true;
    }
    if (!isMore) return [];
    const roots = [...this.#roots, ...unchecked.map((file) => [file, null] as const)];
    this.#wanted = this.reached(roots, (file, outline, names) => {
      if (!this.#checked.has(file)) return outline.imports;
      return outline.isDoor ? this.#files.behindDoor(file, outline, names) : outline.shapeImports;
    });
    const isOther = ([file, text]: [string, string]): boolean =>
      text !== this.#files.get(file)?.text && text !== this.#textOf(file);
    return [...this.#served].filter(isOther).map(([file]) => file);
  }

  /** The files that are reached from some, each by the imports that `next` names, doors with the names taken from them. */
  reached(
    from: readonly (readonly [file: string, names: Names])[],
    next: (file: string, outline: Outline, names: readonly string[] | null) => readonly Import[],
  ): Map<string, Names> {
    const reached = new Map<string, Set<string> | null>();
    const waiting = from.map(([file, names]) => ({ file, names: names === null ? null : [...names] }));
    for (let want = waiting.pop(); want; want = waiting.pop()) {
      const { file } = want;
      const outline = this.#files.get(file)?.outline;
      // Who takes anything from a file that has something of its own loads all of it.
      const names = outline?.isDoor ? want.names : null;
      if (!outline || !addNames(reached, file, names)) continue;
      for (const { from: name, names: taken } of next(file, outline, names)) {
        const target = this.#files.resolve(file, name);
        if (target !== null) waiting.push({ file: target, names: taken === null ? null : [...taken] });
      }
    }
    return reached;
  }

  #textOf(file: string): string | undefined {
    const own = this.#files.isOwn(file) ? this.#files.get(file) : null;
    if (!own) return undefined;
    if (!this.#checked.has(file)) return own.text;
    const names = this.#wanted.get(file);
    return own.outline.isDoor && names !== null ? this.#partOf(file, own.outline, names) : own.outline.shape;
  }

  /** A door with the names that are wanted; all others are mere names, so that a misspelt one finds its neighbour. */
  #partOf(file: string, outline: Outline, names: ReadonlySet<string> = new Set()): string {
    const lines: string[] = ["export {};"];
    const add = (name: string, isType: boolean, passedOn: string): void => {
      if (names.has(name) || name === "default") lines.push(passedOn);
      else lines.push(isType ? `export interface ${name} {}` : `export declare const ${name}: never;`);
    };
    const taken = new Set<string>();
    for (const { name, original, from, isType } of outline.passedOn) {
      taken.add(name);
      const what = original === null ? `* as ${name}` : `{ ${original} as ${name} }`;
      add(name, isType, `export ${isType ? "type " : ""}${what} from ${JSON.stringify(from)};`);
    }
    for (const from of outline.stars) {
      const target = this.#files.resolve(file, from);
      if (target === null) lines.push(`export * from ${JSON.stringify(from)};`);
      for (const [name, { isType }] of target === null ? [] : this.#files.exported(target)) {
        if (name === "default" || taken.has(name)) continue;
        taken.add(name);
        add(name, isType, `export ${isType ? "type " : ""}{ ${name} } from ${JSON.stringify(from)};`);
      }
    }
    return `${lines.join("\n")}\n`;
  }
}

/** Adds names of a file to those that are wanted from it; false where they all were. */
function addNames(wanted: Map<string, Set<string> | null>, file: string, names: readonly string[] | null): boolean {
  const before = wanted.get(file);
  if (before === null || (before && names?.every((name) => before.has(name)))) return false;
  wanted.set(file, names === null ? null : new Set([...(before ?? []), ...names]));
  return true;
}
