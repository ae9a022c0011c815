import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { findJupyter } from "../find-jupyter";
import type { Machine } from "../machine";
import { programsNamed, runQuietly } from "../programs";

/** A program that the end-to-end checks use, and the Debian packages that bring it. */
export interface Need {
  readonly name: string;
  readonly packages: readonly string[];
  /** Looks whether it works, by running it. */
  works(machine: Machine): Promise<boolean>;
}

/** The first program of these names that runs with these arguments, or null. */
export async function workingProgram(
  names: readonly string[],
  args: readonly string[],
  machine: Machine,
): Promise<string | null> {
  for (const program of names.flatMap((name) => programsNamed(name, machine))) {
    if ((await runQuietly(program, args, machine.environment)).code === 0) return program;
  }
  return null;
}

/** The browser of the end-to-end checks. */
export function findChromium(machine: Machine): Promise<string | null> {
  return workingProgram(["chromium", "chromium-browser", "google-chrome"], ["--version"], machine);
}

/** The browser in which the pages that run are checked as well. */
export function findFirefox(machine: Machine): Promise<string | null> {
  return workingProgram(["firefox-esr", "firefox"], ["--version"], machine);
}

/** Jupyter's converter, which also executes notebooks. */
export function findNbconvert(machine: Machine): Promise<string | null> {
  return workingProgram(["jupyter-nbconvert"], ["--version"], machine);
}

/** The packages of R that the scripts in test/golden load. */
export const rPackages = ["survival", "cmprsk", "coin", "jsonlite", "sandwich", "lmtest", "numDeriv"] as const;

/** PostgreSQL's programs; Debian puts them into a folder for each version, which is on nobody's path. */
export async function findPostgres(machine: Machine): Promise<string | null> {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const program = path.join(root, version, "bin", "initdb");
    if ((await runQuietly(program, ["--version"], machine.environment)).code === 0) return path.dirname(program);
  }
  return null;
}

/** All that the end-to-end checks need beyond Node. */
export const needs: readonly Need[] = [
  {
    name: "Jupyter",
    packages: ["jupyter-notebook"],
    works: async (machine) => (await findJupyter(machine)).found !== null,
  },
  {
    name: "nbconvert",
    packages: ["jupyter-nbconvert"],
    works: async (machine) => (await findNbconvert(machine)) !== null,
  },
  {
    name: "Chromium",
    packages: ["chromium"],
    works: async (machine) => (await findChromium(machine)) !== null,
  },
  {
    name: "Firefox",
    packages: ["firefox-esr"],
    works: async (machine) => (await findFirefox(machine)) !== null,
  },
  {
    name: "PostgreSQL",
    packages: ["postgresql"],
    works: async (machine) => (await findPostgres(machine)) !== null,
  },
  {
    name: `R with ${rPackages.join(", ")}`,
    packages: ["r-base-core", ...rPackages.map((name) => `r-cran-${name.toLowerCase()}`)],
    works: async (machine) => {
      const load = rPackages.map((name) => `library(${name})`).join("; ");
      return (await workingProgram(["Rscript"], ["-e", load], machine)) !== null;
    },
  },
];

/** The needs that are not met on this machine. */
export async function missingNeeds(machine: Machine, all: readonly Need[] = needs): Promise<Need[]> {
  const missing: Need[] = [];
  for (const need of all) if (!(await need.works(machine))) missing.push(need);
  return missing;
}
