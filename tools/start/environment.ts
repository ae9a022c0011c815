import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Machine } from "./machine";

/**
 * The folder that holds everything Jupyter wants to keep: the ignored `.jupyter/` of the project, or where the project
 * belongs to somebody else, as in a class on one installation, a folder of this user among the temporary ones.
 */
export function stateFolder(root: string): string {
  const own = join(root, ".jupyter");
  if (isWritable(existsSync(own) ? own : root) || !existsSync(root)) return own;
  const name = createHash("sha256").update(root).digest("hex").slice(0, 12);
  return join(tmpdir(), `hrd-${process.getuid?.() ?? "user"}-${name}`, "jupyter");
}

export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The environment in which every Jupyter program of the project runs.
 *
 * Configuration, data (with notebook signatures), runtime files and IPython's own folder are sent to
 * `.jupyter/`, so that nothing is written to the user's home and nothing of the user's settings changes how the
 * notebooks behave. `JUPYTER_TOKEN` is dropped: Jupyter then makes a random token at each start, even where the
 * user's shell sets an empty one, which would switch the token off.
 *
 * @example
 * spawn("jupyter", ["nbconvert", "--execute", "notebooks/01-long-list.ipynb"], { env: jupyterEnvironment(machine) });
 */
export function jupyterEnvironment(machine: Machine): NodeJS.ProcessEnv {
  const { JUPYTER_TOKEN, JUPYTER_TOKEN_FILE, ...inherited } = machine.environment;
  const state = stateFolder(machine.root);
  const data = join(state, "data");
  const config = join(state, "config");
  return {
    ...inherited,
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: data,
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(config, "lab", "user-settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(config, "lab", "workspaces"),
    IPYTHONDIR: join(state, "ipython"),
    // First of all places, so that no kernel of the same name elsewhere is taken for the project's.
    JUPYTER_PATH: [data, inherited.JUPYTER_PATH].filter((path) => path !== undefined && path !== "").join(delimiter),
  };
}

/** Makes the folders of Jupyter's state, closed to other users: the runtime files hold the token. */
export function makeStateFolder(root: string): void {
  const state = stateFolder(root);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const user = process.getuid?.();
  if (user !== undefined && statSync(state).uid !== user && user !== 0) {
    throw new Error(`${state} belongs to another user. Remove it, or make ${root} writable for this one.`);
  }
  for (const name of ["config", "data", "runtime", "ipython"]) {
    mkdirSync(join(state, name), { recursive: true, mode: 0o700 });
  }
}
