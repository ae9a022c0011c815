import { gather } from "../statistics/inner";
import type { SortedOutcome } from "./tied-times";

/** What happened at each distinct time: the columns that every estimate of a survival function starts from. */
export interface EventTable {
  readonly time: number[];
  /** Weight at risk just before the time. */
  readonly atRisk: number[];
  /** Weight of the events at the time. */
  readonly events: number[];
  /** Weight censored at the time, which still was at risk for its events. */
  readonly censored: number[];
}

/**
 * Counts events, censorings and those at risk at each distinct time.
 *
 * @param rows the positions of some rows, in order of time; null for all
 * @param entered the same positions in order of entry, or null if all are at risk from the beginning
 */
export function eventTable(
  outcome: SortedOutcome,
  rows: Uint32Array | null,
  entered: Uint32Array | null,
): EventTable {
  const table =
    rows === null
      ? count(outcome.time, outcome.event, outcome.weights)
      : count(
          gather(outcome.time, rows),
          rows.map((i) => outcome.event[i]),
          outcome.weights === null ? null : gather(outcome.weights, rows),
        );
  if (outcome.entry !== null && entered !== null) {
    removeNotEntered(table, outcome.entry, outcome.weights, entered);
  }
  return table;
}

function count(
  time: Float64Array,
  event: Uint8Array | Uint32Array,
  weights: Float64Array | null,
): EventTable {
  const distinct = countDistinct(time);
  const table: EventTable = {
    time: new Array<number>(distinct),
    atRisk: new Array<number>(distinct),
    events: new Array<number>(distinct),
    censored: new Array<number>(distinct),
  };
  // From the last time backwards, so that the sums of weights grow: taking weights away from the total would
  // leave a remainder of rounding where nobody is left.
  let atRisk = 0;
  for (let i = time.length - 1, k = distinct - 1; i >= 0; k--) {
    const t = time[i];
    let events = 0;
    let censored = 0;
    for (; i >= 0 && time[i] === t; i--) {
      const weight = weights === null ? 1 : weights[i];
      atRisk += weight;
      if (event[i] === 1) events += weight;
      else censored += weight;
    }
    table.time[k] = t;
    table.atRisk[k] = atRisk;
    table.events[k] = events;
    table.censored[k] = censored;
  }
  return table;
}

function countDistinct(time: Float64Array): number {
  let distinct = time.length === 0 ? 0 : 1;
  for (let i = 1; i < time.length; i++) if (time[i] !== time[i - 1]) distinct++;
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
