import { GroupComparisonError, InvalidInputError, type RandomSource, seededRandom } from "../statistics";
import { checkGroups } from "./groups";
import { logRankScores } from "./log-rank-sums";
import type { Labels, Outcome } from "./outcome";
import {
  countAssignments,
  isEnumerable,
  shareAsExtreme,
  sumTolerance,
  unevenness,
  unevennessTolerance,
} from "./split-up";

export interface PermutationOptions {
  /** Random assignments of labels, 10,000 unless told; of no effect where the test is exact. */
  readonly permutations?: number;
  /** Seed of the random assignments, 1 unless told. */
  readonly seed?: number;
  /** true: over all assignments, or an error where that is not feasible. false: random ones. Unless told, all where feasible. */
  readonly exact?: boolean;
}

export interface PermutationTest {
  /** Σ U²/n over groups divided by the variance of the scores, U being a group's observed less expected events. */
  readonly statistic: number;
  readonly pValue: number;
  /** Monte Carlo standard error of the p value; 0 where the test is exact. */
  readonly standardError: number;
  readonly exact: boolean;
  /** Assignments that the p value rests on: all that there are if exact, otherwise the random ones. */
  readonly permutations: number;
}

/**
 * The log-rank test by permutation: how often would chance alone, giving the labels to other rows, make the groups
 * differ at least as much? R's `coin::logrank_test(…, distribution = "exact")` or `approximate()`.
 *
 * One wants it beside the asymptotic p value when groups are small, as 19 against 18, or events few. It holds
 * exactly if labels are exchangeable; where censoring depends on the group, they are not quite.
 *
 * Under permutation the variance of U = observed − expected is the same for all assignments, so the statistic is
 * the quadratic form (N − 1)/Σa² · Σ U²/n of the log-rank scores a (Strasser and Weber 1999); for two groups its order
 * is that of |U|. Two groups of up to 44 rows together are enumerated by the split-up algorithm (van de Wiel 2001),
 * more groups one assignment after the other if there are at most a million. Otherwise the p value is
 * (b + 1)/(m + 1), where b of m random assignments reach the statistic; it is never 0 and keeps its level (Phipson and
 * Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9, art. 39).
 *
 * @param input time, event, group and optionally entry; weights cannot be permuted
 * @returns statistic, two-sided p value and its Monte Carlo standard error
 * @throws {InvalidInputError} for arguments that cannot be used, or exact: true where there are too many assignments
 * @throws {GroupComparisonError} if there is one group, or all scores are the same
 * @throws {NoEventsError} if no row has the event
 * @example permutationLogRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 0], group: ["a", "a", "b", "b"] }).pValue // 1/3
 */
export function permutationLogRank(
  input: Outcome & { readonly group: Labels },
  options: PermutationOptions = {},
): PermutationTest {
  const action = "permutationLogRank";
  const { permutations = 10_000, seed = 1 } = options;
  if (!Number.isSafeInteger(permutations) || permutations < 1) {
    const message = `${action}: permutations is ${permutations}; a whole number of at least 1 is needed`;
    throw new InvalidInputError(message, "permutations");
  }
  if (input.weights !== undefined) {
    throw new InvalidInputError(
      `${action}: weights cannot be permuted; give each row once for each count`,
      "weights",
    );
  }
  const { outcome, groups, code } = checkGroups(action, input);
  const scores = logRankScores(outcome);
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  if (squares <= 1e-20 * outcome.n) {
    throw new GroupComparisonError(
      `${action}: all rows have the same outcome, so that no assignment differs from another`,
    );
  }
  const scale = (outcome.n - 1) / squares;
  const observed = scale * unevenness(scores, code, groups.size);
  const feasible = isEnumerable(groups.size);
  const exact = options.exact ?? feasible;
  if (exact && !feasible) {
    throw new InvalidInputError(
      `${action}: ${outcome.n} rows in groups of ${Array.from(groups.size).join(", ")} have too many assignments to ` +
        "go through all; leave exact out or give exact: false for random ones",
      "exact",
    );
  }
  if (exact) {
    const pValue = shareAsExtreme(scores, code, groups.size);
    return {
      statistic: observed,
      pValue,
      standardError: 0,
      exact,
      permutations: countAssignments(groups.size),
    };
  }
  const random = seededRandom(seed);
  const reached =
    groups.size.length === 2
      ? countTwoGroups(scores, code, groups.size, permutations, random)
      : countSeveralGroups(scores, code, groups.size, permutations, random);
  const pValue = (reached + 1) / (permutations + 1);
  const standardError = Math.sqrt((pValue * (1 - pValue)) / permutations);
  return { statistic: observed, pValue, standardError, exact, permutations };
}

/** How many random assignments to two groups give sums at least as far from zero. */
function countTwoGroups(
  scores: Float64Array,
  code: Uint32Array,
  size: Uint32Array,
  permutations: number,
  random: RandomSource,
): number {
  const drawn = size[0] <= size[1] ? 0 : 1; // the smaller group takes fewer draws; the other's sum is its negative
  const chosen = size[drawn];
  let sum = 0;
  for (let i = 0; i < scores.length; i++) if (code[i] === drawn) sum += scores[i];
  const threshold = Math.abs(sum) - sumTolerance(scores);
  const deck = new Float64Array(scores);
  let reached = 0;
  for (let m = 0; m < permutations; m++) {
    random.shuffle(deck, chosen);
    let total = 0;
    for (let i = 0; i < chosen; i++) total += deck[i];
    if (Math.abs(total) >= threshold) reached++;
  }
  return reached;
}

/** The same for any number of groups, by the statistic without its scale. */
function countSeveralGroups(
  scores: Float64Array,
  code: Uint32Array,
  size: Uint32Array,
  permutations: number,
  random: RandomSource,
): number {
  const threshold = unevenness(scores, code, size) - unevennessTolerance(scores);
  const labels = new Uint32Array(code);
  let reached = 0;
  for (let m = 0; m < permutations; m++) {
    random.shuffle(labels);
    if (unevenness(scores, labels, size) >= threshold) reached++;
  }
  return reached;
}
