import type { CauseTable } from "./cause-table";

/** Step functions at the times of a CauseTable, by cause where they have two indices. */
export interface AalenJohansen {
  /** Probability of no event of any cause up to each time. */
  readonly survival: number[];
  /** Probability of an event of each cause up to each time. */
  readonly incidence: readonly number[][];
  /** Nelson–Aalen's cumulative hazard of each cause. */
  readonly cumulativeHazard: readonly number[][];
}

/**
 * Aalen and Johansen's estimate where every row begins in one state and may leave it for one of several.
 *
 * At a time with n at risk and d_k events of cause k, F_k rises by S(t−)·d_k/n and S falls to S(t−)·(1 − Σ d_k/n),
 * so that S and all F_k add up to 1 (Aalen and Johansen 1978, Scand J Stat 5:141, for this
 * simplest case of their product integral).
 */
export function aalenJohansen(table: CauseTable): AalenJohansen {
  const length = table.time.length;
  const survival = new Array<number>(length);
  const incidence = table.eventsByCause.map(() => new Array<number>(length));
  const cumulativeHazard = table.eventsByCause.map(() => new Array<number>(length));
  let s = 1;
  for (let k = 0; k < length; k++) {
    const atRisk = table.atRisk[k];
    table.eventsByCause.forEach((events, cause) => {
      const hazard = events[k] > 0 ? events[k] / atRisk : 0;
      incidence[cause][k] = (k === 0 ? 0 : incidence[cause][k - 1]) + s * hazard;
      cumulativeHazard[cause][k] = (k === 0 ? 0 : cumulativeHazard[cause][k - 1]) + hazard;
    });
    if (table.events[k] > 0) s *= table.remaining[k] / atRisk;
    survival[k] = s;
  }
  return { survival, incidence, cumulativeHazard };
}
