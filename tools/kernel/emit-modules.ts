import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Loader } from "esbuild";
import { transformSync, version } from "esbuild";

/**
 * The project's modules as CommonJS with source maps, by esbuild: what tslab does in two slow steps. Types have
 * been checked before; `isolatedModules` in tsconfig.json makes sure that a file can be compiled on its own.
 * A module that was compiled before, by this or another kernel, is read from a folder.
 */
export class ModuleCompiler {
  readonly #memory: string;

  /** @param memory folder for compiled modules, each under the hash of its text */
  constructor(memory: string) {
    this.#memory = memory;
    mkdirSync(memory, { recursive: true });
  }

  compile(file: string, text: string): string {
    const name = path.basename(file);
    const hash = createHash("sha256").update(`${version}\0${name}\0${text}`).digest("hex");
    const stored = path.join(this.#memory, `${hash.slice(0, 32)}.js`);
    if (existsSync(stored)) return readFileSync(stored, "utf8");
    const code = transform(name, text);
    // Another kernel may read at this moment: the file appears whole or not at all.
    const partial = `${stored}.${process.pid}`;
    writeFileSync(partial, code);
    renameSync(partial, stored);
    return code;
  }
}

function transform(name: string, text: string): string {
  const loader: Loader = name.endsWith(".js") ? "js" : "ts";
  const { code } = transformSync(text, {
    loader,
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    sourcefile: name,
  });
  return `${code}${COMMON_JS}`;
}

/** Tells the second step of tslab's compilation that there is nothing left to do. */
const COMMON_JS = "\n//# hrd-commonjs\n";

/** The code without the mark, or null where it has none. */
export function alreadyCommonJs(code: string): string | null {
  return code.endsWith(COMMON_JS) ? code.slice(0, -COMMON_JS.length) : null;
}
