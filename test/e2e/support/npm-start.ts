import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot } from "../../../tools/start/machine";
import { choosePort } from "../../../tools/start/port";
import { descendantsOf, kill, type RunningProcess } from "../../../tools/start/process-tree";

/** `npm start` as a person runs it: npm, the tool and Jupyter, in a terminal's process group of its own. */
export interface RunningStart {
  /** The address that it printed. */
  readonly url: URL;
  /** What it printed so far. */
  output(): string;
  /** Everything that runs below npm now: the tool, Jupyter, kernels. */
  processes(): Promise<RunningProcess[]>;
  /** Ctrl-C: the terminal sends SIGINT to the whole group. Resolves with the exit code that a shell would show. */
  ctrlC(): Promise<number | null>;
  /** Files below the home folder, which was empty before. */
  homeFiles(): string[];
  /** For the end of a test that failed: no process may stay. */
  cleanUp(): Promise<void>;
}

/**
 * Starts `npm start -- --no-browser` on a free port with an empty home folder, and waits for the address.
 * npm's own cache and logs, which would go to the home folder, are sent elsewhere.
 */
export async function npmStart(): Promise<RunningStart> {
  const home = mkdtempSync(join(tmpdir(), "hrd-home-"));
  const cache = mkdtempSync(join(tmpdir(), "hrd-npm-"));
  const port = await choosePort(null);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    npm_config_cache: cache,
    NODE_OPTIONS: "",
  };
  // The home folder counts only where these do not point elsewhere.
  for (const name of Object.keys(environment)) if (/^(XDG_|JUPYTER|IPYTHON)/.test(name)) delete environment[name];
  mkdirSync(home, { recursive: true });
  const child = spawn("npm", ["start", "--", "--no-browser", "--port", String(port)], {
    cwd: projectRoot,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<number | null>((resolve) =>
    child.once("close", (code, signal) => resolve(signal === "SIGINT" ? 130 : code)),
  );
  const pid = child.pid ?? 0;

  const cleanUp = async () => {
    const left = await descendantsOf(pid);
    for (const process of left) kill(process.pid, "SIGKILL");
    child.kill("SIGKILL");
    for (const folder of [home, cache]) rmSync(folder, { recursive: true, force: true });
  };
  for (;;) {
    const address = /^ {4}(http:\S+)$/m.exec(output)?.[1];
    if (address !== undefined) {
      return {
        url: new URL(address),
        output: () => output,
        processes: () => descendantsOf(pid),
        ctrlC: () => {
          kill(-pid, "SIGINT");
          return ended;
        },
        homeFiles: () => readdirSync(home, { recursive: true }).map(String).sort(),
        cleanUp,
      };
    }
    if (child.exitCode !== null) {
      await cleanUp();
      throw new Error(`npm start ended with exit code ${child.exitCode}:\n${output}`);
    }
    await sleep(100);
  }
}
