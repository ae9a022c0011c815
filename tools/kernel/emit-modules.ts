import path from "node:path";
import type { Loader } from "esbuild";
import { transformSync } from "esbuild";

/**
 * One of the project's modules as CommonJS with a source map, by esbuild: what tslab does in two slow steps.
 * Types have been checked before; `isolatedModules` in tsconfig.json makes sure that a file can be compiled
 * on its own.
 */
export function moduleToCommonJs(file: string, text: string): string {
  const loader: Loader = file.endsWith(".js") ? "js" : "ts";
  const { code } = transformSync(text, {
    loader,
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    sourcefile: path.basename(file),
  });
  return `${code}${COMMON_JS}`;
}

/** Tells the second step of tslab's compilation that there is nothing left to do. */
const COMMON_JS = "\n//# hrd-commonjs\n";

/** The code without the mark, or null where it has none. */
export function alreadyCommonJs(code: string): string | null {
  return code.endsWith(COMMON_JS) ? code.slice(0, -COMMON_JS.length) : null;
}
