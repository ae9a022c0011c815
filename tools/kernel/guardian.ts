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
export const SHARED = { userCode: 0, request: 1, answer: 2, length: 3 } as const;

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
 */
export function startGuardian(script: URL, onInterrupt: () => void): Guardian {
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
  // Until the thread waits for signals, the main thread does; an interrupt never ends the kernel.
  process.on("SIGINT", onInterrupt);
  return {
    enterUserCode: () => void Atomics.store(shared, SHARED.userCode, 1),
    leaveUserCode: () => void Atomics.store(shared, SHARED.userCode, 0),
    stop: () => void thread.terminate(),
  };
}

/** Jupyter names itself in JPY_PARENT_PID; anybody else is the parent process. */
function parentProcess(): number {
  const named = Number(process.env.JPY_PARENT_PID);
  return Number.isInteger(named) && named > 1 ? named : process.ppid;
}
