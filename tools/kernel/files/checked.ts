import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRightDoor } from "./doors";
import type { Import } from "./outline";
import type { ProjectFiles } from "./project-files";

/** A file of this size holds some ten thousand marks; what is older is checked once more. */
const MOST_BYTES = 1_000_000;

/** Begins what an import names and the project does not have. */
const ABSENT = "?";

/**
 * Which files of the project were found free of type errors, remembered across kernels. An error in a file can come
 * from its own text, from the shapes of what it sees, and from the settings: a mark is a hash of all three. Of a door a
 * file sees the names that it takes, and a door itself is right where the names are that it passes on.
 */
export class CheckedFiles {
  readonly #files: ProjectFiles;
  readonly #memory: string;
  readonly #settings: string;
  readonly #marks: Set<string>;
  readonly #markOf = new Map<string, string>();
  readonly #rightDoors = new Map<string, boolean>();
  readonly #next = new Map<string, readonly string[]>();

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
    this.#rightDoors.clear();
    this.#next.clear();
  }

  has(file: string): boolean {
    const isRight = this.#rightDoors.get(file) ?? isRightDoor(this.#files, file);
    this.#rightDoors.set(file, isRight);
    return isRight || this.#marks.has(this.#mark(file));
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
    const seen = new Set(this.#named(file, own?.outline.imports ?? []));
    for (const one of seen) for (const next of this.#behind(one)) seen.add(next);
    for (const one of [...seen].sort()) hash.update(`\0${one}\0${this.#typesOf(one)}`);
    const mark = hash.digest("hex").slice(0, 32);
    this.#markOf.set(file, mark);
    return mark;
  }

  /** What imports name: files, of doors the names, and what is no file of the project by its name. */
  #named(file: string, imports: readonly Import[]): string[] {
    return imports.flatMap(({ from, names }) => {
      const target = this.#files.resolve(file, from);
      if (target === null) return [`${ABSENT}${file}\0${from}`];
      if (names === null || !this.#files.get(target)?.outline.isDoor) return [target];
      return names.map((name) => `${target}\0${name}`);
    });
  }

  /** What the types of a file, or of a name of a door, may be made of. */
  #behind(one: string): readonly string[] {
    const known = this.#next.get(one);
    if (known) return known;
    const found = this.#namedBy(one);
    this.#next.set(one, found);
    return found;
  }

  #namedBy(one: string): readonly string[] {
    if (one.startsWith(ABSENT)) return [];
    const [file = "", name] = one.split("\0");
    const outline = this.#files.get(file)?.outline;
    if (!outline) return [];
    return this.#named(file, name === undefined ? outline.shapeImports : this.#files.behindDoor(file, outline, [name]));
  }

  /** What a file tells of its types, or a door of a name. */
  #typesOf(one: string): string {
    const [file = "", name] = one.split("\0");
    const outline = one.startsWith(ABSENT) ? undefined : this.#files.get(file)?.outline;
    if (!outline) return "absent";
    if (name === undefined) return outline.types;
    return JSON.stringify([
      outline.passedOn.find((passed) => passed.name === name),
      this.#files.behindDoor(file, outline, [name]),
    ]);
  }
}
