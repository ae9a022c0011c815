import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Which of the project's own files need a type check before a cell runs.
 *
 * Stock tslab checks all files that a cell imports, at every change of any of them: seconds for a library of
 * a hundred files. A file that has been checked in its present version is not checked again, and a whole
 * library that was found free of errors is remembered across kernels, under a hash of its text.
 */
export class CheckedFiles {
  readonly #checked = new Map<string, string>();
  readonly #memory: string;
  readonly #settings: string;

  /**
   * @param memory folder in which the hashes of libraries without an error are kept
   * @param root folder whose tsconfig.json and package-lock.json decide about types, too
   */
  constructor(memory: string, root: string) {
    this.#memory = memory;
    this.#settings = ["tsconfig.json", "package-lock.json"]
      .map((name) => path.join(root, name))
      .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""))
      .join("\n");
  }

  /** A replacement for tslab's function that checks the cell and everything it imports. */
  diagnostics(
    check: (program: TypeScript.Program, files: readonly TypeScript.SourceFile[]) => readonly TypeScript.Diagnostic[],
    program: TypeScript.Program,
    files: readonly TypeScript.SourceFile[],
  ): readonly TypeScript.Diagnostic[] {
    const [cell, ...own] = files;
    if (cell === undefined) return check(program, files);
    const key = this.#keyOf(own);
    const isNew = this.#checked.size === 0 && own.length > 0;
    if (isNew && existsSync(path.join(this.#memory, key))) this.#remember(own);
    const unchecked = own.filter((file) => this.#checked.get(file.fileName) !== versionOf(file));
    const found = check(program, [cell, ...unchecked]);
    if (unchecked.length > 0 && !found.some(({ file }) => file && file !== cell)) {
      this.#remember(unchecked);
      if (isNew) {
        mkdirSync(this.#memory, { recursive: true });
        writeFileSync(path.join(this.#memory, key), "");
      }
    }
    return found;
  }

  #remember(files: readonly TypeScript.SourceFile[]): void {
    for (const file of files) this.#checked.set(file.fileName, versionOf(file));
  }

  #keyOf(files: readonly TypeScript.SourceFile[]): string {
    const hash = createHash("sha256").update(this.#settings);
    const sorted = [...files].sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    for (const file of sorted) hash.update(`\0${file.fileName}\0${versionOf(file)}`);
    return hash.digest("hex").slice(0, 32);
  }
}

/** The hash of its text that a watching program keeps with a file. */
function versionOf(file: TypeScript.SourceFile): string {
  const version: unknown = Reflect.get(file, "version");
  return typeof version === "string" ? version : file.text;
}
