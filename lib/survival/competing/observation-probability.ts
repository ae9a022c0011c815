import type { RiskSetSteps } from "../event-table";
import type { SortedOutcome } from "../tied-times";

/**
 * The probability of still being under observation, a right-continuous step function: it is `probability[j]` on
 * (time[j − 1], time[j]], the first interval having no beginning.
 */
export interface ObservationProbability {
  readonly time: readonly number[];
  readonly probability: readonly number[];
}

/**
 * G(t)·H(t): the probability of not being censored up to t, and, where entry is late, of having entered by t.
 *
 * G is Kaplan and Meier's estimate with censoring as the event; rows with an event at the same time are no longer at
 * risk of it. H is the same in reversed time with entry as the event, each row being at risk from its end back to
 * its entry (Geskus 2011, Biometrics 67:39; Therneau, Crowson and Atkinson, "Multi-state models and
 * competing risks", vignette of survival 3, section on Fine–Gray). Weights do not enter, as in R's finegray; counts do, as so many rows.
 *
 * @param steps of one stratum
 * @param late whether entry is, so that H counts
 */
export function observationProbability(
  { time, event, entry, counts }: SortedOutcome,
  { rows, leaves, entered, enters }: RiskSetSteps,
  late: boolean,
): ObservationProbability {
  const copies = (row: number) => (counts === null ? 1 : counts[row]);
  const times = Array.from(rows, (row) => time[row]);
  const entries = entry === null ? [] : Array.from(entered, (row) => entry[row]);
  const censoring = new Map<number, number>();
  let g = 1;
  // Who has entered and not left.
  let present = 0;
  let next = 0;
  for (let k = 0; k + 1 < leaves.length; k++) {
    const here = rows.subarray(leaves[k], leaves[k + 1]);
    const events = here.reduce((sum, row) => sum + event[row] * copies(row), 0);
    const censored = here.reduce((sum, row) => sum + copies(row), 0) - events;
    for (; next < enters[k + 1]; next++) present += copies(entered[next]);
    const atRisk = present - events;
    present -= events + censored;
    if (censored > 0) {
      g *= (atRisk - censored) / atRisk;
      censoring.set(times[leaves[k]], g);
    }
  }
  const entering = late
    ? entryProbabilities(
        { at: entries, counts: Array.from(entered, copies) },
        { at: times, counts: Array.from(rows, copies) },
      )
    : new Map<number, number>();
  const cuts = [...new Set([...censoring.keys(), ...entering.keys()])].sort((a, b) => a - b);
  let uncensored = 1;
  let enteredBy = 1;
  const probability = [1];
  for (const t of cuts) {
    uncensored = censoring.get(t) ?? uncensored;
    enteredBy = entering.get(t) ?? enteredBy;
    probability.push(uncensored * enteredBy);
  }
  return { time: [...cuts, times[times.length - 1]], probability };
}

/** Times in order, and how many there are of each. */
interface CountedTimes {
  readonly at: readonly number[];
  readonly counts: readonly number[];
}

/** H at each entry time: the product of 1 − (entries)/(at risk) over all later entry times. */
function entryProbabilities(entries: CountedTimes, times: CountedTimes): Map<number, number> {
  const entering = new Map<number, number>();
  let h = 1;
  // Those who enter by a time less those who have ended by then, as both are gone through backwards.
  let entered = entries.counts.reduce((sum, count) => sum + count, 0);
  let gone = times.counts.reduce((sum, count) => sum + count, 0);
  for (let i = entries.at.length - 1, ended = times.at.length; i >= 0; ) {
    const e = entries.at[i];
    entering.set(e, h);
    let here = 0;
    for (; i >= 0 && entries.at[i] === e; i--) here += entries.counts[i];
    for (; ended > 0 && times.at[ended - 1] > e; ended--) gone -= times.counts[ended - 1];
    // At risk in reversed time: those who have entered by e and have not ended by then.
    const atRisk = entered - gone;
    h *= (atRisk - here) / atRisk;
    entered -= here;
  }
  return entering;
}

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
 * @param strata the steps of each
 */
export function weightPlans(
  sorted: SortedOutcome,
  code: Uint32Array,
  interest: number,
  strata: readonly RiskSetSteps[],
): WeightPlan[] {
  const late = sorted.entry?.some((entry) => entry > sorted.time[0]) ?? false;
  return strata.map((steps) => {
    const probability = observationProbability(sorted, steps, late);
    const ends = probability.time;
    const event: number[] = [];
    let j = 0;
    for (const row of steps.rows) {
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
