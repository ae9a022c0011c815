import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type KernelSpec, kernelName } from "./spec";

const logos = fileURLToPath(new URL("./logo", import.meta.url));
const logoFiles = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] as const;

/** All files that make up a registration. */
export const registrationFiles: readonly string[] = ["kernel.json", ...logoFiles];

/** The folder of the project's kernel under a data folder of Jupyter. */
export function kernelFolder(dataFolder: string): string {
  return join(dataFolder, "kernels", kernelName);
}

/** Writes kernel.json and the logos; the same arguments give the same files, however often. Returns the folder. */
export function writeKernel(dataFolder: string, spec: KernelSpec): string {
  const folder = kernelFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  for (const logo of logoFiles) copyFileSync(join(logos, logo), join(folder, logo));
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  return folder;
}

/** What a registration starts: the Node program and the kernel's launcher, "" for what it does not name. */
export interface Registered {
  readonly node: string;
  readonly launcher: string;
}

/**
 * The registration in a data folder of Jupyter, or null where there is none. One that another program wrote under
 * the same name has no launcher.
 */
export function registration(dataFolder: string): Registered | null {
  const file = join(kernelFolder(dataFolder), "kernel.json");
  if (!existsSync(file)) return null;
  const words = commandIn(readFileSync(file, "utf8"));
  return { node: words[0] ?? "", launcher: words.find((word) => basename(word) === "launch.mjs") ?? "" };
}

/** The words of `argv` in a kernel.json; none where it is broken. */
function commandIn(json: string): string[] {
  try {
    const spec: unknown = JSON.parse(json);
    if (typeof spec !== "object" || spec === null || !("argv" in spec) || !Array.isArray(spec.argv)) return [];
    return spec.argv.filter((word): word is string => typeof word === "string");
  } catch {
    return [];
  }
}

/**
 * Removes the files of a registration, and the folders `kernels/hrd-typescript` and `kernels` where nothing else
 * is in them. Files that somebody else put there stay.
 */
export function removeKernel(dataFolder: string): void {
  const folder = kernelFolder(dataFolder);
  for (const file of registrationFiles) rmSync(join(folder, file), { force: true });
  for (const emptied of [folder, join(dataFolder, "kernels")]) {
    if (existsSync(emptied) && readdirSync(emptied).length === 0) rmdirSync(emptied);
  }
}
