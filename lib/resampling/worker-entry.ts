import type { Part, PartRequest } from "./run-task";
import { startWork, type Task } from "./tasks";
import type { UnitFailure, Work } from "./work";

// What runs inside a thread. Nothing imports this file: it is bundled into the worker's source. Node's module is asked for
// and not imported, as everywhere here, so that no bundler for a page stumbles over it.
const { parentPort } = process.getBuiltinModule("node:worker_threads");
if (parentPort === null) throw new Error("worker-entry.ts is the code of a worker thread and was run on its own");
const port = parentPort;
let work: Work;

/** A task, and then requests for parts of it, until there is another. */
port.on("message", (message: Task | PartRequest) => {
  if ("kind" in message) {
    work = startWork(message);
    return;
  }
  const { from, to } = message;
  const values = new Float64Array((to - from) * work.width);
  const failures: UnitFailure[] = [];
  for (let unit = from; unit < to; unit++) {
    const reason = work.run(unit, values, (unit - from) * work.width);
    if (reason !== null) failures.push({ unit, reason });
  }
  const part: Part = { from, to, values, failures };
  port.postMessage(part, [values.buffer]);
});
