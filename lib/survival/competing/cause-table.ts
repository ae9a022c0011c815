import { type EventTable, eventTable } from "../event-table";
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
 * @param rows the positions of some rows, in order of time
 * @param entered the same positions in order of entry, or null if all are at risk from the beginning
 */
export function causeTable(
  outcome: SortedOutcome,
  code: Uint32Array,
  causes: number,
  rows: Uint32Array,
  entered: Uint32Array | null,
): CauseTable {
  const table = eventTable(outcome, rows, entered);
  const length = table.time.length;
  const eventsByCause = Array.from({ length: causes }, () => new Array<number>(length).fill(0));
  let k = 0;
  for (const row of rows) {
    while (table.time[k] !== outcome.time[row]) k++;
    if (code[row] > 0) eventsByCause[code[row] - 1][k] += outcome.weights === null ? 1 : outcome.weights[row];
  }
  const remaining = Float64Array.from(table.atRisk, (atRisk, i) => {
    const left = atRisk - table.events[i];
    return left <= 1e-13 * atRisk ? 0 : left;
  });
  return { ...table, eventsByCause, remaining };
}
