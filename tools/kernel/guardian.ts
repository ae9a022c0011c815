import os from "node:os";
import v8 from "node:v8";
import { Worker } from "node:worker_threads";

/**
 * A thread beside the kernel's own that keeps three promises which a busy main thread cannot keep itself:
 * an interrupt stops any loop, also one behind an `await` or in a timer; a cell that uses up the memory is stopped
 * before V8 ends the process with all variables in it; and the kernel ends when the process that started it is gone,
 * even in the middle of such a loop.
 *
 * How an interrupt travels: the thread waits inside a script that Node ends at SIGINT (`breakOnSigint`), so
 * it alone receives the signal. It asks the main thread politely; when no answer comes while a cell is
 * running, it has V8 end whatever the main thread executes (`Runtime.terminateExecution` of the inspector).
 * After such an end Node's check of its async hook stack would abort the process, hence the flag
 * `--no-force-async-hooks-checks` in the kernel's command line.
 */

/** Words of the memory that both threads share; `heap` and `before` in megabytes, now and when the cell began. */
export const SHARED = { userCode: 0, request: 1, answer: 2, ending: 3, heap: 4, before: 5, length: 6 } as const;

/** Why a cell is stopped. */
export type StopReason = "asked" | "memory";

/** What the thread is told: memory in megabytes. */
export interface GuardData {
  readonly shared: Int32Array;
  readonly parent: number;
  /** What V8 lets the main thread's values take. */
  readonly heapLimit: number;
  /** What the machine, or the container, has for all. */
  readonly machine: number;
}

const MEGABYTE = 1024 * 1024;

/** What the main thread says when it is about to be ended: whether it runs JavaScript, or only waits. */
export const ENDING = { asked: 0, runs: 1, waits: 2 } as const;

/** What the guard's thread calls on the main one, in the middle of whatever that does, before it ends it. */
export const BEFORE_END = "__hrdBeforeEnd";

/** What it calls there to know how much memory is in use. */
export const HEAP_NOW = "__hrdHeapNow";

export interface Guardian {
  /** Runs part of a cell: between the two an unanswered interrupt may end the main thread's execution. */
  enterUserCode(): void;
  leaveUserCode(): void;
  stop(): void;
}

/**
 * Starts the guard.
 *
 * @param script path of the compiled guardian-thread.ts
 * @param onInterrupt called on the main thread when it is free to listen
 * @param onEnd called on the main thread in the middle of a loop that is about to be ended
 */
export function startGuardian(script: URL, onInterrupt: (reason: StopReason) => void, onEnd: () => void): Guardian {
  const shared = new Int32Array(new SharedArrayBuffer(4 * SHARED.length));
  const workerData: GuardData = {
    shared,
    parent: parentProcess(),
    heapLimit: heapLimit(),
    machine: Math.min(os.totalmem(), process.constrainedMemory() || Infinity) / MEGABYTE,
  };
  const thread = new Worker(script, { workerData });
  thread.unref();
  const answer = (reason: StopReason): void => {
    Atomics.store(shared, SHARED.userCode, 0);
    Atomics.store(shared, SHARED.answer, Atomics.load(shared, SHARED.request));
    Atomics.notify(shared, SHARED.answer);
    onInterrupt(reason);
  };
  thread.on("message", answer);
  const beforeEnd = (): void => {
    const runs = isInsideOther();
    if (runs) onEnd();
    Atomics.store(shared, SHARED.ending, runs ? ENDING.runs : ENDING.waits);
    Atomics.notify(shared, SHARED.ending);
  };
  const heapNow = (): void => {
    Atomics.store(shared, SHARED.heap, heapInUse());
    Atomics.notify(shared, SHARED.heap);
  };
  Object.defineProperty(globalThis, BEFORE_END, { value: beforeEnd });
  Object.defineProperty(globalThis, HEAP_NOW, { value: heapNow });
  // Until the thread waits for signals, the main thread does; an interrupt never ends the kernel.
  process.on("SIGINT", () => onInterrupt("asked"));
  return {
    enterUserCode() {
      Atomics.store(shared, SHARED.before, heapInUse());
      Atomics.store(shared, SHARED.userCode, 1);
      // Its next look at the memory is soon.
      Atomics.notify(shared, SHARED.answer);
    },
    leaveUserCode: () => void Atomics.store(shared, SHARED.userCode, 0),
    stop: () => void thread.terminate(),
  };
}

/** How many megabytes the values of this thread may take. */
export function heapLimit(): number {
  return v8.getHeapStatistics().heap_size_limit / MEGABYTE;
}

/** How many they take now, at least 1. */
function heapInUse(): number {
  return Math.max(1, Math.round(v8.getHeapStatistics().used_heap_size / MEGABYTE));
}

/** Whether the caller's caller was called in the middle of other JavaScript: below the three of them is more. */
function isInsideOther(): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 10;
    Error.prepareStackTrace = (_error, sites) => sites.length;
    const depth: unknown = new Error().stack;
    return typeof depth !== "number" || depth > 3;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

/** Jupyter names itself in JPY_PARENT_PID; anybody else is the parent process. */
function parentProcess(): number {
  const named = Number(process.env.JPY_PARENT_PID);
  return Number.isInteger(named) && named > 1 ? named : process.ppid;
}
