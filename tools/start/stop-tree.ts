import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { descendantsOf, kill, stillRunning } from "./process-tree";

/** How long Jupyter may take to shut its kernels down; it gives a kernel five seconds. */
const graceMs = 10_000;

/**
 * Ends a server and everything that it started. Resolves when all of it is gone.
 *
 * @param ended resolves when the server has ended
 */
export async function stopTree(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
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
