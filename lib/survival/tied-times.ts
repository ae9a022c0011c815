import { InvalidInputError } from "../statistics";
import { gather, sortRows } from "../statistics/inner";
import type { CheckedOutcome } from "./outcome";

/** √ε of double precision: R's tolerance for calling two times equal. */
const TOLERANCE = 1 / 0x4000000; // 2^−26

/** Sums of this part of each time stay finite, and a power of two changes no digit. */
const SCALE = 1 / 0x200000000; // 2^−33

/**
 * An outcome in increasing order of time, whose times differ by more than rounding or not at all. A position is an
 * index into the sorted columns.
 */
export interface SortedOutcome {
  readonly n: number;
  /** The row of the caller's vectors at each position. */
  readonly order: Uint32Array;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  /** Of all copies of a position together. */
  readonly weights: Float64Array | null;
  readonly counts: Float64Array | null;
  readonly entry: Float64Array | null;
  /** Positions in increasing order of entry, where rows have an entry. */
  readonly byEntry: Uint32Array | null;
}

/**
 * Sorts an outcome by time and makes one time of those that differ by rounding only, such as 0.1 + 0.2 and 0.3.
 *
 * Dates turned into months give such pairs, and treated as different they change which events are tied. As R's
 * `aeqSurv` (the `timefix` of survfit, survdiff and coxph): of the distinct values of time and entry together, one
 * that exceeds the one before by at most √ε, absolutely or relative to their mean, belongs with it, and each such
 * run becomes its smallest value.
 *
 * @throws {InvalidInputError} if an entry and its time become equal
 */
export function sortAndTie(action: string, outcome: CheckedOutcome): SortedOutcome {
  const { order, keys: time } = sortRows(outcome.time);
  let allTimes = time;
  if (outcome.entry !== null) {
    allTimes = new Float64Array(2 * outcome.n);
    allTimes.set(time);
    allTimes.set(outcome.entry, outcome.n);
    allTimes.sort();
  }
  if (tie(time, allTimes)) restoreRowOrder(time, order);
  const event = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) event[i] = outcome.event[order[i]];
  const sorted = {
    n: outcome.n,
    order,
    time,
    event,
    weights: outcome.weights === null ? null : gather(outcome.weights, order),
    counts: outcome.counts === null ? null : gather(outcome.counts, order),
  };
  if (outcome.entry === null) return { ...sorted, entry: null, byEntry: null };
  const { order: byEntry, keys: entryTimes } = sortRows(gather(outcome.entry, order));
  tie(entryTimes, allTimes);
  const entry = new Float64Array(outcome.n);
  for (let i = 0; i < outcome.n; i++) entry[byEntry[i]] = entryTimes[i];
  for (let i = 0; i < outcome.n; i++) {
    if (entry[i] >= time[i]) {
      const row = order[i];
      const message =
        `${action}: entry[${row}] is ${outcome.entry[row]} and time[${row}] is ${outcome.time[row]}, which differ ` +
        "by rounding only; an interval of positive length is needed";
      throw new InvalidInputError(message, "entry", row);
    }
  }
  return { ...sorted, entry, byEntry };
}

/** Rows whose times have become one come in the caller's order again. */
function restoreRowOrder(time: Float64Array, order: Uint32Array): void {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && time[end] === time[start]) end++;
    if (end - start > 1) order.subarray(start, end).sort();
    start = end;
  }
}

/**
 * Replaces each value of an increasing list by the smallest of its run among all distinct times; false if there was
 * nothing to replace.
 */
function tie(values: Float64Array, allTimes: Float64Array): boolean {
  const limit = tieLimit(allTimes);
  if (limit === 0) return false;
  const original = values === allTimes ? allTimes.slice() : allTimes;
  let run = original[0];
  let k = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    for (; k + 1 < original.length && original[k + 1] <= value; k++) {
      if (original[k + 1] - original[k] > limit) run = original[k + 1];
    }
    values[i] = run;
  }
  return true;
}

/** The largest step that is a tie, or 0 if no step between different times is so small. */
function tieLimit(sorted: Float64Array): number {
  let distinct = 1;
  let sum = Math.abs(sorted[0]) * SCALE;
  let smallestStep = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step === 0) continue;
    distinct++;
    sum += Math.abs(sorted[i]) * SCALE;
    if (step < smallestStep) smallestStep = step;
  }
  const limit = TOLERANCE * Math.max(1, sum / distinct / SCALE);
  return smallestStep > limit ? 0 : limit;
}
