import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jupyterEnvironment, stateFolder } from "./environment";
import type { Jupyter } from "./find-jupyter";
import type { Machine } from "./machine";
import { answers, serverNotes } from "./server-note";
import { firstPage, serverOptions } from "./server-options";
import { stopTree } from "./stop-tree";

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

/** The log of the server: Jupyter's own messages, which would hide the address on the screen. One a port, as two may run. */
export function logFile(root: string, port: number): string {
  return join(stateFolder(root), `server-${port}.log`);
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}

/** Waits until the server on this port answers; `isRunning` tells whether waiting still makes sense. */
async function addressOf(jupyter: Jupyter, root: string, port: number, isRunning: () => boolean): Promise<string> {
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
      const url = new URL(firstPage(jupyter, root), note.url);
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
