import { execFile, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "./machine";

/** What a program printed, and how it ended: `code` is null where it could not be started or was stopped. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * All programs of this name in the machine's folders, in their order. Being there does not mean that it works:
 * a version manager leaves shims behind for programs that no longer exist.
 */
export function programsNamed(name: string, machine: Machine): string[] {
  const file = machine.platform === "win32" ? `${name}.exe` : name;
  return machine.searchPath.map((folder) => join(folder, file)).filter(isProgram);
}

/** Runs a program to its end without a terminal and keeps what it printed; never throws, for probing what works. */
export function runQuietly(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  timeoutMs = 60_000,
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = {
      env: environment,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      windowsHide: true,
    } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, stdout, stderr: error !== null && stderr === "" ? error.message : stderr });
    });
    child.stdin?.end();
  });
}

/** Runs a program where its output can be followed; resolves with its exit code, null where it could not be started. */
export function runVisibly(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(null));
    child.once("exit", resolve);
  });
}
