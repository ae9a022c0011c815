import { GroupComparisonError, InvalidInputError, seededRandom } from "../statistics";
import { checkFields, checkFlag } from "../statistics/inner";
import type { Labels, Outcome } from "../survival";
import { checkGroups, logRankScores, refuseCounts } from "../survival/inner";
import {
  type Assigned,
  countAssignments,
  countReached,
  isEnumerable,
  shareAsExtreme,
  unevenness,
} from "./log-rank-assignments";
import { checkReplicates, type ThreadOptions } from "./options";
import { runTask } from "./run-task";

export interface PermutationOptions {
  /** Random assignments of labels, 10,000 unless told; of no effect where the test is exact. */
  readonly permutations?: number;
  /** Seed of the random assignments, 1 unless told. */
  readonly seed?: number;
  /** true: over all assignments, or an error where that is not feasible. false: random ones. Unless told, all where feasible. */
  readonly exact?: boolean;
  readonly threads?: undefined;
}

export interface ThreadedPermutationOptions extends ThreadOptions {
  /** Threads to spread the work over; with 1 all is done here, in turns. */
  readonly threads: number;
  /** Random assignments of labels, 100,000 unless told. */
  readonly permutations?: number;
  /** Seed of the random assignments, 1 unless told. */
  readonly seed?: number;
  readonly exact?: false;
}

/** Rows of two or more groups. */
type Grouped = Outcome & { readonly group: Labels };

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

/** Permutations that share a stream of the seed; never to be changed, or results would. */
const BLOCK = 1000;

const ACTION = "permutationLogRank";

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
 * With `threads` it gives a promise of a test by chance: see the other signature.
 *
 * @param input time, event, group and optionally entry; weights cannot be permuted
 * @returns statistic, two-sided p value and its Monte Carlo standard error
 * @throws {InvalidInputError} for arguments that cannot be used, or exact: true where there are too many assignments
 * @throws {GroupComparisonError} if there is one group, or all scores are the same
 * @throws {NoEventsError} if no row has the event
 * @example permutationLogRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 0], group: ["a", "a", "b", "b"] }).pValue // 1/3
 */
export function permutationLogRank(input: Grouped, options?: PermutationOptions): PermutationTest;
/**
 * The same by many random permutations, with progress, cancellation and threads; R's
 * `coin::logrank_test(…, distribution = approximate(nresample))`.
 *
 * One wants it for large groups or millions of permutations, for a small p value with a small standard error. It is always
 * by chance. Blocks of assignments have their own streams of the seed, so that the number of threads changes nothing;
 * without `threads` the seed has one stream, and gives other numbers.
 *
 * @param options `threads`, 1 for all on this one in turns, and what to do meanwhile
 * @throws {ThreadError} if there are to be several threads and they cannot be had
 * @throws the signal's reason once it has fired
 * @example
 * await permutationLogRank({ time, event, group }, { permutations: 1_000_000, threads: 4, onProgress: console.log })
 */
export function permutationLogRank(input: Grouped, options: ThreadedPermutationOptions): Promise<PermutationTest>;
export function permutationLogRank(
  input: Grouped,
  options: PermutationOptions | ThreadedPermutationOptions = {},
): PermutationTest | Promise<PermutationTest> {
  checkFields(ACTION, "options", options, [
    "permutations",
    "seed",
    "exact",
    "threads",
    "signal",
    "onProgress",
    "workerSource",
  ]);
  checkFlag(ACTION, "exact", options.exact);
  return options.threads === undefined ? permuted(input, options) : permutedLater(input, options);
}

function permuted(
  input: Grouped,
  { permutations = 10_000, seed = 1, exact: asked }: PermutationOptions,
): PermutationTest {
  checkReplicates(ACTION, "permutations", permutations, seed);
  const { assigned, statistic } = scored(input);
  const { size, scores } = assigned;
  const feasible = isEnumerable(size);
  const exact = asked ?? feasible;
  if (exact && !feasible) {
    throw new InvalidInputError(
      `${ACTION}: ${scores.length} rows in groups of ${Array.from(size).join(", ")} have too many assignments to ` +
        "go through all; leave exact out or give exact: false for random ones",
      "exact",
    );
  }
  if (exact) {
    const pValue = shareAsExtreme(scores, assigned.code, size);
    return { statistic, pValue, standardError: 0, exact, permutations: countAssignments(size) };
  }
  return byChance(statistic, countReached(assigned, permutations, seededRandom(seed)), permutations);
}

async function permutedLater(input: Grouped, options: ThreadedPermutationOptions): Promise<PermutationTest> {
  const { permutations = 100_000, seed = 1 } = options;
  checkReplicates(ACTION, "permutations", permutations, seed);
  const { assigned, statistic } = scored(input);
  const task = { kind: "log-rank permutation", ...assigned, seed, permutations, block: BLOCK } as const;
  const { values } = await runTask(ACTION, task, Math.ceil(permutations / BLOCK), {
    ...options,
    onProgress: (done) => options.onProgress?.(Math.min(done * BLOCK, permutations), permutations),
  });
  return byChance(
    statistic,
    values.reduce((sum, count) => sum + count, 0),
    permutations,
  );
}

/** The rows' scores by group, and the statistic of the groups as they are. */
function scored(input: Grouped): { readonly assigned: Assigned; readonly statistic: number } {
  if (input.weights !== undefined) {
    throw new InvalidInputError(`${ACTION}: weights cannot be permuted; give each row once for each count`, "weights");
  }
  refuseCounts(ACTION, input, "rows are permuted one by one");
  const { outcome, groups, code } = checkGroups(ACTION, input, undefined, ["time", "event", "entry", "group"]);
  const scores = logRankScores(outcome);
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  if (squares <= 1e-20 * outcome.n) {
    throw new GroupComparisonError(
      `${ACTION}: all rows have the same outcome, so that no assignment differs from another`,
    );
  }
  const { size } = groups;
  const statistic = ((outcome.n - 1) / squares) * unevenness(scores, code, size);
  return { assigned: { scores, code, size }, statistic };
}

function byChance(statistic: number, reached: number, permutations: number): PermutationTest {
  const pValue = (reached + 1) / (permutations + 1);
  const standardError = Math.sqrt((pValue * (1 - pValue)) / permutations);
  return { statistic, pValue, standardError, exact: false, permutations };
}
