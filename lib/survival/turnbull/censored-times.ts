import { InvalidInputError } from "../../statistics";
import { checkFields, checkLength, countUpTo, lengthOf } from "../../statistics/inner";
import { checkCounts, checkFinite, checkWeights, shown, type Vector } from "../outcome";

/** Times known to lie in an interval only, one element a row; R's `Surv(lower, upper, type = "interval2")`. */
export interface IntervalOutcome {
  /** The event occurred after this time (0: nothing is known), or at it where `upper` is the same. At least 0. */
  readonly lower: Vector;
  /** The event occurred at this time or before; Infinity where it had not occurred when observation ended. */
  readonly upper: Vector;
  /** When observation began, at most `lower`: the row is seen only because it had no event by then. */
  readonly entry?: Vector;
  /** How much a row weighs; 0 leaves it out. How many like rows there are is `counts`. Without it, 1. */
  readonly weights?: Vector;
  /** How many such rows there are, whole numbers from 1: the estimate is that of so many copies. Without it, 1. */
  readonly counts?: Vector;
}

export interface CensoredTimes {
  readonly n: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly entry: Float64Array | null;
  /** Of all copies of a row together. */
  readonly weights: Float64Array;
  readonly counts: Float64Array | null;
}

/**
 * Checks interval-censored times and copies them, making one time of those that differ by rounding only.
 *
 * @throws {InvalidInputError} at the first element that cannot be used, naming argument and index
 */
export function checkCensoredTimes(action: string, input: IntervalOutcome): CensoredTimes {
  if (!("provenance" in input))
    checkFields(action, "input", input, ["lower", "upper", "entry", "weights", "counts", "group"]);
  const n = lengthOf(action, "lower", input.lower);
  if (n === 0) throw new InvalidInputError(`${action}: lower is empty; at least one row is needed`, "lower");
  checkLength(action, "upper", input.upper, n, "lower");
  if (input.weights !== undefined) checkLength(action, "weights", input.weights, n, "lower");
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
  const weights = input.weights === undefined ? new Float64Array(n).fill(1) : checkWeights(action, input.weights, n);
  if (input.counts !== undefined) checkLength(action, "counts", input.counts, n, "lower");
  const counts = input.counts === undefined ? null : checkCounts(action, input.counts, n);
  counts?.forEach((count, i) => {
    weights[i] *= count;
  });
  tie([lower, upper, ...(entry === null ? [] : [entry])]);
  checkEntryBeforeExact(action, entry, upper);
  return { n, lower, upper, entry, weights, counts };
}

function checkEntries(action: string, values: Vector, lower: Float64Array): Float64Array {
  checkLength(action, "entry", values, lower.length, "lower");
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

/** Where mass can lie, in order of time: (lower[j], upper[j]], or the time itself where both are the same. */
export interface Innermost {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Row i has its event in one of the intervals first[i] to last[i]; -1 for rows of weight 0. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Number of intervals that lie before the row's entry; all of them are ruled out by its being seen. */
  readonly truncated: Int32Array | null;
}

/** Order of ends at the same time: an exact time, the end of (l, u], entry after u, the beginning of (u, …]. */
const [EXACT, RIGHT, ENTRY, LEFT] = [0, 1, 2, 3];

/**
 * Turnbull's innermost intervals: each begins with a row's lower end and ends with the next upper end, no other lower
 * end between them (Turnbull 1976, JRSS B 38:290, section 3). Mass anywhere else could be moved into one of them, and
 * the likelihood would not fall. With late entry an entry time counts as an upper end too, since mass before it is
 * ruled out for that row (Frydman 1994, JRSS B 56:71; Alioum and Commenges 1996, Biometrics 52:512).
 */
export function innermostIntervals(times: CensoredTimes): Innermost {
  const { n, lower, upper, entry, weights } = times;
  const [from, to] = intervalsBetween(endsOf(times));
  const first = new Int32Array(n).fill(-1);
  const last = new Int32Array(n).fill(-1);
  const truncated = entry === null ? null : new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    const exact = lower[i] === upper[i];
    // Inside are intervals that begin at or after `lower` (after it if they are one time) and end by `upper`.
    first[i] = countUpTo(to.length, (j) => (exact ? to[j] < lower[i] : to[j] <= lower[i]));
    last[i] = countUpTo(to.length, (j) => to[j] <= upper[i]) - 1;
    if (truncated !== null && entry !== null) {
      const before = entry[i];
      truncated[i] = countUpTo(to.length, (j) => to[j] <= before);
    }
  }
  return { lower: from, upper: to, first, last, truncated };
}

interface End {
  readonly time: number;
  readonly kind: number;
}

/** The ends of all rows' intervals, in order. */
function endsOf({ n, lower, upper, entry, weights }: CensoredTimes): End[] {
  const ends: End[] = [];
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    if (lower[i] === upper[i]) ends.push({ time: lower[i], kind: EXACT });
    else ends.push({ time: lower[i], kind: LEFT }, { time: upper[i], kind: RIGHT });
    if (entry !== null && entry[i] > 0) ends.push({ time: entry[i], kind: ENTRY });
  }
  return ends.sort((a, b) => a.time - b.time || a.kind - b.kind);
}

/** From each lower end that an upper end follows to that. */
function intervalsBetween(ends: readonly End[]): [Float64Array, Float64Array] {
  const from: number[] = [];
  const to: number[] = [];
  let open: number | null = null;
  for (const { time, kind } of ends) {
    if (kind === LEFT) {
      open = time;
      continue;
    }
    const start = kind === EXACT ? time : open;
    // Several rows may have their event at the same time; a lower end before it ends here as well.
    const isKnown = kind === EXACT && from[from.length - 1] === time && to[to.length - 1] === time;
    if (start !== null && !isKnown) {
      from.push(start);
      to.push(time);
    }
    open = null;
  }
  return [Float64Array.from(from), Float64Array.from(to)];
}
