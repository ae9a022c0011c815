import type { Worker } from "node:worker_threads";
import { checkWhole } from "../statistics/inner";
import { type RunOptions, ThreadError, type ThreadOptions } from "./options";
import { startWork, type Task } from "./tasks";
import type { UnitFailure } from "./work";
import { bundleWorker } from "./worker-source";

/** What all units of a task gave: `width` numbers each, one after the other, and which could not be computed. */
export interface TaskResult {
  readonly width: number;
  readonly values: Float64Array;
  /** In order of unit. */
  readonly failures: readonly UnitFailure[];
}

/** Runs a task's units on this thread or, where asked for, on several. */
export async function runTask(action: string, task: Task, units: number, options: ThreadOptions): Promise<TaskResult> {
  const { threads = 1 } = options;
  checkWhole(action, "threads", threads, 1, 256);
  const work = startWork(task);
  const { width } = work;
  const values = new Float64Array(units * width);
  const failures: UnitFailure[] = [];
  if (threads > 1) {
    await runInThreads(action, task, units, Math.min(threads, units), options, (part) => {
      values.set(part.values, part.from * width);
      for (const failure of part.failures) failures.push(failure);
    });
    failures.sort((a, b) => a.unit - b.unit);
  } else {
    await runHere(
      units,
      (unit) => {
        const reason = work.run(unit, values, unit * width);
        if (reason !== null) failures.push({ unit, reason });
      },
      options,
    );
  }
  return { width, values, failures };
}

/** After so many milliseconds others get their turn: timers, a notebook's display, whoever wants to cancel. */
const TURN = 40;

/**
 * Goes through units 0 to count − 1 on this thread, in turns, so that progress is shown and a signal can end it.
 *
 * @throws the signal's reason once it has fired
 */
export async function runHere(count: number, run: (unit: number) => void, options: RunOptions): Promise<void> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  let turn = performance.now();
  for (let unit = 0; unit < count; unit++) {
    run(unit);
    if (performance.now() - turn < TURN || unit + 1 === count) continue;
    onProgress?.(unit + 1, count);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    turn = performance.now();
  }
  onProgress?.(count, count);
}

/** The units that a thread is to do next of the task that it was given last: from, up to and without to. */
export interface PartRequest {
  readonly from: number;
  readonly to: number;
}

/** What it gives back. */
export interface Part extends PartRequest {
  readonly values: Float64Array;
  readonly failures: readonly UnitFailure[];
}

/**
 * Threads without work, by what they run. To start one and compile its code takes longer than a thousand small fits, so they wait
 * for the next task: a minute, and without keeping the process from its end.
 */
const waiting = new Map<string, { readonly worker: Worker; readonly ending: NodeJS.Timeout }[]>();
const WAIT = 60_000;
const MOST_WAITING = 16;

function waitingThread(source: string): Worker | null {
  const thread = waiting.get(source)?.pop();
  if (thread === undefined) return null;
  clearTimeout(thread.ending);
  forget(thread.worker);
  thread.worker.ref();
  return thread.worker;
}

/** Takes our listeners off; Node has some of its own, without which nothing comes back. */
function forget(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}

function letWait(source: string, worker: Worker): void {
  const others = waiting.get(source) ?? [];
  if (others.length >= MOST_WAITING) {
    void worker.terminate();
    return;
  }
  const leave = () => {
    const at = others.findIndex((thread) => thread.worker === worker);
    if (at >= 0) others.splice(at, 1);
  };
  forget(worker);
  worker.on("exit", leave);
  worker.on("error", leave);
  worker.unref();
  const ending = setTimeout(() => {
    leave();
    void worker.terminate();
  }, WAIT);
  ending.unref();
  others.push({ worker, ending });
  waiting.set(source, others);
}

/**
 * Shares a task's units out to threads, a part at a time, so that one that is slowed down gets fewer.
 *
 * @param take is given each part as it comes, in no particular order
 * @throws {ThreadError} if threads cannot be had, or one ends
 * @throws the signal's reason once it has fired
 */
async function runInThreads(
  action: string,
  task: Task,
  units: number,
  threads: number,
  options: ThreadOptions,
  take: (part: Part) => void,
): Promise<void> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const node = typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:worker_threads");
  if (node === undefined) {
    throw new ThreadError(
      `${action}: threads is ${threads}, and this is not Node 20.16 or later, whose worker_threads it needs; leave threads out`,
    );
  }
  const source = options.workerSource ?? bundleWorker(action);
  const size = Math.max(1, Math.ceil(units / (threads * 16)));
  let next = 0;
  let done = 0;
  const workers: Worker[] = [];
  let abort = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      abort = () => reject(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      const handOut = (worker: Worker) => {
        if (next >= units) return;
        const request: PartRequest = { from: next, to: Math.min(next + size, units) };
        next = request.to;
        worker.postMessage(request);
      };
      for (let k = 0; k < threads; k++) {
        // Without the flags of this process: the source is plain JavaScript and needs no loader.
        const worker = waitingThread(source) ?? new node.Worker(source, { eval: true, execArgv: [] });
        workers.push(worker);
        worker.on("error", (error) => {
          const cause = error instanceof Error ? error.message : String(error);
          reject(new ThreadError(`${action}: a thread failed: ${cause}`));
        });
        worker.on("exit", (code) => {
          if (done === units) return;
          reject(new ThreadError(`${action}: a thread ended with code ${code} before its work was done`));
        });
        worker.on("message", (part: Part) => {
          try {
            handOut(worker);
            take(part);
            done += part.to - part.from;
            onProgress?.(done, units);
          } catch (error) {
            reject(error); // of onProgress: an exception in a listener would end the process
          }
          if (done === units) resolve();
        });
        worker.postMessage(task);
        handOut(worker);
      }
    });
  } finally {
    signal?.removeEventListener("abort", abort);
    // With all parts back none is at work.
    if (done === units) for (const worker of workers) letWait(source, worker);
    else await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
