import { PageBuffer } from "./buffer";

/** The project lies here among the files of a page. */
export const PROJECT = "/project";

/** What lib/ and cells read of Node's `process`. */
export const pageProcess = {
  env: { HRD_ROOT: PROJECT } as Record<string, string | undefined>,
  platform: "browser",
  argv: [] as string[],
  versions: {} as Record<string, string>,
  cwd: () => `${PROJECT}/notebooks`,
  nextTick: (act: (...values: unknown[]) => void, ...values: unknown[]) => queueMicrotask(() => act(...values)),
  stdout: { isTTY: false, write: (_: string): boolean => true },
  stderr: { isTTY: false, write: (_: string): boolean => true },
};

// Before any module of lib/ is run: this file is the first that the kernel imports.
Object.assign(globalThis, { process: pageProcess, Buffer: PageBuffer, global: globalThis });
