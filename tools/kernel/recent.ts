import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Import } from "./files/outline";

/** What the cells of one kernel imported, and the files of the project that ran with them, each with its hash. */
export interface Session {
  readonly imports: readonly Import[];
  readonly files: readonly (readonly [file: string, hash: string])[];
}

const NOTHING: Session = { imports: [], files: [] };
const MOST_RECORDS = 200;

/**
 * What the last kernel of a notebook imported, or of its folder where nobody says which notebook it is. The next one is
 * likely to import the same: it reads and loads that while its reader reads. Nothing depends on it but how long the first
 * cell takes.
 */
export class Recent {
  readonly before: Session;
  readonly #records: readonly string[];
  readonly #imports = new Map<string, Set<string> | null>();
  readonly #files = new Map<string, string>();

  /**
   * @param memory folder for what is remembered across kernels
   * @param folder of the notebook
   * @param notebook which one it is, where that is known
   */
  constructor(memory: string, folder: string, notebook = "") {
    const names = notebook === "" ? [folder] : [`${folder}\0${notebook}`, folder];
    this.#records = names.map((name) => {
      const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
      return path.join(memory, "recent", `${hash}.json`);
    });
    this.before = this.#records.map(read).find(({ imports }) => imports.length > 0) ?? NOTHING;
  }

  /** To be told of a cell that has run, with what it imported and the files that ran with it. */
  add(imports: readonly Import[], files: Iterable<readonly [file: string, hash: string]>): void {
    const size = this.#size();
    for (const { from, names } of imports) {
      const known = this.#imports.get(from);
      if (known !== null) this.#imports.set(from, names === null ? null : new Set([...(known ?? []), ...names]));
    }
    for (const [file, hash] of files) this.#files.set(file, hash);
    if (this.#files.size === 0 || this.#size() === size) return;
    try {
      this.#write();
    } catch {
      // A full disk, or a folder that is gone: no cell fails for that.
    }
  }

  #size(): string {
    const names = [...this.#imports.values()].map((one) => one?.size ?? "all");
    return [this.#files.size, ...this.#files.values(), ...names].join();
  }

  #write(): void {
    const imports = [...this.#imports].map(([from, names]) => ({ from, names: names === null ? null : [...names] }));
    const session: Session = { imports, files: [...this.#files] };
    for (const record of this.#records) {
      const folder = path.dirname(record);
      if (!existsSync(record) && existsSync(folder) && readdirSync(folder).length >= MOST_RECORDS)
        rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      // Another kernel may read at this moment: the file appears whole or not at all.
      const partial = `${record}.${process.pid}`;
      writeFileSync(partial, JSON.stringify(session));
      renameSync(partial, record);
    }
  }
}

function read(file: string): Session {
  if (!existsSync(file)) return NOTHING;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Session;
  } catch {
    // Half a file, as after a power cut.
    return NOTHING;
  }
}

/** A cell that imports the same, under names that no two imports share. */
export function sourceOf(imports: readonly Import[]): string {
  let count = 0;
  return imports
    .map(({ from, names }) => {
      const what =
        names === null ? `* as _${count++}` : `{ ${names.map((name) => `${name} as _${count++}`).join(", ")} }`;
      return `import ${what} from ${JSON.stringify(from)};`;
    })
    .join("\n");
}
