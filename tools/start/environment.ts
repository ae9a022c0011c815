import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Machine } from "./machine";

/** The ignored folder of the project that holds everything Jupyter wants to keep. */
export function stateFolder(root: string): string {
  return join(root, ".jupyter");
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
    JUPYTER_PATH: [data, inherited.JUPYTER_PATH]
      .filter((path) => path !== undefined && path !== "")
      .join(delimiter),
  };
}

/** Makes the folders of Jupyter's state, closed to other users: the runtime files hold the token. */
export function makeStateFolder(root: string): void {
  const state = stateFolder(root);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  for (const name of ["config", "data", "runtime", "ipython"]) {
    mkdirSync(join(state, name), { recursive: true, mode: 0o700 });
  }
}
