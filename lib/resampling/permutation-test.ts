import { combinations, InvalidInputError, SurvivalError, seededRandom } from "../statistics";
import { checkFields, checkFlag, checkLength, checkOneOf, lengthOf, shown } from "../statistics/inner";
import type { Labels } from "../survival";
import { groupRows } from "../survival/inner";
import { checkReplicates, ReplicateError, type RunOptions } from "./options";
import { runHere } from "./run-task";

/** Which statistics are as extreme as the observed one. */
export type Alternative = "greater" | "less" | "two-sided";

export interface PermutationTestOptions extends RunOptions {
  /** "greater" unless told: as large or larger. "two-sided": as far from 0 or farther. */
  readonly alternative?: Alternative;
  /** Random arrangements, 9,999 unless told; of no effect where the test is exact. */
  readonly permutations?: number;
  /** Seed of the random arrangements, 1 unless told. */
  readonly seed?: number;
  /** true: all arrangements, up to 10,000,000. false: random ones. Unless told, all where there are at most 20,000. */
  readonly exact?: boolean;
  /** Labels change places within a stratum only, as within matched pairs. */
  readonly strata?: Labels;
}

export interface PermutationTestResult {
  /** For the labels as they are. */
  readonly statistic: number;
  readonly alternative: Alternative;
  readonly pValue: number;
  /** Monte Carlo standard error of the p value; 0 where the test is exact. */
  readonly standardError: number;
  readonly exact: boolean;
  /** Arrangements that the p value rests on. */
  readonly permutations: number;
}

const EXACT_UNASKED = 20_000;
const EXACT_AT_MOST = 10_000_000;

/**
 * A permutation test of any statistic: how often would it be as extreme if labels were given to rows by chance alone?
 * R's `coin::independence_test(…, distribution = "exact")` or `approximate()` for statistics of one's own.
 *
 * One wants it where a statistic has no known distribution, or groups are too small to trust it. It holds exactly if
 * labels are exchangeable under the null hypothesis (Fisher 1935; Davison and Hinkley 1997, section 4.3). Where there are
 * few arrangements all different ones are gone through. Otherwise p = (b + 1)/(m + 1), where b of m random
 * arrangements are as extreme; it is never 0 and keeps its level (Phipson and Smyth 2010, Statistical Applications in
 * Genetics and Molecular Biology 9, art. 39). Statistics that differ by rounding (1e-10 of how far they spread) count as
 * equal; a hundred random arrangements more show how far that is.
 *
 * The log-rank test has a faster one, also on several threads: {@link permutationLogRank}.
 *
 * @param labels a group, or a number, for each row
 * @param statistic gives a finite number for labels in another order; it must not keep or change the array
 * @throws {InvalidInputError} for arguments that cannot be used, or exact: true where there are too many arrangements
 * @throws {ReplicateError} if the statistic has no value for an arrangement
 * @throws the signal's reason once it has fired
 * @example
 * const months = [2, 5, 9, 14, 30, 31];
 * const late = (group: readonly string[]) => months.reduce((sum, t, i) => sum + (group[i] === "b" ? t : 0), 0);
 * (await permutationTest(["a", "a", "a", "b", "b", "b"], late)).pValue // 0.05
 */
export async function permutationTest<T extends string | number>(
  labels: ArrayLike<T>,
  statistic: (labels: readonly T[]) => number,
  options: PermutationTestOptions = {},
): Promise<PermutationTestResult> {
  const action = "permutationTest";
  checkFields(action, "options", options, [
    "alternative",
    "permutations",
    "seed",
    "exact",
    "strata",
    "signal",
    "onProgress",
  ]);
  checkFlag(action, "exact", options.exact);
  const { alternative = "greater", permutations = 9999, seed = 1 } = options;
  checkOneOf(action, "alternative", alternative, ["greater", "less", "two-sided"]);
  checkReplicates(action, "permutations", permutations, seed);
  const { arrangeable, distinct } = arrange(action, labels, options.strata);
  const total = countArrangements(arrangeable);
  if (total < 2) {
    throw new InvalidInputError(`${action}: all labels are the same, so that none can change places`, "labels");
  }
  const exact = options.exact ?? total <= EXACT_UNASKED;
  if (exact && total > EXACT_AT_MOST) {
    throw new InvalidInputError(
      `${action}: there are ${total} arrangements, too many to go through; leave exact out for random ones`,
      "exact",
    );
  }
  const given = Array.from(labels);
  const observed = evaluate(action, statistic, given, null);
  const { code } = arrangeable;
  const start = code.slice();
  const shuffled = (unit: number) => {
    code.set(start);
    shuffleWithin(arrangeable, seed, unit);
    return evaluate(action, statistic, arranged(), unit);
  };
  const arranged = () => Array.from(code, (index) => distinct[index]);
  const slack = slackOf(observed, exact ? total : permutations, shuffled);
  const isExtreme = (value: number) =>
    alternative === "greater"
      ? value >= observed - slack
      : alternative === "less"
        ? value <= observed + slack
        : Math.abs(value) >= Math.abs(observed) - slack;
  code.set(start);
  if (exact) firstArrangement(arrangeable);
  let extreme = 0;
  await runHere(
    exact ? total : permutations,
    (unit) => {
      if (exact && unit > 0) nextArrangement(arrangeable);
      if (isExtreme(exact ? evaluate(action, statistic, arranged(), unit) : shuffled(unit))) extreme++;
    },
    options,
  );
  const pValue = exact ? extreme / total : (extreme + 1) / (permutations + 1);
  return {
    statistic: observed,
    alternative,
    pValue,
    standardError: exact ? 0 : Math.sqrt((pValue * (1 - pValue)) / permutations),
    exact,
    permutations: exact ? total : permutations,
  };
}

/**
 * What is rounding among statistics: a part of how far those of some random arrangements lie from the observed one, since
 * the statistic may be near 0, or far from it beside its spread; and of its own last digits.
 */
function slackOf(observed: number, units: number, shuffled: (unit: number) => number): number {
  let spread = 0;
  for (let unit = 0; unit < Math.min(units, 100); unit++) {
    spread = Math.max(spread, Math.abs(shuffled(unit) - observed));
  }
  return 1e-10 * spread + 1e-13 * Math.abs(observed);
}

function arrange<T extends string | number>(action: string, labels: ArrayLike<T>, strata: Labels | undefined) {
  const n = lengthOf(action, "labels", labels);
  if (n < 2) throw new InvalidInputError(`${action}: labels has ${n} elements; two or more are needed`, "labels");
  // Also refuses labels that are missing.
  const { code, labels: names } = groupRows(action, "labels", labels, n);
  const distinct: T[] = new Array(names.length);
  for (let i = 0; i < n; i++) distinct[code[i]] = labels[i];
  if (strata !== undefined) checkLength(action, "strata", strata, n, "labels");
  const groups = strata === undefined ? null : groupRows(action, "strata", strata, n);
  const positions: number[][] = Array.from({ length: groups?.labels.length ?? 1 }, () => []);
  for (let i = 0; i < n; i++) positions[groups?.code[i] ?? 0].push(i);
  const arrangeable: Arrangeable = { code, strata: positions.map((stratum) => Uint32Array.from(stratum)) };
  return { arrangeable, distinct };
}

/** A random arrangement, from its own stream of the seed. */
function shuffleWithin({ code, strata }: Arrangeable, seed: number, stream: number): void {
  const random = seededRandom(seed, stream);
  for (const positions of strata) {
    const shuffled = Uint32Array.from(positions, (position) => code[position]);
    random.shuffle(shuffled);
    positions.forEach((position, i) => {
      code[position] = shuffled[i];
    });
  }
}

function evaluate<T>(
  action: string,
  statistic: (labels: readonly T[]) => number,
  labels: readonly T[],
  unit: number | null,
): number {
  const where = unit === null ? "for the labels as they are" : `for arrangement ${unit}`;
  let value: number;
  try {
    value = statistic(labels);
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    throw new ReplicateError(`${action}: ${where}: ${error.message}`, unit ?? 0, { cause: error });
  }
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ReplicateError(
    `${action}: ${where} the statistic is ${shown(value)}; a finite number is needed`,
    unit ?? 0,
  );
}

/** Labels as numbers, and positions that may exchange them: all, or those of each stratum. */
interface Arrangeable {
  readonly code: Uint32Array;
  /** Positions of each stratum. */
  readonly strata: readonly Uint32Array[];
}

/** How many different arrangements of the labels there are: a multinomial number for each stratum. */
function countArrangements({ code, strata }: Arrangeable): number {
  let product = 1;
  for (const positions of strata) {
    const sizes = new Map<number, number>();
    for (const position of positions) sizes.set(code[position], (sizes.get(code[position]) ?? 0) + 1);
    let rows = 0;
    for (const size of sizes.values()) {
      rows += size;
      product *= combinations(rows, size);
    }
  }
  return product;
}

/** Puts the labels into their first arrangement, increasing within each stratum. */
function firstArrangement({ code, strata }: Arrangeable): void {
  for (const positions of strata) {
    const sorted = Uint32Array.from(positions, (position) => code[position]).sort();
    positions.forEach((position, i) => {
      code[position] = sorted[i];
    });
  }
}

/**
 * Puts the labels into the next arrangement: the strata turn like the wheels of a counter. Each different arrangement
 * comes once (Knuth, The Art of Computer Programming 4A, 7.2.1.2, algorithm L).
 *
 * @returns false after the last, when the labels are in their first arrangement again
 */
function nextArrangement(arrangeable: Arrangeable): boolean {
  return arrangeable.strata.some((positions) => nextInStratum(arrangeable.code, positions));
}

function nextInStratum(code: Uint32Array, positions: Uint32Array): boolean {
  const last = positions.length - 1;
  let j = last - 1;
  while (j >= 0 && code[positions[j]] >= code[positions[j + 1]]) j--;
  if (j >= 0) {
    let l = last;
    while (code[positions[j]] >= code[positions[l]]) l--;
    exchange(code, positions[j], positions[l]);
  }
  for (let k = j + 1, l = last; k < l; k++, l--) exchange(code, positions[k], positions[l]);
  return j >= 0;
}

function exchange(code: Uint32Array, a: number, b: number): void {
  const kept = code[a];
  code[a] = code[b];
  code[b] = kept;
}
