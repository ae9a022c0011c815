import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findJupyter, titleOf } from "../../../tools/start/find-jupyter";
import { madeUpMachine, writeProgram } from "./made-up-machine";

const brokenShim = 'echo "pyenv: jupyter-lab: command not found" >&2\nexit 127';

describe("finding Jupyter", () => {
  test("prefers JupyterLab to Notebook, wherever they are", async () => {
    const machine = madeUpMachine();
    writeProgram(join(machine.bin, "jupyter-notebook"), "echo 7.2.1");
    const lab = writeProgram(join(machine.systemBin, "jupyter-lab"), "echo 4.6.4");
    expect((await findJupyter(machine)).found).toEqual({
      kind: "lab",
      version: "4.6.4",
      major: 4,
      program: lab,
    });
  });

  test("takes the project's own environment first", async () => {
    const machine = madeUpMachine();
    writeProgram(join(machine.bin, "jupyter-lab"), "echo 3.6.1");
    const own = writeProgram(join(machine.root, ".venv", "bin", "jupyter-lab"), "echo 4.6.4");
    expect((await findJupyter(machine)).found?.program).toBe(own);
  });

  test("goes past a version manager's empty shim to the system's program", async () => {
    const machine = madeUpMachine();
    const shim = writeProgram(join(machine.bin, "jupyter-lab"), brokenShim);
    writeProgram(join(machine.bin, "jupyter-notebook"), brokenShim);
    const debian = writeProgram(join(machine.systemBin, "jupyter-notebook"), "echo 6.4.12");
    const { found, rejected } = await findJupyter(machine);
    expect(found).toEqual({ kind: "notebook", version: "6.4.12", major: 6, program: debian });
    expect(found && titleOf(found)).toBe("Jupyter Notebook 6.4.12");
    expect(rejected).toHaveLength(2);
    expect(rejected[0]).toEqual({
      program: shim,
      reason: `${shim} --version ended with exit code 127: pyenv: jupyter-lab: command not found`,
    });
  });

  test("rejects what is too old, prints no version, or cannot be run, with the reason", async () => {
    const machine = madeUpMachine();
    writeProgram(join(machine.bin, "jupyter-lab"), "echo 2.3.2");
    writeProgram(join(machine.bin, "jupyter-notebook"), "echo hello");
    chmodSync(writeProgram(join(machine.systemBin, "jupyter-notebook"), "echo 6.4.12"), 0o644);
    const { found, rejected } = await findJupyter(machine);
    expect(found).toBeNull();
    expect(rejected.map(({ reason }) => reason)).toEqual([
      "JupyterLab 2.3.2 is too old, 3 or newer is needed",
      expect.stringContaining('printed no version: "hello"'),
    ]);
  });

  test("is not misled by warnings around the version", async () => {
    const machine = madeUpMachine();
    writeProgram(join(machine.bin, "jupyter-notebook"), "echo 'DeprecationWarning: 3.14 is near' >&2\necho 7.6.3");
    expect((await findJupyter(machine)).found?.version).toBe("7.6.3");
  });

  test("runs candidates with Jupyter's state kept in the project", async () => {
    const machine = madeUpMachine();
    writeProgram(
      join(machine.bin, "jupyter-lab"),
      'test "$JUPYTER_CONFIG_DIR" = "$HOME/../.jupyter/config" || echo "$JUPYTER_CONFIG_DIR" >&2\nexit 1',
    );
    const { rejected } = await findJupyter(machine);
    expect(rejected[0]?.reason).toContain(join(machine.root, ".jupyter", "config"));
  });
});
