import { InvalidInputError } from "../statistics";
import { log, square } from "../statistics/elementary";
import { checkAllFinite, checkFields, checkWhole } from "../statistics/inner";

/** Options of {@link changePoints}: a penalty, or a number of changes. */
export interface ChangePointOptions {
  /** What one more change has to save in squared error; 2·σ²·log n unless told. */
  readonly penalty?: number;
  /** Exactly so many changes, in place of a penalty. */
  readonly changes?: number;
  /** Shortest segment in periods; 2 unless told. */
  readonly shortest?: number;
}

/** A stretch of a series with one mean. */
export interface Segment {
  /** Index of its first period, and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly mean: number;
}

/** The best division of a series into stretches with a mean each. */
export interface ChangePoints {
  /** Index of the first period of each stretch but the first. */
  readonly changes: readonly number[];
  readonly segments: readonly Segment[];
  readonly residualSumOfSquares: number;
  /** Null where a number of changes was asked for. */
  readonly penalty: number | null;
  /** Residual sum of squares and penalty for every change. */
  readonly cost: number;
}

/**
 * Finds the periods at which the mean of a series changes, without being told any date: the division into segments with the
 * least squared error, each change costing a penalty.
 *
 * Optimal partitioning (Jackson et al. 2005, IEEE Signal Processing Letters 12:105) with the pruning of PELT (Killick,
 * Fearnhead and Eckley 2012, Journal of the American Statistical Association 107:1590) finds the exact minimum of all
 * divisions; a fixed number of changes is found by dynamic programming (Auger and Lawrence 1989). The penalty that is taken
 * unless told is the Bayesian information criterion's, with σ from differences of neighbours, which is too small where
 * neighbours are alike: then it finds too many changes.
 *
 * @param values in the order of time, finite
 * @throws {InvalidInputError} for a value that is not finite (naming its index), a negative penalty, or segments that do not fit
 * @example changePoints([1, 1, 1, 5, 5, 5]).changes // [3]
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): ChangePoints {
  const action = "changePoints";
  const n = values.length;
  checkFields(action, "options", options, ["changes", "shortest", "penalty"]);
  const { changes, shortest = 2 } = options;
  checkAllFinite(action, "values", values, 0);
  if (changes !== undefined) checkWhole(action, "changes", changes, 0);
  if (!(Number.isInteger(shortest) && shortest >= 1 && n >= shortest * ((changes ?? 0) + 1) && n > 0)) {
    const message = `${action}: ${(changes ?? 0) + 1} segments of at least ${shortest} periods do not fit into ${n} values`;
    throw new InvalidInputError(message, "shortest");
  }
  const cost = costs(values);
  if (changes !== undefined) {
    return result(values, fixedNumber(n, changes, shortest, cost), cost, null);
  }
  const penalty = options.penalty ?? 2 * differenceVariance(values) * log(n);
  if (!(penalty >= 0 && penalty < Infinity)) {
    const message = `${action}: the penalty is ${penalty}; a finite number from 0 is needed`;
    throw new InvalidInputError(message, "penalty");
  }
  return result(values, partition(n, penalty, shortest, cost), cost, penalty);
}

type Cost = (from: number, to: number) => number;

/** Squared error about the mean of a segment, from sums up to each period. */
function costs(values: readonly number[]): Cost {
  // Around the mean of all, or large values would leave rounding in place of small errors.
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (const [i, value] of values.entries()) {
    sums[i + 1] = sums[i] + (value - mean);
    squares[i + 1] = squares[i] + square(value - mean);
  }
  return (from, to) => Math.max(0, squares[to] - squares[from] - square(sums[to] - sums[from]) / (to - from));
}

/** Starts of the segments under a penalty, the first left out. */
function partition(n: number, penalty: number, shortest: number, cost: Cost): number[] {
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(n + 1);
  const expires = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = -penalty;
  let candidates = [0];
  for (let end = shortest; end <= n; end++) {
    const start = end - shortest;
    if (start > 0 && best[start] < Number.POSITIVE_INFINITY) candidates.push(start);
    for (const from of candidates) {
      const total = best[from] + cost(from, end) + penalty;
      if (total < best[end]) {
        best[end] = total;
        before[end] = from;
      }
    }
    // Whoever cannot beat a change at `end` now cannot do so later, once a segment fits in after it.
    for (const from of candidates) {
      if (best[from] + cost(from, end) > best[end]) expires[from] = Math.min(expires[from], end + shortest);
    }
    candidates = candidates.filter((from) => expires[from] > end + 1);
  }
  return traceBack(n, (end) => before[end]);
}

/** Starts of the segments for a fixed number of changes, the first left out. */
function fixedNumber(n: number, changes: number, shortest: number, cost: Cost): number[] {
  let best = Float64Array.from({ length: n + 1 }, (_, end) =>
    end >= shortest ? cost(0, end) : Number.POSITIVE_INFINITY,
  );
  const before: Int32Array[] = [new Int32Array(n + 1)];
  for (let k = 1; k <= changes; k++) {
    const next = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(n + 1);
    for (let end = (k + 1) * shortest; end <= n; end++) {
      for (let start = k * shortest; start <= end - shortest; start++) {
        const total = best[start] + cost(start, end);
        if (total < next[end]) {
          next[end] = total;
          from[end] = start;
        }
      }
    }
    best = next;
    before.push(from);
  }
  let level = changes;
  return traceBack(n, (end) => before[level--][end]);
}

function traceBack(n: number, before: (end: number) => number): number[] {
  const starts: number[] = [];
  for (let end = before(n); end > 0; end = before(end)) starts.unshift(end);
  return starts;
}

function result(
  values: readonly number[],
  changes: readonly number[],
  cost: Cost,
  penalty: number | null,
): ChangePoints {
  const bounds = [0, ...changes, values.length];
  const segments = bounds.slice(1).map((to, i): Segment => {
    const from = bounds[i];
    return { from, to, mean: values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from) };
  });
  const residualSumOfSquares = segments.reduce((sum, { from, to }) => sum + cost(from, to), 0);
  return {
    changes,
    segments,
    residualSumOfSquares,
    penalty,
    cost: residualSumOfSquares + (penalty ?? 0) * changes.length,
  };
}

/** Variance of the noise from the median difference of neighbours, on which a few jumps have no influence. */
function differenceVariance(values: readonly number[]): number {
  const steps = values
    .slice(1)
    .map((value, i) => Math.abs(value - values[i]))
    .sort((a, b) => a - b);
  if (steps.length === 0) return 0;
  const middle = (steps[Math.floor((steps.length - 1) / 2)] + steps[Math.ceil((steps.length - 1) / 2)]) / 2;
  // A normal difference has a median size of 0.6745·√2·σ.
  return square(middle / (0.674489750196082 * Math.SQRT2));
}
