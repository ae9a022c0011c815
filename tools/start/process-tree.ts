import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A running process; `started` tells it from a later one that got the same number. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly started: string;
}

/** One line of /proc/<pid>/stat; the name in parentheses may itself hold spaces and parentheses (man 5 proc). */
function readStat(pid: string): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent] = fields;
    const started = fields[19];
    if (state === "Z" || parent === undefined || started === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), started }];
  } catch {
    return []; // It ended in the meantime.
  }
}

function psProcesses(): Promise<RunningProcess[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-A", "-o", "pid=,ppid=,lstart="], (error, stdout) => {
      if (error !== null) return resolve([]);
      const rows = stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.+)$/gm);
      resolve(
        [...rows].map(([, pid, parent, started]) => ({
          pid: Number(pid),
          parent: Number(parent),
          started: started ?? "",
        })),
      );
    });
  });
}

/** All processes of this computer, without those that have ended and only wait to be collected. Empty on Windows. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  if (process.platform === "linux") {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readStat);
  }
  return process.platform === "win32" ? [] : psProcesses();
}

/** The children of a process, their children and so on: kernels form sessions of their own, which a signal to a group misses. */
export async function descendantsOf(pid: number): Promise<RunningProcess[]> {
  const all = await runningProcesses();
  const found: RunningProcess[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter((p) => parents.has(p.parent) && !found.includes(p));
    found.push(...children);
    parents = new Set(children.map((p) => p.pid));
  }
  return found;
}

/** Which of these processes are still running. */
export async function stillRunning(processes: readonly RunningProcess[]): Promise<RunningProcess[]> {
  const now = await runningProcesses();
  return processes.filter((p) => now.some((q) => q.pid === p.pid && q.started === p.started));
}

/** Ends a process at once; that it has ended by itself is not an error. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
