import { doubles, gatherCodes, identityOrder, sortByGroup, splitByGroup } from "../statistics/inner";
import type { Grouping } from "./groups";
import type { SortedOutcome } from "./tied-times";

/**
 * How the risk set of some rows changes at their distinct times, in order. Just before the k-th time those of `entered`
 * from enters[k] up to, not including, enters[k + 1] come in; at it the observation of those of `rows` from leaves[k] up
 * to leaves[k + 1] ends, who were still at risk. A walk forward adds the first and then takes away the others; a walk
 * backward does the opposite.
 */
export interface RiskSetSteps {
  /** Positions of the rows in order of time. */
  readonly rows: Uint32Array;
  /** One element more than there are distinct times. */
  readonly leaves: Uint32Array;
  /** The same positions in order of entry. Without late entry all come in before the first time. */
  readonly entered: Uint32Array;
  readonly enters: Uint32Array;
}

/**
 * The steps of some rows.
 *
 * @param some the positions of the rows, in order of time; null for all
 * @param entered the same positions in order of entry, or null if all are at risk from the beginning
 */
export function riskSetSteps(
  { time, entry }: Pick<SortedOutcome, "time" | "entry">,
  some: Uint32Array | null,
  entered: Uint32Array | null,
): RiskSetSteps {
  const rows = some ?? identityOrder(time.length);
  const n = rows.length;
  const starts = new Uint32Array(n + 1);
  let distinct = 0;
  for (let i = 0, last = NaN; i < n; i++) {
    const t = time[rows[i]];
    if (t === last) continue;
    starts[distinct++] = i;
    last = t;
  }
  starts[distinct] = n;
  const leaves = starts.subarray(0, distinct + 1);
  const enters = new Uint32Array(distinct + 1);
  if (entry === null || entered === null) {
    enters.fill(n, 1);
    return { rows, leaves, entered: rows, enters };
  }
  for (let k = 0, next = 0; k < distinct; k++) {
    const t = time[rows[leaves[k]]];
    while (next < n && entry[entered[next]] < t) next++;
    enters[k + 1] = next;
  }
  return { rows, leaves, entered, enters };
}

/** The steps of each group or stratum, in their order; those of all rows if there are none. */
export function stepsByGroup(outcome: SortedOutcome, groups: Grouping | null): RiskSetSteps[] {
  const { order, byEntry } = outcome;
  if (groups === null) return [riskSetSteps(outcome, null, byEntry)];
  const code = gatherCodes(groups.code, order);
  const rows = sortByGroup(code, groups.size);
  const entered = byEntry === null ? null : splitByGroup(byEntry, code, groups.size);
  let start = 0;
  return Array.from(groups.size, (size) => {
    const end = start + size;
    const steps = riskSetSteps(outcome, rows.subarray(start, end), entered?.subarray(start, end) ?? null);
    start = end;
    return steps;
  });
}

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

/** Counts events, censorings and those at risk at each distinct time. */
export function eventTable(
  outcome: Pick<SortedOutcome, "time" | "event" | "weights" | "entry">,
  steps: RiskSetSteps,
): EventTable {
  const { time, event, weights } = outcome;
  const { rows, leaves } = steps;
  const distinct = leaves.length - 1;
  const table: EventTable = {
    time: doubles(distinct),
    atRisk: doubles(distinct),
    events: doubles(distinct),
    censored: doubles(distinct),
  };
  // From the last time backwards, so that the sums of weights grow: taking weights away from the total would
  // leave a remainder of rounding where nobody is left.
  let atRisk = 0;
  for (let k = distinct - 1, i = rows.length - 1; k >= 0; k--) {
    const first = leaves[k];
    let events = 0;
    let censored = 0;
    for (; i >= first; i--) {
      const row = rows[i];
      const weight = weights === null ? 1 : weights[row];
      atRisk += weight;
      if (event[row] === 1) events += weight;
      else censored += weight;
    }
    table.time[k] = time[rows[first]];
    table.atRisk[k] = atRisk;
    table.events[k] = events;
    table.censored[k] = censored;
  }
  if (outcome.entry !== null) removeNotEntered(table, weights, steps);
  return table;
}

/** Takes those whose entry is at or after a time out of its number at risk. */
function removeNotEntered(table: EventTable, weights: Float64Array | null, { entered, enters }: RiskSetSteps): void {
  let notEntered = 0;
  let i = entered.length - 1;
  for (let k = table.time.length - 1; k >= 0; k--) {
    for (; i >= enters[k + 1]; i--) notEntered += weights === null ? 1 : weights[entered[i]];
    const atRisk = table.atRisk[k] - notEntered;
    const here = table.events[k] + table.censored[k];
    // Fractional weights leave rounding; whoever is observed at this time is at risk at least.
    table.atRisk[k] = Math.abs(atRisk - here) <= 1e-12 * table.atRisk[k] ? here : atRisk;
  }
}
