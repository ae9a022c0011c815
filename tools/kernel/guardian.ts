import { Worker } from "node:worker_threads";

/**
 * A thread beside the kernel's own that keeps two promises which a busy main thread cannot keep itself:
 * an interrupt stops any loop, also one behind an `await` or in a timer, and the kernel ends when the
 * process that started it is gone, even in the middle of such a loop.
 *
 * How an interrupt travels: the thread waits inside a script that Node ends at SIGINT (`breakOnSigint`), so
 * it alone receives the signal. It asks the main thread politely; when no answer comes while a cell is
 * running, it has V8 end whatever the main thread executes (`Runtime.terminateExecution` of the inspector).
 * After such an end Node's check of its async hook stack would abort the process, hence the flag
 * `--no-force-async-hooks-checks` in the kernel's command line.
 */

/** Words of the memory that both threads share. */
export const SHARED = { userCode: 0, request: 1, answer: 2, ending: 3, length: 4 } as const;

/** What the main thread says when it is about to be ended: whether it runs JavaScript, or only waits. */
export const ENDING = { asked: 0, runs: 1, waits: 2 } as const;

/** What the guard's thread calls on the main one, in the middle of whatever that does, before it ends it. */
export const BEFORE_END = "__hrdBeforeEnd";

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
export function startGuardian(script: URL, onInterrupt: () => void, onEnd: () => void): Guardian {
  const shared = new Int32Array(new SharedArrayBuffer(4 * SHARED.length));
  const thread = new Worker(script, { workerData: { shared, parent: parentProcess() } });
  thread.unref();
  const answer = (): void => {
    Atomics.store(shared, SHARED.userCode, 0);
    Atomics.store(shared, SHARED.answer, Atomics.load(shared, SHARED.request));
    Atomics.notify(shared, SHARED.answer);
    onInterrupt();
  };
  thread.on("message", answer);
  const beforeEnd = (): void => {
    const runs = isInsideOther();
    if (runs) onEnd();
    Atomics.store(shared, SHARED.ending, runs ? ENDING.runs : ENDING.waits);
    Atomics.notify(shared, SHARED.ending);
  };
  Object.defineProperty(globalThis, BEFORE_END, { value: beforeEnd });
  // Until the thread waits for signals, the main thread does; an interrupt never ends the kernel.
  process.on("SIGINT", onInterrupt);
  return {
    enterUserCode: () => void Atomics.store(shared, SHARED.userCode, 1),
    leaveUserCode: () => void Atomics.store(shared, SHARED.userCode, 0),
    stop: () => void thread.terminate(),
  };
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
