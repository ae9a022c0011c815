import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Machine } from "../../../tools/start/machine";

/** An empty folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hrd-start-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a program; `body` is a shell script without its first line. */
export function writeProgram(file: string, body: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A computer with a project folder and folders of programs of its own, on which nothing else is found. */
export function madeUpMachine(changes: Partial<Machine> = {}): Machine & { bin: string; systemBin: string } {
  const root = temporaryFolder();
  const bin = join(root, "bin");
  const systemBin = join(root, "system-bin");
  mkdirSync(bin);
  mkdirSync(systemBin);
  const searchPath = [join(root, ".venv", "bin"), bin, systemBin];
  const environment = { PATH: process.env.PATH, HOME: join(root, "home") };
  return { root, platform: "linux", isRoot: false, environment, searchPath, ...changes, bin, systemBin };
}

const fakeJupyter = fileURLToPath(new URL("./fixtures/fake-jupyter.cjs", import.meta.url));

/** Puts a `jupyter-lab` into a folder that serves in a moment and starts two stubborn kernels. */
export function writeFakeLab(folder: string): string {
  return writeProgram(join(folder, "jupyter-lab"), `exec '${process.execPath}' '${fakeJupyter}' "$@"`);
}
