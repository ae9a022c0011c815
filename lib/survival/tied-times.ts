import { InvalidInputError } from "./errors";
import type { CheckedOutcome } from "./outcome";
import { sortOrder } from "./sort";

/** √ε of double precision: R's tolerance for calling two times equal. */
const TOLERANCE = 2 ** -26;

/** An outcome whose times differ by more than rounding or not at all, with its rows sorted. */
export interface SortedOutcome extends CheckedOutcome {
  /** Rows in increasing order of time. */
  readonly order: Uint32Array;
  /** Rows in increasing order of entry, where rows have an entry. */
  readonly entryOrder: Uint32Array | null;
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
  const order = sortOrder(outcome.time);
  const entryOrder = outcome.entry === null ? null : sortOrder(outcome.entry);
  const times = gather(outcome.time, order);
  const runs = tiedRuns(outcome.entry === null ? times : concatenate(times, outcome.entry).sort());
  if (runs === null) return { ...outcome, order, entryOrder };
  const time = replaceByRun(outcome.time, order, runs);
  if (outcome.entry === null || entryOrder === null) return { ...outcome, time, order, entryOrder };
  const entry = replaceByRun(outcome.entry, entryOrder, runs);
  for (let i = 0; i < entry.length; i++) {
    if (entry[i] >= time[i]) {
      const message =
        `${action}: entry[${i}] is ${outcome.entry[i]} and time[${i}] is ${outcome.time[i]}, which differ by ` +
        "rounding only; an interval of positive length is needed";
      throw new InvalidInputError(message, "entry", i);
    }
  }
  return { ...outcome, time, entry, order, entryOrder };
}

function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i]];
  return gathered;
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The smallest value of each run of tied values, or null if no two different values are tied. */
function tiedRuns(sorted: Float64Array): Float64Array | null {
  let distinct = 1;
  let sum = Math.abs(sorted[0]);
  let smallestStep = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step === 0) continue;
    distinct++;
    sum += Math.abs(sorted[i]);
    if (step < smallestStep) smallestStep = step;
  }
  const limit = TOLERANCE * Math.max(1, sum / distinct);
  if (smallestStep > limit) return null;
  const runs = new Float64Array(distinct);
  runs[0] = sorted[0];
  let count = 1;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] - sorted[i - 1] > limit) runs[count++] = sorted[i];
  }
  return runs.subarray(0, count);
}

function replaceByRun(values: Float64Array, order: Uint32Array, runs: Float64Array): Float64Array {
  const replaced = new Float64Array(values.length);
  let run = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    while (run + 1 < runs.length && runs[run + 1] <= values[row]) run++;
    replaced[row] = runs[run];
  }
  return replaced;
}
