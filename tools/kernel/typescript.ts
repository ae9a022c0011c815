import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { threadId } from "node:worker_threads";
import type * as TypeScript from "@tslab/typescript-for-tslab";

/** The name of the TypeScript that tslab compiles with. */
export const TYPESCRIPT = "@tslab/typescript-for-tslab";

/** `require` as tslab's own files have it. */
export const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));

/**
 * tslab's TypeScript, loaded when it is first asked for: the kernel's main thread needs it only where the compiler's
 * thread left nothing written down, such as for a module that was never compiled before.
 */
export function typescript(): typeof TypeScript {
  return fromTslab(TYPESCRIPT);
}

/**
 * The same TypeScript in a form that loads in half the time: without comments and long names, and with V8's own code
 * of what a kernel calls. Both stand in a folder, under the hash of the original and the version of V8.
 */
export class QuickTypeScript {
  readonly #original = fromTslab.resolve(TYPESCRIPT);
  readonly #short: string;
  readonly #code: string;
  #script: vm.Script | null = null;

  /** @param memory folder for both forms */
  constructor(memory: string) {
    const text = readFileSync(path.join(path.dirname(this.#original), "../package.json"));
    const hash = createHash("sha256").update("1\0").update(this.#original).update(text).digest("hex").slice(0, 16);
    this.#short = path.join(memory, "typescript", `${hash}.js`);
    this.#code = path.join(memory, "typescript", `${hash}-${process.versions.v8}-${process.arch}.code`);
  }

  /** Has `require` give the quick form, where there is one that can be read. */
  load(): void {
    if (!existsSync(this.#short)) return;
    try {
      this.#load();
    } catch {
      // Not what was written there: it is made anew.
      delete fromTslab.cache[this.#original];
      for (const file of [this.#short, this.#code]) rmSync(file, { force: true });
    }
  }

  #load(): void {
    const cachedData = existsSync(this.#code) ? readFileSync(this.#code) : undefined;
    const script = new vm.Script(readFileSync(this.#short, "latin1"), { filename: this.#short, cachedData });
    const run: unknown = script.runInThisContext();
    if (typeof run !== "function") throw new Error(`${this.#short} is not what was written there`);
    const module = new Module(this.#original);
    Object.assign(module, { filename: this.#original, loaded: true });
    // By its place it finds the declarations of the language.
    const names = [module.exports, fromTslab, module, this.#original, path.dirname(this.#original)];
    Reflect.apply(run, module.exports, names);
    fromTslab.cache[this.#original] = Object.assign(module, { require: fromTslab });
    if (cachedData === undefined || script.cachedDataRejected) this.#script = script;
  }

  /** Makes what is missing, for the next kernel; it takes a second, so that it is for a time when nobody waits. */
  prepare(): void {
    if (!existsSync(this.#short)) {
      const { transformSync }: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
      const { code } = transformSync(readFileSync(this.#original, "utf8"), { minify: true, charset: "ascii" });
      write(this.#short, `(function (exports, require, module, __filename, __dirname) { ${code}\n})`);
    } else if (this.#script !== null) {
      write(this.#code, this.#script.createCachedData());
      this.#script = null;
    }
  }
}

/** Another kernel may read at this moment: the file appears whole or not at all. */
function write(file: string, content: string | Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}-${threadId}`;
  writeFileSync(partial, content);
  renameSync(partial, file);
}
