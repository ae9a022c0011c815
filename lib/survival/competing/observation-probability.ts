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
 * competing risks", vignette of survival 3, section on Fine–Gray). Weights do not enter, as in R's finegray.
 *
 * @param rows the stratum's positions in order of time, with their entries in order in `entries` if entry is late
 */
export function observationProbability(
  { time, event, entry }: SortedOutcome,
  rows: Uint32Array,
  late: boolean,
): ObservationProbability {
  const times = Array.from(rows, (row) => time[row]);
  const entries = entry === null ? [] : Array.from(rows, (row) => entry[row]).sort((a, b) => a - b);
  const censoring = new Map<number, number>();
  let g = 1;
  for (let i = 0, entered = 0; i < rows.length; ) {
    const t = times[i];
    const first = i;
    let censored = 0;
    for (; i < rows.length && times[i] === t; i++) if (event[rows[i]] === 0) censored++;
    while (entered < entries.length && entries[entered] < t) entered++;
    const atRisk = (entry === null ? rows.length : entered) - first - (i - first - censored);
    if (censored > 0) {
      g *= (atRisk - censored) / atRisk;
      censoring.set(t, g);
    }
  }
  const entering = late ? entryProbabilities(entries, times) : new Map<number, number>();
  const cuts = [...new Set([...censoring.keys(), ...entering.keys()])].sort((a, b) => a - b);
  let uncensored = 1;
  let entered = 1;
  const probability = [1];
  for (const t of cuts) {
    uncensored = censoring.get(t) ?? uncensored;
    entered = entering.get(t) ?? entered;
    probability.push(uncensored * entered);
  }
  return { time: [...cuts, times[times.length - 1]], probability };
}

/** H at each entry time: the product of 1 − (entries)/(at risk) over all later entry times. */
function entryProbabilities(entries: readonly number[], times: readonly number[]): Map<number, number> {
  const entering = new Map<number, number>();
  let h = 1;
  for (let i = entries.length - 1, ended = times.length; i >= 0; ) {
    const e = entries[i];
    entering.set(e, h);
    const last = i;
    while (i >= 0 && entries[i] === e) i--;
    while (ended > 0 && times[ended - 1] > e) ended--;
    // At risk in reversed time: those who have entered by e (last + 1 of them) and have not ended by then.
    const atRisk = last + 1 - ended;
    h *= (atRisk - (last - i)) / atRisk;
  }
  return entering;
}
