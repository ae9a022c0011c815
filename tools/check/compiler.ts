import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * The compiler that checks the types of files, as arguments for Node: TypeScript 7, which is native and takes a third of
 * the time, or where there is none for this machine TypeScript 5.9. Both say the same of a file, which a test holds.
 */
export function typeChecker(root: string): string[] {
  return [path.join(root, "node_modules", hasNative(root) ? "typescript-native" : "typescript", "bin/tsc"), "--noEmit"];
}

/** Whether the native compiler's program for this machine is installed: npm leaves out what does not fit. */
function hasNative(root: string): boolean {
  try {
    const native = createRequire(path.join(root, "node_modules/typescript-native/package.json"));
    native.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    return true;
  } catch {
    return false;
  }
}

/** What a compiler says of a place in a file; `file` is null where it is of no file. */
export interface Found {
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** `TS2551 Property 'releasd' does not exist …`, with its reasons on lines of their own. */
  readonly text: string;
}

/** Runs a compiler on a project in a folder. @throws Error where it fails without a message about the project */
export function findTypeErrors(compiler: readonly string[], folder: string): Found[] {
  const args = [...compiler, "--pretty", "false", "-p", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  const found: Found[] = [];
  for (const line of stdout.split("\n")) {
    const [, file, at, column, text] = /^(?:(.+?)\((\d+),(\d+)\): )?error (TS\d+: .*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (text !== undefined) {
      const place = file === undefined ? null : path.resolve(folder, file);
      found.push({ file: place, line: Number(at ?? 1), column: Number(column ?? 1), text: text.replace(":", "") });
    } else if (last && /^\s+\S/.test(line)) {
      found.splice(-1, 1, { ...last, text: `${last.text}\n${line}` });
    }
  }
  if (status !== 0 && found.length === 0)
    throw new Error(`the type check ended with ${status ?? "a signal"}: ${stderr || stdout}`);
  return found;
}
