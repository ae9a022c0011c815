import type { CoxDesign } from "./design";

/** The distinct times of events within each stratum, in order of position. */
export interface EventTimes {
  readonly count: number;
  /** Position of the first event at the time; the others follow it. */
  readonly first: Uint32Array;
  /** Events at the time. */
  readonly deaths: Uint32Array;
  /** Σ of their weights. */
  readonly weight: Float64Array;
  /** First event time of each stratum, and `count`. */
  readonly strata: Uint32Array;
  /** 1 at the first position of each event time. */
  readonly starts: Uint8Array;
  /** Whether some time has two events or more. */
  readonly tied: boolean;
}

/**
 * Finds the event times of a design. In each stratum the risk set of an event time is all positions from `first` on,
 * less those that have not entered.
 */
export function eventTimes(design: CoxDesign): EventTimes {
  const { n, time, counted, weights, strata } = design;
  const starts = new Uint8Array(n);
  let count = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    let last = NaN;
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      if (counted[i] === 1 && time[i] !== last) {
        last = time[i];
        starts[i] = 1;
        count++;
      }
    }
  }
  const first = new Uint32Array(count);
  const deaths = new Uint32Array(count);
  const weight = new Float64Array(count);
  const firstOfStratum = new Uint32Array(strata.length);
  let tied = false;
  let e = -1;
  for (let s = 0; s + 1 < strata.length; s++) {
    firstOfStratum[s] = e + 1;
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      if (starts[i] === 1) first[++e] = i;
      if (counted[i] === 1) {
        deaths[e]++;
        weight[e] += weights === null ? 1 : weights[i];
        if (deaths[e] > 1) tied = true;
      }
    }
  }
  firstOfStratum[strata.length - 1] = count;
  return { count, first, deaths, weight, strata: firstOfStratum, starts, tied };
}
