import { join } from "node:path";
import type { Machine } from "./machine";
import { venvPrograms } from "./machine";
import { programsNamed, runQuietly, runVisibly } from "./programs";

/** A way to get Jupyter on this computer, as the commands that will be run. */
export interface InstallPlan {
  /** What is about to be done, for the person who watches. */
  readonly announcement: string;
  /** A command that may fail without the plan failing is `optional`. */
  readonly commands: readonly {
    readonly program: string;
    readonly args: readonly string[];
    readonly optional: boolean;
  }[];
}

/** Debian, Ubuntu and their kin, as root: Debian's own Notebook 6, about 170 MB. */
function debianPlan(machine: Machine): InstallPlan | string {
  const [aptGet] = programsNamed("apt-get", machine);
  if (aptGet === undefined) return "Debian packages: there is no apt-get here";
  if (!machine.isRoot) return "Debian packages: only root may install them (sudo apt-get install jupyter-notebook)";
  return {
    announcement:
      "No Jupyter was found. Setting it up from Debian's packages jupyter-notebook and jupyter-nbconvert (about 170 MB):",
    commands: [
      // One unreachable list among many makes this fail, and the packages may come from another.
      { program: aptGet, args: ["update"], optional: true },
      {
        program: aptGet,
        args: ["install", "-y", "--no-install-recommends", "jupyter-notebook", "jupyter-nbconvert"],
        optional: false,
      },
    ],
  };
}

const pythonCheck = "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 9) else 3)";

/** Everywhere else: a virtual environment inside the project, about 250 MB. */
async function venvPlan(machine: Machine): Promise<InstallPlan | string> {
  for (const name of ["python3", "python"]) {
    for (const python of programsNamed(name, machine)) {
      const checked = await runQuietly(python, ["-c", pythonCheck], machine.environment);
      if (checked.code !== 0) continue;
      const folder = join(machine.root, ".venv");
      const own = join(
        venvPrograms(machine.root, machine.platform),
        machine.platform === "win32" ? "python.exe" : "python",
      );
      return {
        announcement:
          `No Jupyter was found. Setting up JupyterLab from the Python Package Index with ${python},\n` +
          `in the project's own folder ${folder} (about 250 MB; delete the folder to undo it):`,
        commands: [
          { program: python, args: ["-m", "venv", folder], optional: false },
          {
            program: own,
            args: ["-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check", "jupyterlab>=4,<5"],
            optional: false,
          },
        ],
      };
    }
  }
  return "Virtual environment: no python3 of version 3.9 or newer with the modules venv and ensurepip was found";
}

/** The ways to set up Jupyter here, best first, and for each way that is closed the reason. */
export async function installPlans(machine: Machine): Promise<{ plans: InstallPlan[]; closed: string[] }> {
  const ways = [debianPlan(machine), await venvPlan(machine)];
  return {
    plans: ways.filter((way): way is InstallPlan => typeof way !== "string"),
    closed: ways.filter((way): way is string => typeof way === "string"),
  };
}

/** A word of a command as one would type it: quoted where a shell would read something else. */
function asTyped(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Carries a plan out. Returns null when all went well, else what failed. */
export async function carryOut(plan: InstallPlan, machine: Machine): Promise<string | null> {
  const environment = { ...machine.environment, DEBIAN_FRONTEND: "noninteractive" };
  for (const { program, args, optional } of plan.commands) {
    const command = [program, ...args].map(asTyped).join(" ");
    console.log(`\n$ ${command}`);
    const code = await runVisibly(program, args, environment);
    if (code !== 0 && !optional) return `${command}: ${code === null ? "could not be run" : `exit code ${code}`}`;
  }
  return null;
}
