import { InvalidInputError } from "../errors";
import { checkFinite, checkWeights, shown, type Vector } from "../outcome";

/** Times known to lie in an interval only, one element a row; R's `Surv(lower, upper, type = "interval2")`. */
export interface IntervalOutcome {
  /** The event occurred after this time (0: nothing is known), or at it where `upper` is the same. At least 0. */
  readonly lower: Vector;
  /** The event occurred at this time or before; Infinity where it had not occurred when observation ended. */
  readonly upper: Vector;
  /** When observation began, at most `lower`: the row is seen only because it had no event by then. */
  readonly entry?: Vector;
  /** How much each row counts; 0 leaves it out. Without it, 1. */
  readonly weights?: Vector;
}

export interface CensoredTimes {
  readonly n: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly entry: Float64Array | null;
  readonly weights: Float64Array;
}

/**
 * Checks interval-censored times and copies them, making one time of those that differ by rounding only.
 *
 * @throws {InvalidInputError} at the first element that cannot be used, naming argument and index
 */
export function checkCensoredTimes(action: string, input: IntervalOutcome): CensoredTimes {
  const n = input.lower.length;
  if (n === 0) throw new InvalidInputError(`${action}: lower is empty; at least one row is needed`, "lower");
  if (input.upper.length !== n) {
    const message = `${action}: upper has ${input.upper.length} elements and lower has ${n}; they must be of equal length`;
    throw new InvalidInputError(message, "upper");
  }
  const lower = checkFinite(action, "lower", input.lower, n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = input.upper[i];
    if (lower[i] < 0) {
      const message = `${action}: lower[${i}] is ${lower[i]}; a time of at least 0 is needed`;
      throw new InvalidInputError(message, "lower", i);
    }
    if (typeof value !== "number" || Number.isNaN(value)) {
      const message = `${action}: upper[${i}] is ${shown(value)}; a time is needed, or Infinity where the event had not occurred`;
      throw new InvalidInputError(message, "upper", i);
    }
    if (value < lower[i]) {
      const message = `${action}: upper[${i}] is ${value} and lower[${i}] is ${lower[i]}; upper must not be before lower`;
      throw new InvalidInputError(message, "upper", i);
    }
    upper[i] = value;
  }
  const entry = input.entry === undefined ? null : checkEntries(action, input.entry, lower);
  const weights =
    input.weights === undefined
      ? new Float64Array(n).fill(1)
      : checkIntervalWeights(action, input.weights, n);
  tie([lower, upper, ...(entry === null ? [] : [entry])]);
  checkEntryBeforeExact(action, entry, upper);
  return { n, lower, upper, entry, weights };
}

function checkEntries(action: string, values: Vector, lower: Float64Array): Float64Array {
  checkEqualLength(action, "entry", values, lower.length);
  const entry = checkFinite(action, "entry", values, lower.length);
  entry.forEach((value, i) => {
    if (value < 0 || value > lower[i]) {
      const message = `${action}: entry[${i}] is ${value} and lower[${i}] is ${lower[i]}; a time from 0 to lower is needed`;
      throw new InvalidInputError(message, "entry", i);
    }
  });
  return entry;
}

/** After rounding, too. */
function checkEntryBeforeExact(action: string, entry: Float64Array | null, upper: Float64Array): void {
  entry?.forEach((value, i) => {
    if (value >= upper[i]) {
      const message = `${action}: entry[${i}] is ${value}, the exact time of the row's event; entry must be before it`;
      throw new InvalidInputError(message, "entry", i);
    }
  });
}

function checkIntervalWeights(action: string, values: Vector, n: number): Float64Array {
  checkEqualLength(action, "weights", values, n);
  return checkWeights(action, values, n);
}

function checkEqualLength(action: string, argument: string, values: Vector, n: number): void {
  if (values.length === n) return;
  const message = `${action}: ${argument} has ${values.length} elements and lower has ${n}; they must be of equal length`;
  throw new InvalidInputError(message, argument);
}

/** As R's `aeqSurv`: of all distinct finite times, those √ε apart (absolutely, or relative to their mean) are one. */
function tie(columns: readonly Float64Array[]): void {
  const sorted = [...new Set(columns.flatMap((column) => Array.from(column)))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const limit = Math.max(1, mean) / 0x4000000; // 2^−26 of the mean
  const first = new Map<number, number>();
  sorted.forEach((value, i) => {
    const run = i > 0 && value - sorted[i - 1] <= limit ? first.get(sorted[i - 1]) : undefined;
    first.set(value, run ?? value);
  });
  for (const column of columns) {
    column.forEach((value, i) => {
      column[i] = first.get(value) ?? value;
    });
  }
}
