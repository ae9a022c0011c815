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
import { join } from "node:path";
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

/**
 * The launcher that a registration starts: null where there is no registration, "" where there is one that is
 * not made by this project.
 */
export function registeredLauncher(dataFolder: string): string | null {
  const file = join(kernelFolder(dataFolder), "kernel.json");
  if (!existsSync(file)) return null;
  try {
    const spec: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof spec !== "object" || spec === null || !("argv" in spec) || !Array.isArray(spec.argv))
      return "";
    const launcher: unknown = spec.argv[1];
    return typeof launcher === "string" ? launcher : "";
  } catch {
    return "";
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
