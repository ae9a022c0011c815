import { chiSquareUpperTail, GroupComparisonError, holm, InvalidInputError, twoSidedP } from "../statistics";
import { square } from "../statistics/elementary";
import { calledAs, checkFields, cholesky, lengthOf, quadraticForm, shown } from "../statistics/inner";
import { checkGroups, type GroupedInput, isNumeric } from "./groups";
import { logRankSums, type TimeWeights } from "./log-rank-sums";
import { checkFinite, type Vector } from "./outcome";

export interface LogRankOptions extends TimeWeights {
  /** The order in which groups come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
}

export interface LogRankGroup {
  readonly label: string;
  /** Rows in the group, each as often as it was counted. */
  readonly n: number;
  /** Events observed in the group, weighted as the test weights event times, summed over strata. */
  readonly observed: number;
  /** Events expected if all groups had the same hazard, weighted and summed likewise. */
  readonly expected: number;
}

export interface LogRankTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  readonly groups: readonly LogRankGroup[];
  /** Covariance of observed − expected, groups × groups. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * The log-rank test and the Fleming–Harrington family; R's `survdiff(Surv(time, event) ~ group + strata(…), rho = …)`.
 *
 * One wants it to ask whether two or more groups have the same survival. At each event time the events expected in a
 * group are its share of those at risk; the differences observed − expected, summed over times, are compared with
 * their hypergeometric covariance (Mantel 1966; Harrington and Fleming 1982, Biometrika 69:553). An event time weighs
 * S(t−)^rho · (1 − S(t−))^gamma, S being the stratum's Kaplan–Meier estimate over all groups, or as `weighting` says: by
 * n (Gehan 1965, Biometrika 52:203), √n (Tarone and Ware 1977, Biometrika 64:156), or Peto and Peto's survival (1972, JRSS A
 * 135:185; Klein and Moeschberger 2003, Survival Analysis, table 7.3; in R the weights n, sqrtN and S1 of `survMisc::comp`).
 *
 * @param input time, event, group and optionally strata, entry, counts and whole weights (which count rows here), all of length n
 * @returns the test; `df` is one less than the number of groups that could be compared
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index
 * @throws {GroupComparisonError} if there is one group, or no two are at risk together when an event occurs
 * @throws {NoEventsError} if no row has the event
 * @example
 * logRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 0], group: ["a", "a", "b", "b"] }).pValue // 0.0896
 */
export function logRank(input: GroupedInput, options: LogRankOptions = {}): LogRankTest {
  const action = "logRank";
  checkFields(action, "options", options, LOG_RANK_OPTIONS);
  const grouped = checkGroups(action, input, options.order);
  const sums = logRankSums(action, grouped, options);
  const { labels } = grouped.groups;
  const count = labels.length;
  // The differences sum to zero, so one group is left out; one that was never at risk has no say at all.
  const used = labels.map((_, g) => g).filter((g) => sums.expected[g] > 0);
  const kept = used.slice(1);
  const variance = new Float64Array(square(kept.length));
  kept.forEach((g, i) => {
    kept.forEach((h, j) => {
      variance[i * kept.length + j] = sums.covariance[g * count + h];
    });
  });
  const decomposition = cholesky(variance, kept.length);
  if (decomposition.rank === 0) {
    throw new GroupComparisonError(
      `${action}: no two groups are at risk together when an event occurs, so that they cannot be compared`,
    );
  }
  const chiSquare = quadraticForm(
    decomposition,
    kept.map((g) => sums.observed[g] - sums.expected[g]),
  );
  const df = decomposition.rank;
  return {
    chiSquare,
    df,
    pValue: chiSquareUpperTail(Math.max(0, chiSquare), df),
    groups: labels.map((label, g) => ({
      label,
      n: grouped.rows[g],
      observed: sums.observed[g],
      expected: sums.expected[g],
    })),
    covariance: labels.map((_, g) => Array.from(sums.covariance.subarray(g * count, (g + 1) * count))),
  };
}

const LOG_RANK_OPTIONS = ["rho", "gamma", "weighting", "order"];

export interface TrendTest {
  /** Positive if groups with higher scores have more events than expected. */
  readonly z: number;
  readonly chiSquare: number;
  readonly df: 1;
  readonly pValue: number;
  readonly scores: readonly { readonly label: string; readonly score: number }[];
}

/**
 * The log-rank test for trend over ordered groups (Tarone 1975, Biometrika 62:679; Collett 2015, Modelling Survival
 * Data in Medical Research, section 2.8).
 *
 * One wants it where groups have an order, such as doses or degrees of attention: it spends its one degree of freedom
 * on hazards that rise or fall along the order. z = Σ s(O − E) / √(sᵀVs). In R it is the score
 * test of a Cox model (R: `coxph(Surv(time, event) ~ score)$score`), which is the same where no events are tied.
 *
 * @param input time, event, group and optionally strata, entry, counts and whole weights
 * @param options as for logRank; `scores` are the groups' numbers in their order, 1, 2, … unless told. Where labels are
 *   no numbers, `order` or `scores` is needed: the alphabet is no order of degrees
 * @throws as logRank, and {InvalidInputError} if scores are not one number a group or all the same, or labels are texts
 *   without an order
 * @example logRankTrend({ time: [5, 4, 3, 1], event: [1, 1, 1, 1], group: [1, 1, 2, 3] }).z > 0 // true
 */
export function logRankTrend(
  input: GroupedInput,
  options: LogRankOptions & { readonly scores?: Vector } = {},
): TrendTest {
  const action = "logRankTrend";
  checkFields(action, "options", options, [...LOG_RANK_OPTIONS, "scores"]);
  const grouped = checkGroups(action, input, options.order);
  const { labels } = grouped.groups;
  if (options.order === undefined && options.scores === undefined && !labels.every(isNumeric)) {
    const message = `${action}: the groups ${labels.map(shown).join(", ")} have no order but the alphabet's; give order: [lowest, …, highest], or scores`;
    throw new InvalidInputError(message, "order");
  }
  const given = checkScores(action, options.scores ?? labels.map((_, g) => g + 1), labels.length);
  // A shift of all scores changes nothing, and small ones lose fewer digits in the variance.
  const center = given.reduce((sum, score) => sum + score, 0) / given.length;
  const scores = given.map((score) => score - center);
  const sums = logRankSums(action, grouped, options);
  let difference = 0;
  let variance = 0;
  scores.forEach((score, g) => {
    difference += score * (sums.observed[g] - sums.expected[g]);
    scores.forEach((other, h) => {
      variance += score * other * sums.covariance[g * scores.length + h];
    });
  });
  if (!(variance > 0)) {
    throw new GroupComparisonError(
      `${action}: groups of different score are never at risk together when an event occurs, so there is no trend to test`,
    );
  }
  const z = difference / Math.sqrt(variance);
  return {
    z,
    chiSquare: z * z,
    df: 1,
    pValue: twoSidedP(z),
    scores: labels.map((label, g) => ({ label, score: given[g] })),
  };
}

function checkScores(action: string, values: Vector, count: number): Float64Array {
  if (lengthOf(action, "scores", values) !== count) {
    const message = `${action}: scores has ${values.length} elements and there are ${count} groups; one score a group is needed`;
    throw new InvalidInputError(message, "scores");
  }
  const scores = checkFinite(action, "scores", values, count);
  if (scores.every((score) => score === scores[0])) {
    throw new InvalidInputError(`${action}: all scores are ${scores[0]}; different scores are needed`, "scores");
  }
  return scores;
}

export interface PairwiseComparison {
  readonly groups: readonly [string, string];
  readonly chiSquare: number;
  readonly pValue: number;
  /** Holm's adjustment over all pairs. */
  readonly adjustedPValue: number;
}

/**
 * Compares each pair of groups by the log-rank test, with Holm's adjustment for the number of pairs
 * (R: `survminer::pairwise_survdiff(…, p.adjust.method = "holm")`).
 *
 * One wants it after a test over several groups that says they differ but not which. Each pair is tested on its own
 * rows; the other groups have no part in it.
 *
 * @param input time, event, group and optionally strata, entry, counts and whole weights
 * @param options as for logRank
 * @returns a comparison for each pair, in the order of the groups
 * @throws as logRank; a pair that cannot be compared makes the whole call fail, with the pair's reason
 * @example pairwiseLogRank({ time, event, group }).filter((pair) => pair.adjustedPValue < 0.05)
 */
export function pairwiseLogRank(input: GroupedInput, options: LogRankOptions = {}): PairwiseComparison[] {
  const action = "pairwiseLogRank";
  checkFields(action, "options", options, LOG_RANK_OPTIONS);
  const { groups } = checkGroups(action, input, options.order);
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
    return calledAs(action, () => logRank(pair, { ...options, order: undefined }));
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
  const { time, event, group, entry, weights, counts, strata } = input;
  return {
    time: rows.map((i) => time[i]),
    event: rows.map((i) => event[i]),
    group: rows.map((i) => group[i]),
    ...(entry && { entry: rows.map((i) => entry[i]) }),
    ...(weights && { weights: rows.map((i) => weights[i]) }),
    ...(counts && { counts: rows.map((i) => counts[i]) }),
    ...(strata && { strata: rows.map((i) => strata[i]) }),
  };
}
