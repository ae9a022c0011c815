import { seededRandom } from "../statistics";
import { unevenness } from "../survival/inner";
import type { Work } from "./work";

/** Random assignments of labels to log-rank scores; a unit is a block of them. */
export interface LogRankPermutationTask {
  readonly kind: "log-rank permutation";
  readonly scores: Float64Array;
  readonly code: Uint32Array;
  readonly size: Uint32Array;
  readonly seed: number;
  readonly permutations: number;
  /** Permutations in each unit but the last. */
  readonly block: number;
  /** Assignments whose statistic reaches it are as extreme: |sum| of the smaller group, or unevenness. */
  readonly threshold: number;
}

/** A unit gives how many of its assignments are as extreme as the given one. Each unit is a stream of the seed. */
export function logRankPermutationWork(task: LogRankPermutationTask): Work {
  const count = task.size.length === 2 ? countTwoGroups : countSeveralGroups;
  return {
    width: 1,
    run(unit, values, at) {
      values[at] = count(task, unit, Math.min(task.block, task.permutations - unit * task.block));
      return null;
    },
  };
}

/** The smaller group takes fewer draws; the other's sum is its negative. */
function countTwoGroups(
  { scores, size, seed, threshold }: LogRankPermutationTask,
  unit: number,
  count: number,
): number {
  const random = seededRandom(seed, unit);
  const chosen = Math.min(size[0], size[1]);
  const deck = scores.slice();
  let reached = 0;
  for (let m = 0; m < count; m++) {
    random.shuffle(deck, chosen);
    let sum = 0;
    for (let i = 0; i < chosen; i++) sum += deck[i];
    if (Math.abs(sum) >= threshold) reached++;
  }
  return reached;
}

function countSeveralGroups(task: LogRankPermutationTask, unit: number, count: number): number {
  const random = seededRandom(task.seed, unit);
  const labels = task.code.slice();
  let reached = 0;
  for (let m = 0; m < count; m++) {
    random.shuffle(labels);
    if (unevenness(task.scores, labels, task.size) >= task.threshold) reached++;
  }
  return reached;
}
