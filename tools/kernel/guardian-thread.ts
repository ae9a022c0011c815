import inspector from "node:inspector";
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { BEFORE_END, ENDING, SHARED } from "./guardian";

/** The thread that guardian.ts starts; what it does and why stands there. */

const { shared, parent }: { shared: Int32Array; parent: number } = workerData;
const CHECK_MILLISECONDS = 500;
const ANSWER_MILLISECONDS = 200;

const parentAtStart = process.ppid;

function parentIsGone(): boolean {
  if (process.ppid !== parentAtStart) return true;
  try {
    process.kill(parent, 0);
    return false;
  } catch (error) {
    // A process of another user exists although it may not be signalled.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Number of the interrupt that the main thread has not answered yet, 0 when there is none. */
let pending = 0;

/** One round: look after the parent, see to an interrupt that has not been answered, sleep. */
function round(): void {
  if (parentIsGone()) process.kill(process.pid, "SIGKILL");
  const answered = Atomics.load(shared, SHARED.answer);
  if (pending !== 0 && answered >= pending) pending = 0;
  const wait = pending === 0 ? CHECK_MILLISECONDS : ANSWER_MILLISECONDS;
  const timedOut = Atomics.wait(shared, SHARED.answer, answered, wait) === "timed-out";
  if (timedOut && pending !== 0 && Atomics.load(shared, SHARED.userCode) === 1) {
    endExecution();
  }
}

/** Connected only for the moment: a process with an inspector attached waits for it when it exits. */
function endExecution(): void {
  const session = new inspector.Session();
  session.connectToMainThread();
  // A thread that was only slow to answer waits by now. To end it would hit whatever it does next.
  Atomics.store(shared, SHARED.ending, ENDING.asked);
  session.post("Runtime.evaluate", { expression: `globalThis.${BEFORE_END}()` });
  Atomics.wait(shared, SHARED.ending, ENDING.asked, ANSWER_MILLISECONDS);
  if (Atomics.load(shared, SHARED.ending) !== ENDING.waits) session.post("Runtime.terminateExecution");
  session.disconnect();
}

/** Asks the main thread to stop its cell. */
function ask(): void {
  pending = Atomics.add(shared, SHARED.request, 1) + 1;
  parentPort?.postMessage("interrupt");
}

Object.assign(globalThis, { round });
const loop = new vm.Script("for (;;) round();");
for (;;) {
  try {
    loop.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    const interrupted = error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (!interrupted) throw error;
    ask();
  }
}
