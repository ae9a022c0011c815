import { holm } from "../statistics";
import { checkGroups } from "./group-events";
import { type GroupedInput, type LogRankOptions, logRank } from "./log-rank";

export interface PairwiseComparison {
  readonly groups: readonly [string, string];
  readonly chiSquare: number;
  readonly pValue: number;
  /** Holm's adjustment over all pairs. */
  readonly adjustedPValue: number;
}

/**
 * Compares each pair of groups by the log-rank test, with Holm's adjustment for the number of pairs; what
 * `pairwise_survdiff(…, p.adjust.method = "holm")` of R's survminer gives.
 *
 * One wants it after a test over several groups that says they differ but not which. Each pair is tested on its own
 * rows; the other groups have no part in it.
 *
 * @param input time, event, group and optionally strata, entry and whole weights
 * @param options as for logRank
 * @returns a comparison for each pair, in the order of the groups
 * @throws as logRank; a pair that cannot be compared makes the whole call fail, with the pair's reason
 * @example pairwiseLogRank({ time, event, group }).filter((pair) => pair.adjustedPValue < 0.05)
 */
export function pairwiseLogRank(input: GroupedInput, options: LogRankOptions = {}): PairwiseComparison[] {
  const { groups } = checkGroups("pairwiseLogRank", input, options.order);
  const pairs: [number, number][] = [];
  for (let a = 0; a < groups.labels.length; a++) {
    for (let b = a + 1; b < groups.labels.length; b++) pairs.push([a, b]);
  }
  const tests = pairs.map(([a, b]) => {
    const rows: number[] = [];
    groups.code.forEach((group, i) => {
      if (group === a || group === b) rows.push(i);
    });
    const pair = rowsOf(input, rows);
    return logRank(pair, { rho: options.rho, gamma: options.gamma });
  });
  const adjusted = holm(tests.map((test) => test.pValue));
  return pairs.map(([a, b], i) => ({
    groups: [groups.labels[a], groups.labels[b]],
    chiSquare: tests[i].chiSquare,
    pValue: tests[i].pValue,
    adjustedPValue: adjusted[i],
  }));
}

function rowsOf(input: GroupedInput, rows: readonly number[]): GroupedInput {
  const { time, event, group, entry, weights, strata } = input;
  return {
    time: rows.map((i) => time[i]),
    event: rows.map((i) => event[i]),
    group: rows.map((i) => group[i]),
    ...(entry && { entry: rows.map((i) => entry[i]) }),
    ...(weights && { weights: rows.map((i) => weights[i]) }),
    ...(strata && { strata: rows.map((i) => strata[i]) }),
  };
}
