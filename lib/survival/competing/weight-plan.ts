import type { SortedOutcome } from "../tied-times";
import { type ObservationProbability, observationProbability } from "./observation-probability";

/** How the weight of a stratum's rows of another cause changes with time, and where that matters. */
export interface WeightPlan extends ObservationProbability {
  /** The intervals (time[j − 1], time[j]] that hold an event of interest, in order. */
  readonly event: readonly number[];
  /** How many of those lie after each interval. */
  readonly later: Uint32Array;
}

/**
 * One plan a stratum.
 *
 * @param code the cause at each position of the outcome
 * @param byStratum positions by stratum, in order of time within each
 */
export function weightPlans(
  sorted: SortedOutcome,
  code: Uint32Array,
  interest: number,
  byStratum: Uint32Array,
  size: Uint32Array,
): WeightPlan[] {
  const late = sorted.entry?.some((entry) => entry > sorted.time[0]) ?? false;
  let start = 0;
  return Array.from(size, (count) => {
    const rows = byStratum.subarray(start, start + count);
    start += count;
    const probability = observationProbability(sorted, rows, late);
    const ends = probability.time;
    const event: number[] = [];
    let j = 0;
    for (const row of rows) {
      if (code[row] !== interest) continue;
      while (ends[j] < sorted.time[row]) j++;
      if (event[event.length - 1] !== j) event.push(j);
    }
    const later = new Uint32Array(ends.length);
    for (let i = ends.length - 1, k = event.length; i >= 0; i--) {
      later[i] = event.length - k;
      if (k > 0 && event[k - 1] === i) k--;
    }
    return { ...probability, event, later };
  });
}

/** The interval that a time lies in: the first that ends at it or later. */
export function intervalOf({ time }: ObservationProbability, t: number): number {
  let [low, high] = [0, time.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle] < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
