import { GroupComparisonError, InvalidInputError } from "../statistics";
import type { Labels, Outcome, PermutationTest } from "../survival";
import { checkGroups, logRankScores, sumTolerance, unevenness, unevennessTolerance } from "../survival/inner";
import { checkReplicates, type ThreadOptions } from "./options";
import { runTask } from "./run-task";

export interface PermuteLogRankOptions extends ThreadOptions {
  /** Random assignments of labels, 100,000 unless told. */
  readonly permutations?: number;
  /** Seed of the random assignments, 1 unless told. */
  readonly seed?: number;
}

/** Permutations that share a stream of the seed; never to be changed, or results would. */
const BLOCK = 1000;

/**
 * The log-rank test by many random permutations, with progress, cancellation and threads; R's
 * `coin::logrank_test(…, distribution = approximate(nresample))`.
 *
 * One wants it where {@link permutationLogRank}, whose statistic it has, would take long: large groups or millions of
 * permutations, for a small p value with a small standard error. That one is exact for up to 44 rows in two groups; this
 * is always by chance. The sources are named there.
 *
 * @param input time, event, group and optionally entry; weights cannot be permuted
 * @returns statistic, two-sided p value (b + 1)/(m + 1), and its Monte Carlo standard error
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {GroupComparisonError} if there is one group, or all scores are the same
 * @throws {NoEventsError} if no row has the event
 * @throws {ThreadError} if threads are asked for and cannot be had
 * @throws the signal's reason once it has fired
 * @example
 * await permuteLogRank({ time, event, group }, { permutations: 1_000_000, threads: 4, onProgress: console.log })
 */
export async function permuteLogRank(
  input: Outcome & { readonly group: Labels },
  options: PermuteLogRankOptions = {},
): Promise<PermutationTest> {
  const action = "permuteLogRank";
  const { permutations = 100_000, seed = 1 } = options;
  checkReplicates(action, "permutations", permutations, seed);
  if (input.weights !== undefined) {
    throw new InvalidInputError(
      `${action}: weights cannot be permuted; give each row once for each count`,
      "weights",
    );
  }
  const { outcome, groups, code } = checkGroups(action, input);
  const { size } = groups;
  const scores = logRankScores(outcome);
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  if (squares <= 1e-20 * outcome.n) {
    throw new GroupComparisonError(
      `${action}: all rows have the same outcome, so that no assignment differs from another`,
    );
  }
  const observed = unevenness(scores, code, size);
  const firstSum = scores.reduce((sum, score, i) => (code[i] === 0 ? sum + score : sum), 0);
  const threshold =
    size.length === 2 ? Math.abs(firstSum) - sumTolerance(scores) : observed - unevennessTolerance(scores);
  const units = Math.ceil(permutations / BLOCK);
  const { values } = await runTask(
    action,
    { kind: "log-rank permutation", scores, code, size, seed, permutations, block: BLOCK, threshold },
    units,
    {
      ...options,
      onProgress: (done) => options.onProgress?.(Math.min(done * BLOCK, permutations), permutations),
    },
  );
  const reached = values.reduce((sum, count) => sum + count, 0);
  const pValue = (reached + 1) / (permutations + 1);
  return {
    statistic: ((outcome.n - 1) / squares) * observed,
    pValue,
    standardError: Math.sqrt((pValue * (1 - pValue)) / permutations),
    exact: false,
    permutations,
  };
}
