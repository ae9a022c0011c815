import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProjectFiles } from "./project-files";

/** A file of this size holds some ten thousand marks; what is older is checked once more. */
const MOST_BYTES = 1_000_000;

/**
 * Which files of the project were found free of type errors, remembered across kernels. An error in a file can come
 * from its own text, from the shapes of the files that it sees, and from the settings: a mark is a hash of all three.
 */
export class CheckedFiles {
  readonly #files: ProjectFiles;
  readonly #memory: string;
  readonly #settings: string;
  readonly #marks: Set<string>;
  readonly #markOf = new Map<string, string>();
  readonly #seen = new Map<string, ReadonlySet<string>>();
  readonly #shapeHashes = new Map<string, string>();

  /**
   * @param memory file in which the marks are kept
   * @param root folder whose tsconfig.json and package-lock.json decide about types, too
   */
  constructor(files: ProjectFiles, memory: string, root: string) {
    this.#files = files;
    this.#memory = memory;
    const settings = ["tsconfig.json", "package-lock.json"]
      .map((name) => path.join(root, name))
      .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""));
    this.#settings = createHash("sha256").update(settings.join("\n")).digest("hex");
    this.#marks = new Set(existsSync(memory) ? readFileSync(memory, "utf8").split("\n") : []);
  }

  /** To be called when a file has changed. */
  forget(): void {
    this.#markOf.clear();
    this.#seen.clear();
  }

  has(file: string): boolean {
    return this.#marks.has(this.#mark(file));
  }

  remember(files: readonly string[]): void {
    const added = files.map((file) => this.#mark(file)).filter((mark) => !this.#marks.has(mark));
    if (added.length === 0) return;
    for (const mark of added) this.#marks.add(mark);
    mkdirSync(path.dirname(this.#memory), { recursive: true });
    const lines = added.map((mark) => `${mark}\n`).join("");
    const isFull = (statSync(this.#memory, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES;
    if (isFull) writeFileSync(this.#memory, lines);
    else appendFileSync(this.#memory, lines);
  }

  #mark(file: string): string {
    const known = this.#markOf.get(file);
    if (known !== undefined) return known;
    const own = this.#files.get(file);
    const hash = createHash("sha256").update(`${this.#settings}\0${file}\0${own?.hash}`);
    const seen = new Set<string>();
    for (const { from } of own?.outline.imports ?? []) {
      const target = this.#files.resolve(file, from);
      if (target === null) hash.update(`\0${from}`);
      else for (const one of this.#shapesSeenThrough(target)) seen.add(one);
    }
    for (const one of [...seen].sort()) hash.update(`\0${one}\0${this.#shapeHash(one)}`);
    const mark = hash.digest("hex").slice(0, 32);
    this.#markOf.set(file, mark);
    return mark;
  }

  /** A file, and all whose types its own types may be made of. */
  #shapesSeenThrough(file: string): ReadonlySet<string> {
    const known = this.#seen.get(file);
    if (known) return known;
    const seen = new Set([file]);
    for (const one of seen)
      for (const { from } of this.#files.get(one)?.outline.shapeImports ?? []) {
        const target = this.#files.resolve(one, from);
        if (target !== null) seen.add(target);
      }
    this.#seen.set(file, seen);
    return seen;
  }

  #shapeHash(file: string): string {
    const own = this.#files.get(file);
    if (!own) return "absent";
    const known = this.#shapeHashes.get(own.hash);
    if (known !== undefined) return known;
    const hash = createHash("sha256").update(own.outline.shape).digest("hex").slice(0, 32);
    this.#shapeHashes.set(own.hash, hash);
    return hash;
  }
}
