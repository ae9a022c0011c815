import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { threadId } from "node:worker_threads";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Loader } from "esbuild";
import { awaitsAtTop, withOwnImport } from "./cell-source";
import { composeSourceMaps } from "./source-maps";

/**
 * The project's modules as CommonJS with source maps, by esbuild: what tslab does in two slow steps. Types have
 * been checked before; `isolatedModules` in tsconfig.json makes sure that a file can be compiled on its own.
 * A module that was compiled before, by this or another kernel, is read from a folder.
 */
export class ModuleCompiler {
  readonly #memory: string;
  readonly #ts: () => typeof TypeScript;

  /** @param memory folder for compiled modules, each under the hash of its text */
  constructor(memory: string, ts: () => typeof TypeScript) {
    this.#memory = memory;
    this.#ts = ts;
    mkdirSync(memory, { recursive: true });
  }

  compile(file: string, text: string): string {
    const name = path.basename(file);
    const hash = createHash("sha256").update(`3\0${ESBUILD_VERSION}\0${name}\0${text}`).digest("hex");
    const stored = path.join(this.#memory, `${hash.slice(0, 32)}.js`);
    if (existsSync(stored)) return readFileSync(stored, "utf8");
    const code = this.#transform(name, text);
    // Another kernel may read at this moment: the file appears whole or not at all.
    const partial = `${stored}.${process.pid}-${threadId}`;
    writeFileSync(partial, code);
    renameSync(partial, stored);
    return code;
  }

  /**
   * esbuild knows no top-level await in CommonJS and leaves `import(…)` and `import.meta` to Node, which sees no
   * module here: the few files that have one of them go by TypeScript.
   */
  #transform(name: string, text: string): string {
    if (!/\bimport\s*[.(]|\bawait\b/.test(text)) return transform(name, text);
    const ts = this.#ts();
    const own = withOwnImport(ts, name, text);
    const isAsync = awaitsAtTop(ts, ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
    if (own === text && !isAsync) return transform(name, text);
    const { ESNext: module } = ts.ModuleKind;
    const target = ts.ScriptTarget.ES2022;
    const options = { target, isolatedModules: true, esModuleInterop: true, inlineSourceMap: true };
    const typed = { fileName: name, compilerOptions: { ...options, module } };
    const script = ts.transpileModule(own, typed).outputText;
    const { outputText, sourceMapText = "" } = ts.transpileModule(script, {
      fileName: `${name}.js`,
      compilerOptions: { target, module: ts.ModuleKind.CommonJS, esModuleInterop: true, sourceMap: true },
    });
    return `${isAsync ? ASYNC : ""}${composeSourceMaps(script, outputText, sourceMapText)}`;
  }
}

const requireHere = createRequire(import.meta.url);
const ESBUILD_VERSION: unknown = Reflect.get(requireHere("esbuild/package.json"), "version");

/** Loaded only where a module was not compiled before. */
function esbuild(): typeof import("esbuild") {
  return requireHere("esbuild");
}

function transform(name: string, text: string): string {
  const loader: Loader = name.endsWith(".js") ? "js" : "ts";
  return esbuild().transformSync(text, {
    loader,
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    sourcefile: name,
  }).code;
}

/** Begins the code of a module that waits while it is loaded. */
const ASYNC = "/* hrd-async */ ";

/** Whether a compiled module has to be waited for. */
export function isAsyncModule(code: string): boolean {
  return code.startsWith(ASYNC);
}

/** The modules that a compiled one requires, as it names them. */
export function requiredBy(code: string): string[] {
  return [...code.matchAll(/\brequire\("([^"\\]+)"\)/g)].flatMap(([, id]) => (id === undefined ? [] : [id]));
}
