import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jupyterEnvironment, stateFolder } from "./environment";
import type { Jupyter } from "./find-jupyter";
import type { Machine } from "./machine";
import { descendantsOf, kill, stillRunning } from "./process-tree";
import { firstPage, serverOptions } from "./server-options";

/** A Jupyter server that was started. */
export interface Server {
  /**
   * The address to open, with the token, as soon as the server answers. Rejects with the end of Jupyter's log
   * where it ends early, does not answer in two minutes, or runs without a token.
   */
  readonly url: Promise<string>;
  /** Resolves when the server has ended, with its exit code or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Ends the server, all kernels and everything else it started; safe to call more than once, and early. */
  stop(): Promise<void>;
}

const startMs = 120_000;
const graceMs = 10_000;

/** Jupyter's own note of a running server, in the runtime folder: where it answers and its token. */
interface ServerNote {
  readonly file: string;
  readonly url: string;
  readonly token: string;
}

function serverNotes(root: string, port: number): ServerNote[] {
  const folder = join(stateFolder(root), "runtime");
  return readdirSync(folder)
    .filter((name) => /^(nb|jp)server-\d+\.json$/.test(name))
    .flatMap((name) => {
      try {
        const note: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
        if (typeof note !== "object" || note === null || !("port" in note) || note.port !== port) return [];
        if (
          !("url" in note) ||
          typeof note.url !== "string" ||
          !("token" in note) ||
          typeof note.token !== "string"
        )
          return [];
        return [{ file: join(folder, name), url: note.url, token: note.token }];
      } catch {
        return []; // Half written; it is complete at the next look.
      }
    });
}

async function answers(note: ServerNote): Promise<boolean> {
  try {
    const response = await fetch(new URL("api/status", note.url), {
      headers: { Authorization: `token ${note.token}` },
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** The log of the server: Jupyter's own messages, which would hide the address on the screen. One a port, as two may run. */
export function logFile(root: string, port: number): string {
  return join(stateFolder(root), `server-${port}.log`);
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}

async function stopTree(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/PID", String(pid), "/T", "/F"], { stdio: "ignore" });
    await ended;
    return;
  }
  // Asked in this way Jupyter shuts its kernels down; what is left over after that is ended without asking.
  const started = await descendantsOf(pid);
  kill(pid, "SIGTERM");
  await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
  kill(pid, "SIGKILL");
  for (const left of await stillRunning(started)) kill(left.pid, "SIGKILL");
  await ended;
}

/** Waits until the server on this port answers; `isRunning` tells whether waiting still makes sense. */
async function addressOf(
  jupyter: Jupyter,
  root: string,
  port: number,
  isRunning: () => boolean,
): Promise<string> {
  const deadline = Date.now() + startMs;
  while (isRunning() && Date.now() < deadline) {
    const [note] = serverNotes(root, port);
    if (note !== undefined && (await answers(note))) {
      if (note.token === "") {
        throw new Error(
          "A setting of this computer switches Jupyter's token off, so that any of its users could run code here.\n" +
            `It is in one of the config folders that ${jupyter.program} --paths lists; take it out.`,
        );
      }
      const url = new URL(firstPage(jupyter), note.url);
      url.searchParams.set("token", note.token);
      return url.href;
    }
    await sleep(100);
  }
  const what = isRunning() ? `did not answer within ${startMs / 1000} seconds` : "ended while starting";
  const log = logFile(root, port);
  throw new Error(`${jupyter.program} ${what}. The end of its log, ${log}:\n\n${lastLines(log)}`);
}

/**
 * Starts Jupyter in a session of its own, so that Ctrl-C in the terminal comes to `npm start` alone, which then
 * ends Jupyter without a question.
 *
 * @param options.port a free port
 */
export function startServer(
  jupyter: Jupyter,
  machine: Machine,
  options: { port: number; openBrowser: boolean },
): Server {
  const { root, isRoot } = machine;
  // The port is free, so notes about it are left over from servers that were killed.
  for (const note of serverNotes(root, options.port)) rmSync(note.file, { force: true });
  const log = openSync(logFile(root, options.port), "w", 0o600);
  const child = spawn(jupyter.program, serverOptions(jupyter, { ...options, root, isRoot }), {
    cwd: root,
    env: jupyterEnvironment(machine),
    stdio: ["ignore", log, log],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  closeSync(log);
  let running = true;
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code, signal) => resolve(code ?? signal ?? 1));
  }).finally(() => {
    running = false;
  });
  return {
    url: addressOf(jupyter, root, options.port, () => running),
    ended,
    stop: () => stopTree(child, ended),
  };
}
