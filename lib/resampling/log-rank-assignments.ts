import { combinations, type RandomSource, seededRandom } from "../statistics";
import { pow } from "../statistics/elementary";
import type { Work } from "./work";

/** Sums that differ by less than this share of the largest possible sum are equal: they differ by rounding. */
const ROUNDING = 1e-12;

/** Two halves of 2^22 subsets each are sorted in about a second. */
const MOST_ROWS_OF_TWO_GROUPS = 44;

const MOST_ASSIGNMENTS_OF_SEVERAL_GROUPS = 1_000_000;

/** In how many ways rows can be put into groups of these sizes. */
export function countAssignments(size: ArrayLike<number>): number {
  let rows = 0;
  let count = 1;
  for (let g = 0; g < size.length; g++) {
    rows += size[g];
    count *= combinations(rows, size[g]);
  }
  return count;
}

/** Whether `shareAsExtreme` is feasible for groups of these sizes. */
export function isEnumerable(size: Uint32Array): boolean {
  if (size.length === 2) return size[0] + size[1] <= MOST_ROWS_OF_TWO_GROUPS;
  return countAssignments(size) <= MOST_ASSIGNMENTS_OF_SEVERAL_GROUPS;
}

/** Σ over groups of (sum of its scores)² / its size: how unevenly scores fall on groups, without a common scale. */
export function unevenness(scores: Float64Array, code: ArrayLike<number>, size: ArrayLike<number>): number {
  const sums = new Float64Array(size.length);
  for (let i = 0; i < scores.length; i++) sums[code[i]] += scores[i];
  return sums.reduce((total, sum, g) => total + (sum * sum) / size[g], 0);
}

/** The rounding that a comparison of sums of scores allows for. */
function sumTolerance(scores: Float64Array): number {
  return ROUNDING * scores.reduce((total, score) => total + Math.abs(score), 0);
}

/** The rounding that a comparison of `unevenness` allows for. */
function unevennessTolerance(scores: Float64Array): number {
  return ROUNDING * scores.reduce((sum, score) => sum + score * score, 0) * scores.length;
}

/**
 * The share of all assignments of rows to groups whose scores fall at least as unevenly on them as the given one.
 *
 * @param scores scores that sum to zero
 * @param code each row's group
 * @param size rows in each group
 */
export function shareAsExtreme(scores: Float64Array, code: Uint32Array, size: Uint32Array): number {
  return size.length === 2 ? splitUp(scores, code, size[0]) : enumerate(scores, code, size);
}

/**
 * Two groups: the share of subsets of the first group's size whose sum is at least as far from zero.
 *
 * The split-up algorithm (van de Wiel 2001, Statistics and Computing 11:203, "The split-up algorithm: a fast symbolic
 * method for computing p-values of distribution-free statistics"): a subset is one of each half of the rows.
 * With the sums of each half sorted by subset size, the pairs that reach the threshold are counted without being
 * formed. So 17,672,631,900 subsets of 19 of 37 rows take two lists of 2^18 and 2^19 sums.
 */
function splitUp(scores: Float64Array, code: Uint32Array, chosen: number): number {
  const half = scores.length >> 1;
  const left = sumsBySize(scores.subarray(0, half));
  const right = sumsBySize(scores.subarray(half));
  let sum = 0;
  for (let i = 0; i < scores.length; i++) if (code[i] === 0) sum += scores[i];
  const threshold = Math.abs(sum) - sumTolerance(scores);
  if (threshold <= 0) return 1;
  let reached = 0;
  for (
    let fromLeft = Math.max(0, chosen - right.length + 1);
    fromLeft < left.length && fromLeft <= chosen;
    fromLeft++
  ) {
    reached += pairsReaching(left[fromLeft], right[chosen - fromLeft], threshold);
  }
  return reached / combinations(scores.length, chosen);
}

/** Sums of all subsets, sorted, in a list for each size of subset. */
function sumsBySize(scores: Float64Array): Float64Array[] {
  const n = scores.length;
  const lists = Array.from({ length: n + 1 }, (_, size) => new Float64Array(combinations(n, size)));
  const filled = new Uint32Array(n + 1);
  const sums = new Float64Array(pow(2, n));
  const sizes = new Uint8Array(pow(2, n));
  lists[0][0] = 0;
  // A subset is the one without its lowest member, and that member.
  for (let subset = 1; subset < sums.length; subset++) {
    const rest = subset & (subset - 1);
    sums[subset] = sums[rest] + scores[31 - Math.clz32(subset ^ rest)];
    const size = sizes[rest] + 1;
    sizes[subset] = size;
    lists[size][filled[size]++] = sums[subset];
  }
  for (const list of lists) list.sort();
  return lists;
}

/** How many pairs of the two sorted lists sum to at least the threshold, or to at most its negative. */
function pairsReaching(left: Float64Array, right: Float64Array, threshold: number): number {
  let count = 0;
  let above = right.length; // right[above] and later reach the threshold with left[i]
  let below = right.length; // right[below - 1] and earlier reach its negative
  for (let i = 0; i < left.length; i++) {
    while (above > 0 && left[i] + right[above - 1] >= threshold) above--;
    while (below > 0 && left[i] + right[below - 1] > -threshold) below--;
    count += right.length - above + below;
  }
  return count;
}

/** Several groups: all assignments, one after the other in lexicographic order (Knuth 4A, algorithm 7.2.1.2 L). */
function enumerate(scores: Float64Array, code: Uint32Array, size: Uint32Array): number {
  const threshold = unevenness(scores, code, size) - unevennessTolerance(scores);
  const assignment = Uint32Array.from(code).sort();
  let count = 0;
  let reached = 0;
  do {
    count++;
    if (unevenness(scores, assignment, size) >= threshold) reached++;
  } while (nextPermutation(assignment));
  return reached / count;
}

function nextPermutation(items: Uint32Array): boolean {
  let i = items.length - 2;
  while (i >= 0 && items[i] >= items[i + 1]) i--;
  if (i < 0) return false;
  let j = items.length - 1;
  while (items[j] <= items[i]) j--;
  swap(items, i, j);
  items.subarray(i + 1).reverse();
  return true;
}

function swap(items: Uint32Array, i: number, j: number): void {
  const kept = items[i];
  items[i] = items[j];
  items[j] = kept;
}

/** Scores by position, which fall on groups: the group at each position, and how many rows each group has. */
export interface Assigned {
  readonly scores: Float64Array;
  readonly code: Uint32Array;
  readonly size: Uint32Array;
}

/** How many of so many random assignments are at least as uneven as the given one. */
export function countReached(given: Assigned, count: number, random: RandomSource): number {
  return given.size.length === 2 ? countTwoGroups(given, count, random) : countSeveralGroups(given, count, random);
}

/** By the sum of the smaller group, which takes fewer draws; the other's sum is its negative. */
function countTwoGroups({ scores, code, size }: Assigned, count: number, random: RandomSource): number {
  const drawn = size[0] <= size[1] ? 0 : 1;
  const chosen = size[drawn];
  let sum = 0;
  for (let i = 0; i < scores.length; i++) if (code[i] === drawn) sum += scores[i];
  const threshold = Math.abs(sum) - sumTolerance(scores);
  // Of many rows few have a score of their own: a deck of their numbers is small enough to stay near the processor.
  const { values, numbers: deck } = numbered(scores);
  let reached = 0;
  for (let m = 0; m < count; m++) {
    random.shuffle(deck, chosen);
    let total = 0;
    for (let i = 0; i < chosen; i++) total += values[deck[i]];
    if (Math.abs(total) >= threshold) reached++;
  }
  return reached;
}

/** The distinct ones of some scores, and which of them each is. */
function numbered(scores: Float64Array): {
  readonly values: Float64Array;
  readonly numbers: Uint16Array | Uint32Array;
} {
  const values = Float64Array.from(new Set(scores));
  const numberOf = new Map(Array.from(values, (score, i) => [score, i]));
  const numbers = values.length > 1 << 16 ? new Uint32Array(scores.length) : new Uint16Array(scores.length);
  for (let i = 0; i < scores.length; i++) numbers[i] = numberOf.get(scores[i]) ?? 0;
  return { values, numbers };
}

/** The same for any number of groups, by the statistic without its scale. */
function countSeveralGroups({ scores, code, size }: Assigned, count: number, random: RandomSource): number {
  const threshold = unevenness(scores, code, size) - unevennessTolerance(scores);
  const labels = code.slice();
  let reached = 0;
  for (let m = 0; m < count; m++) {
    random.shuffle(labels);
    if (unevenness(scores, labels, size) >= threshold) reached++;
  }
  return reached;
}

/** Random assignments of labels to log-rank scores; a unit is a block of them. */
export interface LogRankPermutationTask extends Assigned {
  readonly kind: "log-rank permutation";
  readonly seed: number;
  readonly permutations: number;
  /** Permutations in each unit but the last. */
  readonly block: number;
}

/** A unit gives how many of its assignments are as extreme as the given one. Each unit is a stream of the seed. */
export function logRankPermutationWork(task: LogRankPermutationTask): Work {
  return {
    width: 1,
    run(unit, values, at) {
      const count = Math.min(task.block, task.permutations - unit * task.block);
      values[at] = countReached(task, count, seededRandom(task.seed, unit));
      return null;
    },
  };
}
