import { type EventTable, eventTable, type RiskSetSteps } from "../event-table";
import type { SortedOutcome } from "../tied-times";

/** What happened at each distinct time, by cause. */
export interface CauseTable extends EventTable {
  /** Weight of the events of each cause at each time. */
  readonly eventsByCause: readonly (readonly number[])[];
  /** Weight at risk that has no event at the time; exactly 0 where it differs from 0 by rounding. */
  readonly remaining: Float64Array;
}

/**
 * Counts events of each cause, censorings and those at risk at each distinct time.
 *
 * @param code the cause at each position of the sorted outcome, 0 where censored
 * @param causes how many causes there are
 */
export function causeTable(outcome: SortedOutcome, code: Uint32Array, causes: number, steps: RiskSetSteps): CauseTable {
  const { rows, leaves } = steps;
  const table = eventTable(outcome, steps);
  const length = table.time.length;
  const eventsByCause = Array.from({ length: causes }, () => new Array<number>(length).fill(0));
  for (let k = 0; k < length; k++) {
    for (const row of rows.subarray(leaves[k], leaves[k + 1])) {
      if (code[row] > 0) eventsByCause[code[row] - 1][k] += outcome.weights?.[row] ?? 1;
    }
  }
  const remaining = Float64Array.from(table.atRisk, (atRisk, i) => {
    const left = atRisk - table.events[i];
    return left <= 1e-13 * atRisk ? 0 : left;
  });
  return { ...table, eventsByCause, remaining };
}

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
