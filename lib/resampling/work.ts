import { type CoxBootstrapTask, coxBootstrapWork } from "./cox-bootstrap-work";
import { type LogRankPermutationTask, logRankPermutationWork } from "./log-rank-permutation-work";
import { type PowerTask, powerWork } from "./power-work";

/**
 * Work in independent units. A unit's result depends on its number only, not on what ran before it or where; so the
 * results are the same to the last bit however units are shared out.
 */
export interface Work {
  /** Numbers that each unit gives. */
  readonly width: number;
  /**
   * Computes a unit and writes its numbers from `at` on.
   *
   * @returns why it could not be computed, or null
   */
  run(unit: number, values: Float64Array, at: number): string | null;
}

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
