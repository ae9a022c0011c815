import type { SortedOutcome } from "./tied-times";

/** What happened at each distinct time: the columns that every estimate of a survival function starts from. */
export interface EventTable {
  readonly time: Float64Array;
  /** Weight at risk just before the time. */
  readonly atRisk: Float64Array;
  /** Weight of the events at the time. */
  readonly events: Float64Array;
  /** Weight censored at the time, which still was at risk for its events. */
  readonly censored: Float64Array;
}

/**
 * Counts events, censorings and those at risk at each distinct time.
 *
 * @param rows the rows in order of time
 * @param entered the same rows in order of entry, or null if all are at risk from the beginning
 */
export function eventTable(
  outcome: SortedOutcome,
  rows: Uint32Array,
  entered: Uint32Array | null,
): EventTable {
  const table = count(outcome.time, outcome.event, outcome.weights, rows);
  if (outcome.entry !== null && entered !== null) {
    removeNotEntered(table, outcome.entry, outcome.weights, entered);
  }
  return table;
}

function count(
  time: Float64Array,
  event: Uint8Array,
  weights: Float64Array | null,
  rows: Uint32Array,
): EventTable {
  const distinct = countDistinct(time, rows);
  const table: EventTable = {
    time: new Float64Array(distinct),
    atRisk: new Float64Array(distinct),
    events: new Float64Array(distinct),
    censored: new Float64Array(distinct),
  };
  // From the last time backwards, so that the sums of weights grow: taking weights away from the total would
  // leave a remainder of rounding where nobody is left.
  let k = distinct;
  let atRisk = 0;
  let current = NaN;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (time[row] !== current) {
      current = time[row];
      k--;
      table.time[k] = current;
    }
    const weight = weights === null ? 1 : weights[row];
    atRisk += weight;
    table.atRisk[k] = atRisk;
    if (event[row] === 1) table.events[k] += weight;
    else table.censored[k] += weight;
  }
  return table;
}

function countDistinct(time: Float64Array, rows: Uint32Array): number {
  let distinct = 0;
  let current = NaN;
  for (let i = 0; i < rows.length; i++) {
    if (time[rows[i]] !== current) {
      current = time[rows[i]];
      distinct++;
    }
  }
  return distinct;
}

/** Takes those whose entry is at or after a time out of its number at risk. */
function removeNotEntered(
  table: EventTable,
  entry: Float64Array,
  weights: Float64Array | null,
  entered: Uint32Array,
): void {
  let notEntered = 0;
  let i = entered.length - 1;
  for (let k = table.time.length - 1; k >= 0; k--) {
    for (; i >= 0 && entry[entered[i]] >= table.time[k]; i--) {
      notEntered += weights === null ? 1 : weights[entered[i]];
    }
    const atRisk = table.atRisk[k] - notEntered;
    const here = table.events[k] + table.censored[k];
    // Fractional weights leave rounding; whoever is observed at this time is at risk at least.
    table.atRisk[k] = Math.abs(atRisk - here) <= 1e-12 * table.atRisk[k] ? here : atRisk;
  }
}
