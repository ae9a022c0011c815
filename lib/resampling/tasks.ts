import { type CoxBootstrapTask, coxBootstrapWork } from "./cox-bootstrap-work";
import { type LogRankPermutationTask, logRankPermutationWork } from "./log-rank-assignments";
import { type PowerTask, powerWork } from "./trial";
import type { Work } from "./work";

/**
 * Work that a thread can be asked for. A function cannot be sent to a thread, so these are named, and carry plain
 * values; one's own statistics run on the calling thread.
 */
export type Task = CoxBootstrapTask | LogRankPermutationTask | PowerTask;

/** Makes work of a task, here or in a thread. */
export function startWork(task: Task): Work {
  switch (task.kind) {
    case "cox bootstrap":
      return coxBootstrapWork(task);
    case "log-rank permutation":
      return logRankPermutationWork(task);
    case "power":
      return powerWork(task);
  }
}
