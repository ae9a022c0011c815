import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getJupyter } from "../../../tools/start/get-jupyter";
import type { Machine } from "../../../tools/start/machine";
import { madeUpMachine, writeProgram } from "./made-up-machine";

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, "log").mockImplementation((text) => printed.push(String(text)));
});
afterEach(() => vi.restoreAllMocks());

function log(machine: Machine): string {
  const file = join(machine.root, "commands.txt");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** A package manager that notes what it is told and, asked to install, puts a program there or fails. */
function writeAptGet(machine: Machine & { bin: string; systemBin: string }, install: string, update = "exit 0"): void {
  writeProgram(
    join(machine.systemBin, "apt-get"),
    `echo "apt-get $*" >> '${machine.root}/commands.txt'\ncase $1 in update) ${update};; install) ${install};; esac`,
  );
}

const installsNotebook = (folder: string) =>
  `printf '#!/bin/sh\\necho 6.4.12\\n' > '${folder}/jupyter-notebook'; chmod 755 '${folder}/jupyter-notebook'`;

/** A Python whose venv holds a pip that brings JupyterLab. */
function writePython(machine: Machine & { bin: string }, version: "new" | "old"): void {
  const own = `${machine.root}/.venv/bin`;
  const pip = `#!/bin/sh\\necho "pip $*" >> ${machine.root}/commands.txt\\nprintf '"'"'#!/bin/sh\\\\necho 4.6.4\\\\n'"'"' > ${own}/jupyter-lab; chmod 755 ${own}/jupyter-lab\\n`;
  writeProgram(
    join(machine.bin, "python3"),
    `case $1 in
-c) exit ${version === "new" ? 0 : 3};;
-m) echo "python3 $*" >> '${machine.root}/commands.txt'; mkdir -p '${own}'; printf '${pip}' > '${own}/python'; chmod 755 '${own}/python';;
esac`,
  );
}

describe("setting Jupyter up where there is none", () => {
  test("as root with apt-get: refreshes the lists, then installs Debian's Notebook, and says so first", async () => {
    const machine = madeUpMachine({ isRoot: true });
    writeAptGet(machine, installsNotebook(machine.systemBin));
    const jupyter = await getJupyter(machine);
    expect(jupyter.program).toBe(join(machine.systemBin, "jupyter-notebook"));
    expect(log(machine)).toBe(
      "apt-get update\napt-get install -y --no-install-recommends jupyter-notebook jupyter-nbconvert\n",
    );
    expect(printed[0]).toContain("No Jupyter was found. Setting it up from Debian's packages");
  });

  test("a package list that cannot be refreshed does not keep it from installing", async () => {
    const machine = madeUpMachine({ isRoot: true });
    writeAptGet(machine, installsNotebook(machine.systemBin), "exit 100");
    expect((await getJupyter(machine)).version).toBe("6.4.12");
  });

  test("without root: a virtual environment inside the project, and no apt-get", async () => {
    const machine = madeUpMachine();
    writeAptGet(machine, installsNotebook(machine.systemBin));
    writePython(machine, "new");
    const jupyter = await getJupyter(machine);
    expect(jupyter).toMatchObject({
      kind: "lab",
      program: join(machine.root, ".venv", "bin", "jupyter-lab"),
    });
    expect(log(machine)).toBe(
      `python3 -m venv ${machine.root}/.venv\npip -m pip install --no-cache-dir --disable-pip-version-check jupyterlab>=4,<5\n`,
    );
  });

  test("the commands are shown as one could type them", async () => {
    const machine = madeUpMachine();
    writePython(machine, "new");
    await getJupyter(machine);
    expect(printed.join("\n")).toContain("--disable-pip-version-check 'jupyterlab>=4,<5'");
  });

  test("as root where Debian's packages fail: the virtual environment", async () => {
    const machine = madeUpMachine({ isRoot: true });
    writeAptGet(machine, "exit 100");
    writePython(machine, "new");
    expect((await getJupyter(machine)).kind).toBe("lab");
  });

  test("where neither is possible: every reason and the ways to get Jupyter", async () => {
    const machine = madeUpMachine();
    writePython(machine, "old");
    const broken = writeProgram(join(machine.bin, "jupyter-lab"), "exit 127");
    const error = await getJupyter(machine).catch((reason: unknown) => String(reason));
    expect(error).toContain("There is no Jupyter here, and none could be set up:");
    expect(error).toContain(`${broken} --version ended with exit code 127`);
    expect(error).toContain("there is no apt-get here");
    expect(error).toContain("no python3 of version 3.9 or newer");
    expect(error).toContain("brew install jupyterlab");
    expect(log(machine)).toBe("");
  });

  test("where the installation fails or brings no working Jupyter, it says which command", async () => {
    const failing = madeUpMachine({ isRoot: true });
    writeAptGet(failing, "exit 100");
    await expect(getJupyter(failing)).rejects.toThrow(/apt-get install .* jupyter-nbconvert: exit code 100/);
    const empty = madeUpMachine({ isRoot: true });
    writeAptGet(empty, "exit 0");
    await expect(getJupyter(empty)).rejects.toThrow("no working Jupyter came of it");
  });
});
