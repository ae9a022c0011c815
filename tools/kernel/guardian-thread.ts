import inspector from "node:inspector";
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { BEFORE_END, ENDING, type GuardData, HEAP_NOW, SHARED, type StopReason } from "./guardian";

/** The thread that guardian.ts starts; what it does and why stands there. */

const { shared, parent, heapLimit, machine }: GuardData = workerData;
const CHECK_MILLISECONDS = 500;
/** While a cell runs: what it takes within this time has to fit into the rest of the memory. */
const WATCH_MILLISECONDS = 20;
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
  const runs = Atomics.load(shared, SHARED.userCode) === 1;
  if (runs && pending === 0 && isOutOfMemory()) {
    ask("memory");
    endExecution();
  }
  const wait = pending !== 0 ? ANSWER_MILLISECONDS : runs ? WATCH_MILLISECONDS : CHECK_MILLISECONDS;
  const timedOut = Atomics.wait(shared, SHARED.answer, answered, wait) === "timed-out";
  if (timedOut && pending !== 0 && Atomics.load(shared, SHARED.userCode) === 1) {
    endExecution();
  }
}

/** Of the limit, what may be in use; the rest is what a cell takes until the next look. */
const MOST_OF_HEAP = 0.75;
const MOST_OF_MACHINE = 0.85;

/** Whether the running cell is about to use up what V8 may take, or what the machine has. */
function isOutOfMemory(): boolean {
  const resident = process.memoryUsage.rss() / 1024 / 1024;
  if (resident > MOST_OF_MACHINE * machine) return true;
  if (resident < 0.5 * heapLimit) return false;
  // What earlier cells hold is not this one's doing: it may always take a little more, and give it back.
  const begin = Atomics.load(shared, SHARED.before);
  const most = Math.min(0.95 * heapLimit, Math.max(MOST_OF_HEAP * heapLimit, begin + 0.05 * heapLimit));
  return heapInUse(false) > most && heapInUse(true) > most;
}

/** The megabytes that values of the main thread take; 0 where it does not answer. */
function heapInUse(collect: boolean): number {
  const session = new inspector.Session();
  session.connectToMainThread();
  Atomics.store(shared, SHARED.heap, 0);
  if (collect) session.post("HeapProfiler.collectGarbage");
  session.post("Runtime.evaluate", { expression: `globalThis.${HEAP_NOW}()` });
  Atomics.wait(shared, SHARED.heap, 0, collect ? 30_000 : 2_000);
  session.disconnect();
  return Atomics.load(shared, SHARED.heap);
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
function ask(reason: StopReason): void {
  pending = Atomics.add(shared, SHARED.request, 1) + 1;
  parentPort?.postMessage(reason);
}

Object.assign(globalThis, { round });
const loop = new vm.Script("for (;;) round();");
for (;;) {
  try {
    loop.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    const interrupted = error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (!interrupted) throw error;
    ask("asked");
  }
}
