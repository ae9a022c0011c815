import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the set-up tools need to know of the computer they run on. A plain value, so that tests can make one up. */
export interface Machine {
  /** The project's folder: the root of the Jupyter server, the parent of `.venv` and `.jupyter`. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
  /** Whether Debian packages may be installed and Jupyter must be told to accept it. */
  readonly isRoot: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Folders in which programs are looked for, in this order. */
  readonly searchPath: readonly string[];
}

/** The folder that holds package.json, whatever the working directory. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Places where Jupyter is often installed without being on the PATH: Debian's own programs under a version
 * manager that hides them, Homebrew, and `pip install --user`.
 */
function usualPlaces(platform: NodeJS.Platform): string[] {
  if (platform === "win32") return [];
  return ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", join(homedir(), ".local", "bin")];
}

/** The folder of programs in the project's own Python environment, made by `npm start` where there is no Jupyter. */
export function venvPrograms(root: string, platform: NodeJS.Platform): string {
  return join(root, ".venv", platform === "win32" ? "Scripts" : "bin");
}

/** This computer, with the project's own Python environment first among the folders of programs. */
export function thisMachine(root: string = projectRoot): Machine {
  const { platform, env } = process;
  const onPath = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return {
    root,
    platform,
    isRoot: process.getuid?.() === 0,
    environment: env,
    searchPath: [...new Set([venvPrograms(root, platform), ...onPath, ...usualPlaces(platform)])],
  };
}
