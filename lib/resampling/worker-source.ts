import type * as Esbuild from "esbuild";
import { ThreadError } from "./options";

const ENTRY = "lib/resampling/worker-entry.ts";
const sources = new Map<string, string>();

/**
 * The code of a worker thread as one self-contained text of JavaScript.
 *
 * The library is TypeScript that a kernel may have compiled in memory, so there is no file that a thread could be
 * started from. The sources are looked for from the working directory upward (or in `HRD_ROOT`), and bundled by
 * esbuild, which is loaded only now and takes about 0.1 s, once. A browser, and a program that never asks for threads,
 * needs neither.
 *
 * One wants to call it to keep the text, and give it as `workerSource` where sources or esbuild are not at hand.
 *
 * @param action the name that a message begins with
 * @throws {ThreadError} if sources or esbuild cannot be found
 * @example writeFileSync("worker.cjs", bundleWorker());
 */
export function bundleWorker(action = "bundleWorker"): string {
  if (typeof process === "undefined" || process.getBuiltinModule === undefined) {
    throw new ThreadError(
      `${action}: this is not Node 20.16 or later, whose worker_threads it needs; leave threads out`,
    );
  }
  const path = process.getBuiltinModule("node:path");
  const fs = process.getBuiltinModule("node:fs");
  const { createRequire } = process.getBuiltinModule("node:module");
  const given = process.env.HRD_ROOT;
  let root = given !== undefined && given !== "" ? path.resolve(given) : process.cwd();
  while (!fs.existsSync(path.join(root, ENTRY))) {
    const parent = path.dirname(root);
    if (parent === root) {
      throw new ThreadError(
        `${action}: threads need ${ENTRY}, and neither ${given || process.cwd()} nor a folder above it holds it. ` +
          "Start inside the project, give workerSource (the text that bundleWorker() makes), or leave threads out",
      );
    }
    root = parent;
  }
  const known = sources.get(root);
  if (known !== undefined) return known;
  const text = build(action, createRequire(path.join(root, "package.json")), root);
  sources.set(root, text);
  return text;
}

function build(action: string, require: NodeJS.Require, root: string): string {
  try {
    const esbuild: typeof Esbuild = require("esbuild");
    const { outputFiles } = esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: [ENTRY],
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      write: false,
      logLevel: "silent",
    });
    return outputFiles[0].text;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ThreadError(`${action}: the code for threads could not be bundled by esbuild: ${cause}`);
  }
}
