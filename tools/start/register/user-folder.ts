import { join, resolve } from "node:path";

/**
 * The folder in which Jupyter and VS Code look for the kernels of the current user, as `jupyter --data-dir` gives it.
 *
 * Source: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 *
 * @param environment `JUPYTER_DATA_DIR` wins where it is set; on Linux `XDG_DATA_HOME` counts, on Windows `APPDATA`
 * @param home the user's home folder
 * @throws Error on Windows without `APPDATA`
 * @example userDataFolder("linux", {}, "/home/ada") // "/home/ada/.local/share/jupyter"
 */
export function userDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = environment;
  if (JUPYTER_DATA_DIR) return resolve(JUPYTER_DATA_DIR);
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") {
    if (!APPDATA)
      throw new Error("APPDATA is not set, so the folder of this user's kernels is unknown; set JUPYTER_DATA_DIR.");
    return join(APPDATA, "jupyter");
  }
  return join(XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}
