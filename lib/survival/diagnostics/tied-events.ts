import { checkOutcome, type Outcome } from "../outcome";
import { sortAndTie } from "../tied-times";

/** Events at one time. */
export interface TiedEvents {
  readonly time: number;
  /** The caller's rows that have their event then, two or more. */
  readonly rows: readonly number[];
}

/**
 * Times at which more than one row has its event: the ties that Efron's, Breslow's and the exact method treat
 * differently. Times that differ by rounding only are one time, as in cox() and in R (`timefix`).
 *
 * @param outcome time and event, n rows
 * @returns in increasing order of time; empty where no two events coincide
 * @throws {InvalidInputError} naming argument and index
 * @example tiedEvents({ time: [3, 5, 5, 5], event: [1, 1, 0, 1] }) // [{ time: 5, rows: [1, 3] }]
 */
export function tiedEvents(outcome: Outcome): TiedEvents[] {
  const action = "tiedEvents";
  const { n, order, time, event } = sortAndTie(action, checkOutcome(action, outcome));
  const byTime = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    if (event[i] === 1) byTime.set(time[i], [...(byTime.get(time[i]) ?? []), order[i]]);
  }
  return [...byTime]
    .filter(([, rows]) => rows.length > 1)
    .map(([at, rows]) => ({ time: at, rows: rows.sort((a, b) => a - b) }));
}
