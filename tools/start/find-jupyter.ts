import { jupyterEnvironment } from "./environment";
import type { Machine } from "./machine";
import { programsNamed, runQuietly } from "./programs";

/** A Jupyter that was seen to work: it was started and told its version. */
export interface Jupyter {
  readonly kind: "lab" | "notebook";
  readonly version: string;
  readonly major: number;
  /** Absolute path of `jupyter-lab` or `jupyter-notebook`. */
  readonly program: string;
}

/** What the search met: the Jupyter to use, or null, and each program that was there but is of no use, with the reason. */
export interface JupyterSearch {
  readonly found: Jupyter | null;
  readonly rejected: readonly { readonly program: string; readonly reason: string }[];
}

/** JupyterLab before 3 and Notebook before 6 have other options and render other notebooks than the ones tested. */
const oldest = { lab: 3, notebook: 6 } as const;
const titles = { lab: "JupyterLab", notebook: "Jupyter Notebook" } as const;

/** "JupyterLab 4.6.4", as a person calls it. */
export function titleOf(jupyter: Jupyter): string {
  return `${titles[jupyter.kind]} ${jupyter.version}`;
}

async function probe(kind: Jupyter["kind"], program: string, machine: Machine): Promise<Jupyter | string> {
  const result = await runQuietly(program, ["--version"], jupyterEnvironment(machine));
  if (result.code !== 0) {
    const lastLine = result.stderr.trim().split("\n").at(-1) ?? "";
    return `${program} --version ended with ${result.code === null ? "no exit code" : `exit code ${result.code}`}: ${lastLine}`;
  }
  const version = /^(\d+)\.\d+\S*$/m.exec(result.stdout.trim());
  if (version === null) return `${program} --version printed no version: "${result.stdout.trim().slice(0, 80)}"`;
  const major = Number(version[1]);
  if (major < oldest[kind]) return `${titles[kind]} ${version[0]} is too old, ${oldest[kind]} or newer is needed`;
  return { kind, version: version[0], major, program };
}

/**
 * Finds JupyterLab, else Jupyter Notebook, by starting each candidate: a shim of a version manager can lie on
 * the PATH while nothing stands behind it, and the working program of the system is then further along.
 *
 * @param machine where to look: `machine.searchPath`, first `.venv` of the project, then the PATH, then the usual places
 * @example
 * const { found } = await findJupyter(thisMachine()); // { kind: "lab", version: "4.6.4", major: 4, program: … }
 */
export async function findJupyter(machine: Machine): Promise<JupyterSearch> {
  const rejected: { program: string; reason: string }[] = [];
  for (const kind of ["lab", "notebook"] as const) {
    for (const program of programsNamed(`jupyter-${kind}`, machine)) {
      const result = await probe(kind, program, machine);
      if (typeof result !== "string") return { found: result, rejected };
      rejected.push({ program, reason: result });
    }
  }
  return { found: null, rejected };
}
