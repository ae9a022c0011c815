import { chiSquareUpperTail } from "../statistics/chi-square";
import { pow, square } from "../statistics/elementary";
import { cholesky, quadraticForm } from "./cholesky";
import { GroupComparisonError, InvalidInputError } from "./errors";
import { checkGroups, type GroupedOutcome } from "./group-events";
import type { Labels, Outcome } from "./outcome";
import { identityOrder } from "./sort";

/** Rows of several groups, compared within strata where there are some. */
export type GroupedInput = Outcome & { readonly group: Labels; readonly strata?: Labels };

export interface LogRankOptions {
  /** Exponent of S(t−) in the weight of an event time, 0 unless told (the log-rank test); 1 is Peto and Peto's. */
  readonly rho?: number;
  /** Exponent of 1 − S(t−), 0 unless told; above 0 late events weigh more. */
  readonly gamma?: number;
  /** The order in which groups come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
}

export interface LogRankGroup {
  readonly label: string;
  /** Rows in the group. */
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
 * The log-rank test and the Fleming–Harrington family; R's `survdiff(Surv(time, event) ~ group + strata(…), rho = )`.
 *
 * One wants it to ask whether two or more groups have the same survival. At each event time the events expected in a
 * group are its share of those at risk; the differences observed − expected, summed over times, are compared with
 * their hypergeometric covariance (Mantel 1966; Harrington and Fleming 1982, Biometrika 69:553). An event time weighs
 * S(t−)^rho · (1 − S(t−))^gamma, S being the stratum's Kaplan–Meier estimate over all groups.
 *
 * @param input time, event, group and optionally strata, entry and whole weights, all of length n
 * @returns the test; `df` is one less than the number of groups that could be compared
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index
 * @throws {GroupComparisonError} if there is one group, or no two are at risk together when an event occurs
 * @throws {NoEventsError} if no row has the event
 * @example
 * logRank({ time: [1, 2, 3, 4], event: [1, 1, 1, 0], group: ["a", "a", "b", "b"] }).pValue // 0.0896
 */
export function logRank(input: GroupedInput, options: LogRankOptions = {}): LogRankTest {
  const action = "logRank";
  const grouped = checkGroups(action, input, options.order);
  const sums = logRankSums(action, grouped, options);
  const { labels, size } = grouped.groups;
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
      n: size[g],
      observed: sums.observed[g],
      expected: sums.expected[g],
    })),
    covariance: labels.map((_, g) => Array.from(sums.covariance.subarray(g * count, (g + 1) * count))),
  };
}

/** Observed and expected events by group, and the covariance of their difference (row-major). */
export interface LogRankSums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly covariance: Float64Array;
}

/** Sums over event times and strata; what all tests of the family are made from. */
export function logRankSums(
  action: string,
  { outcome, groups, code, strata }: GroupedOutcome,
  { rho = 0, gamma = 0 }: LogRankOptions,
): LogRankSums {
  for (const [name, value] of [["rho", rho] as const, ["gamma", gamma] as const]) {
    if (!(value >= 0 && value < Infinity)) {
      throw new InvalidInputError(`${action}: ${name} is ${value}; a number of at least 0 is needed`, name);
    }
  }
  const count = groups.labels.length;
  const sums: LogRankSums = {
    observed: new Float64Array(count),
    expected: new Float64Array(count),
    covariance: new Float64Array(count * count),
  };
  const simple = count === 2 && strata.length === 1 && outcome.entry === null && outcome.weights === null;
  for (const { rows, entered } of strata) {
    if (simple) addTwoGroups(sums, outcome.time, outcome.event, code, groups.size[0], rho, gamma);
    else {
      addStratum(
        sums,
        outcome.time,
        outcome.event,
        outcome.entry,
        outcome.weights,
        code,
        rows ?? identityOrder(outcome.n),
        entered,
        rho,
        gamma,
      );
    }
  }
  for (let g = 0; g < count; g++) {
    for (let h = 0; h < g; h++) sums.covariance[h * count + g] = sums.covariance[g * count + h];
  }
  return sums;
}

/** The most frequent case by itself: two groups, one stratum, no weights and no entries need no inner loops. */
function addTwoGroups(
  { observed, expected, covariance }: LogRankSums,
  time: Float64Array,
  event: Uint8Array,
  code: Uint32Array,
  sizeOfFirst: number,
  rho: number,
  gamma: number,
): void {
  const weighs = rho !== 0 || gamma !== 0;
  const n = time.length;
  let firstAtRisk = sizeOfFirst;
  let survival = 1;
  let observedFirst = 0;
  let observedSecond = 0;
  let expectedFirst = 0;
  let expectedSecond = 0;
  let variance = 0;
  for (let i = 0; i < n; ) {
    const t = time[i];
    const atRisk = n - i;
    let events = 0;
    let eventsOfFirst = 0;
    let goneOfFirst = 0;
    for (; i < n && time[i] === t; i++) {
      const first = 1 - code[i];
      events += event[i];
      eventsOfFirst += event[i] * first;
      goneOfFirst += first;
    }
    if (events > 0) {
      const weight = weighs ? pow(survival, rho) * pow(1 - survival, gamma) : 1;
      const share = (weight * events) / atRisk;
      observedFirst += weight * eventsOfFirst;
      observedSecond += weight * (events - eventsOfFirst);
      expectedFirst += share * firstAtRisk;
      expectedSecond += share * (atRisk - firstAtRisk);
      if (atRisk > 1) {
        variance +=
          (weight * share * (atRisk - events) * firstAtRisk * (atRisk - firstAtRisk)) /
          (atRisk * (atRisk - 1));
      }
      survival *= (atRisk - events) / atRisk;
    }
    firstAtRisk -= goneOfFirst;
  }
  observed[0] += observedFirst;
  observed[1] += observedSecond;
  expected[0] += expectedFirst;
  expected[1] += expectedSecond;
  covariance[0] += variance;
  covariance[2] -= variance;
  covariance[3] += variance;
}

/** One stratum, in one pass forward in time. Counts are whole numbers, so taking rows away leaves no rounding. */
function addStratum(
  { observed, expected, covariance }: LogRankSums,
  time: Float64Array,
  event: Uint8Array,
  entry: Float64Array | null,
  weights: Float64Array | null,
  code: Uint32Array,
  rows: Uint32Array,
  entered: Uint32Array | null,
  rho: number,
  gamma: number,
): void {
  const count = observed.length;
  const atRisk = new Float64Array(count);
  const events = new Float64Array(count);
  const gone = new Float64Array(count);
  let totalAtRisk = 0;
  if (entered === null) {
    for (let i = 0; i < rows.length; i++) {
      const weight = weights === null ? 1 : weights[rows[i]];
      atRisk[code[rows[i]]] += weight;
      totalAtRisk += weight;
    }
  }
  let nextEntry = 0;
  let survival = 1;
  for (let i = 0; i < rows.length; ) {
    const t = time[rows[i]];
    if (entry !== null && entered !== null) {
      for (; nextEntry < entered.length && entry[entered[nextEntry]] < t; nextEntry++) {
        const weight = weights === null ? 1 : weights[entered[nextEntry]];
        atRisk[code[entered[nextEntry]]] += weight;
        totalAtRisk += weight;
      }
    }
    let totalEvents = 0;
    let totalGone = 0;
    for (; i < rows.length && time[rows[i]] === t; i++) {
      const row = rows[i];
      const weight = weights === null ? 1 : weights[row];
      gone[code[row]] += weight;
      totalGone += weight;
      if (event[row] === 1) {
        events[code[row]] += weight;
        totalEvents += weight;
      }
    }
    if (totalEvents > 0) {
      const weight = rho === 0 && gamma === 0 ? 1 : pow(survival, rho) * pow(1 - survival, gamma);
      const share = (weight * totalEvents) / totalAtRisk;
      const spread =
        totalAtRisk > 1
          ? (weight * share * (totalAtRisk - totalEvents)) / (totalAtRisk * (totalAtRisk - 1))
          : 0;
      for (let g = 0; g < count; g++) {
        observed[g] += weight * events[g];
        expected[g] += share * atRisk[g];
        const scaled = spread * atRisk[g];
        covariance[g * count + g] += scaled * (totalAtRisk - atRisk[g]);
        for (let h = 0; h < g; h++) covariance[g * count + h] -= scaled * atRisk[h];
      }
      survival *= (totalAtRisk - totalEvents) / totalAtRisk;
      events.fill(0);
    }
    for (let g = 0; g < count; g++) {
      atRisk[g] -= gone[g];
      gone[g] = 0;
    }
    totalAtRisk -= totalGone;
  }
}
