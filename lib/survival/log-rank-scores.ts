import { eventTable } from "./event-table";
import type { SortedOutcome } from "./tied-times";

/**
 * Log-rank scores: the martingale residuals under one common hazard, a_i = event_i − Ĥ(time_i) + Ĥ(entry_i), where Ĥ
 * is Nelson–Aalen's estimate over all rows.
 *
 * A group's sum of scores is its observed less its expected events of the log-rank test (Peto and Peto 1972, JRSS A
 * 135:185), and Ĥ does not depend on who is in which group. So a permutation test adds up n numbers per permutation
 * instead of going through the risk sets again. The scores of all rows sum to zero.
 *
 * @returns a score for each position of the sorted outcome
 */
export function logRankScores(outcome: SortedOutcome): Float64Array {
  const table = eventTable(outcome, null, outcome.byEntry);
  const scores = new Float64Array(outcome.n);
  let hazard = 0;
  let k = 0;
  for (let row = 0; row < outcome.n; row++) {
    for (; k < table.time.length && table.time[k] <= outcome.time[row]; k++) {
      if (table.events[k] > 0) hazard += table.events[k] / table.atRisk[k];
    }
    scores[row] = outcome.event[row] - hazard;
  }
  if (outcome.entry !== null && outcome.byEntry !== null) {
    hazard = 0;
    k = 0;
    for (const row of outcome.byEntry) {
      for (; k < table.time.length && table.time[k] <= outcome.entry[row]; k++) {
        if (table.events[k] > 0) hazard += table.events[k] / table.atRisk[k];
      }
      scores[row] += hazard;
    }
  }
  return scores;
}
