import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { threadId } from "node:worker_threads";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { type Import, OUTLINE_VERSION, type Outline, outlineOf, type PassedOn } from "./outline";

/** A file of the project as it was read last. */
export interface ProjectFile {
  readonly text: string;
  readonly hash: string;
  readonly outline: Outline;
}

/** A name that a file exports. */
export interface Exported {
  readonly isType: boolean;
  /** The file that declares it and its name there, whoever passes it on. */
  readonly origin: string;
}

/** Finds the file that a module of the project means by a name, or null where it is none of the project's. */
export type Resolve = (from: string, name: string) => string | null;

/**
 * The files of the project with their outlines, each read once until it changes. An outline that was made before, by
 * this or another kernel, is read from a folder, where it stands under the hash of the file's text.
 */
export class ProjectFiles {
  readonly #ts: () => typeof TypeScript;
  readonly #root: string;
  readonly #memory: string;
  readonly #resolveAnew: Resolve;
  readonly #known = new Map<string, { print: string; file: ProjectFile }>();
  readonly #resolved = new Map<string, string>();
  readonly #exported = new Map<string, ReadonlyMap<string, Exported>>();

  /** @param memory folder for outlines */
  constructor(ts: () => typeof TypeScript, root: string, memory: string, resolve: Resolve) {
    this.#ts = ts;
    this.#root = root;
    this.#memory = memory;
    this.#resolveAnew = resolve;
    mkdirSync(memory, { recursive: true });
  }

  /** Whether a file is one of the project's own modules: no package, no declaration without code. */
  isOwn(file: string): boolean {
    return (
      file.startsWith(this.#root + path.sep) &&
      !file.includes(`${path.sep}node_modules${path.sep}`) &&
      /\.(?:ts|js)$/.test(file) &&
      !file.endsWith(".d.ts")
    );
  }

  /** The file, or null where there is none. */
  get(file: string): ProjectFile | null {
    const known = this.#known.get(file);
    if (known) return known.file;
    const print = fingerprint(file);
    if (print === ABSENT) return null;
    const text = readFileSync(file, "utf8");
    const name = path.basename(file);
    const hash = createHash("sha256").update(`${OUTLINE_VERSION}\0${name}\0${text}`).digest("hex").slice(0, 32);
    const found = { text, hash, outline: this.#outline(name, text, hash) };
    this.#known.set(file, { print, file: found });
    return found;
  }

  /** Forgets what has changed on disk since it was read, and says which files that are. */
  refresh(): string[] {
    const changed = [...this.#known].filter(([file, { print }]) => fingerprint(file) !== print).map(([file]) => file);
    for (const file of changed) this.#known.delete(file);
    if (changed.length > 0) {
      this.#exported.clear();
      this.#resolved.clear();
    }
    return changed;
  }

  /** The file of the project that a relative name means, or null. */
  resolve(from: string, name: string): string | null {
    if (!name.startsWith(".") && !path.isAbsolute(name)) return null;
    const key = `${path.resolve(path.dirname(from), name)}${name.endsWith("/") ? "/" : ""}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const found = this.#resolveAnew(from, name);
    if (found !== null) this.#resolved.set(key, found);
    return found;
  }

  /** The names that a file exports, by itself or from others. */
  exported(file: string, above: readonly string[] = []): ReadonlyMap<string, Exported> {
    const known = this.#exported.get(file);
    if (known) return known;
    const names = new Map<string, Exported>();
    const outline = above.includes(file) ? undefined : this.get(file)?.outline;
    if (!outline) return names;
    for (const from of outline.stars) {
      const target = this.resolve(file, from);
      if (target === null) continue;
      for (const [name, exported] of this.exported(target, [...above, file]))
        if (name !== "default") names.set(name, exported);
    }
    for (const { name, isType } of outline.own) names.set(name, { isType, origin: `${file}\0${name}` });
    for (const one of outline.passedOn)
      names.set(one.name, { isType: one.isType, origin: this.#originOf(file, one, [...above, file]) });
    // In a circle of files that pass each other's names on, only the first has seen all of them.
    if (above.length === 0) this.#exported.set(file, names);
    return names;
  }

  /** Where a door gets some of its names from; null stands for all of them, as in an import. */
  behindDoor(file: string, outline: Outline, names: readonly string[] | null): Import[] {
    if (names === null) return [...outline.imports];
    const found: Import[] = [];
    for (const name of names) {
      const passed = outline.passedOn.find((one) => one.name === name);
      if (passed) found.push({ from: passed.from, names: passed.original === null ? null : [passed.original] });
      else
        for (const from of outline.stars) {
          const target = this.resolve(file, from);
          // Of a package nobody knows the names here.
          if (target === null || this.exported(target).has(name)) found.push({ from, names: [name] });
        }
    }
    return found;
  }

  #originOf(file: string, { original, from }: PassedOn, above: readonly string[]): string {
    const target = this.resolve(file, from);
    if (target === null || original === null) return `${target ?? from}\0${original ?? "*"}`;
    return this.exported(target, above).get(original)?.origin ?? `${target}\0${original}`;
  }

  #outline(name: string, text: string, hash: string): Outline {
    const stored = path.join(this.#memory, `${hash}.json`);
    if (existsSync(stored)) {
      try {
        return JSON.parse(readFileSync(stored, "utf8")) as Outline;
      } catch {
        // Half a file, as after a power cut: it is made anew.
      }
    }
    const outline = outlineOf(this.#ts(), name, text);
    // Another kernel or thread may read at this moment: the file appears whole or not at all.
    const partial = `${stored}.${process.pid}-${threadId}`;
    writeFileSync(partial, JSON.stringify(outline));
    renameSync(partial, stored);
    return outline;
  }
}

const ABSENT = "absent";

/** What changes with a file. */
export function fingerprint(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat?.isFile() ? `${stat.mtimeNs}:${stat.size}:${stat.ino}` : ABSENT;
}
