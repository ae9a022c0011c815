import { InvalidInputError } from "../statistics";
import { pow } from "../statistics/elementary";
import { checkOneOf, checkPositive, shown } from "../statistics/inner";
import { eventTable, type RiskSetSteps, riskSetSteps, stepsByGroup } from "./event-table";
import type { GroupedOutcome } from "./groups";
import type { SortedOutcome } from "./tied-times";

/** How event times weigh: by S(t−)^rho · (1 − S(t−))^gamma, or in one of the older ways. */
export interface TimeWeights {
  /**
   * Exponent of S(t−) in the weight of an event time, 0 unless told (the log-rank test); 1 is R's Peto and Peto
   * modification of the Gehan–Wilcoxon test. Above 0 early events weigh more, below 0 late ones.
   */
  readonly rho?: number;
  /** Exponent of 1 − S(t−), 0 unless told; above 0 late events weigh more. */
  readonly gamma?: number;
  /**
   * Instead of rho and gamma: "gehan" (Breslow's generalised Wilcoxon test), the number n at risk; "tarone-ware", √n;
   * "peto-peto", their own estimate of survival, ∏ (1 − d/(n + 1)) up to and with the time.
   */
  readonly weighting?: Weighting;
}

export type Weighting = "log-rank" | "gehan" | "tarone-ware" | "peto-peto";

/** The weight of an event time, from S(t−), the number at risk and Peto's estimate after it. */
type WeightOf = (survival: number, atRisk: number, peto: number) => number;

/** Checks what is asked for, and turns it into a function; null where all event times weigh the same. */
function weightOf(action: string, { rho = 0, gamma = 0, weighting = "log-rank" }: TimeWeights): WeightOf | null {
  checkOneOf(action, "weighting", weighting, ["log-rank", "gehan", "tarone-ware", "peto-peto"]);
  if (!Number.isFinite(rho))
    throw new InvalidInputError(`${action}: rho is ${shown(rho)}; a finite number is needed`, "rho");
  checkPositive(action, "gamma", gamma, true);
  if (weighting !== "log-rank") {
    if (rho !== 0 || gamma !== 0) {
      const message = `${action}: weighting ${shown(weighting)} and rho or gamma are both asked for; one way to weigh is needed`;
      throw new InvalidInputError(message, "weighting");
    }
    if (weighting === "gehan") return (_, atRisk) => atRisk;
    return weighting === "tarone-ware" ? (_, atRisk) => Math.sqrt(atRisk) : (_survival, _atRisk, peto) => peto;
  }
  if (rho === 0 && gamma === 0) return null;
  return (survival) => {
    const weight = pow(survival, rho) * pow(1 - survival, gamma);
    if (Number.isFinite(weight)) return weight;
    const message = `${action}: rho is ${rho}, and events occur after survival has fallen to 0, where its power has no end; a rho of at least 0 is needed`;
    throw new InvalidInputError(message, "rho");
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
  timeWeights: TimeWeights,
): LogRankSums {
  const weigh = weightOf(action, timeWeights);
  const count = groups.labels.length;
  const sums: LogRankSums = {
    observed: new Float64Array(count),
    expected: new Float64Array(count),
    covariance: new Float64Array(count * count),
  };
  const oneStratum = strata === null || strata.size.length === 1;
  if (count === 2 && oneStratum && outcome.entry === null && outcome.weights === null) {
    addTwoGroups(sums, outcome, code, groups.size[0], weigh);
  } else {
    for (const steps of stepsByGroup(outcome, strata)) addStratum(sums, outcome, code, steps, weigh);
  }
  for (let g = 0; g < count; g++) {
    for (let h = 0; h < g; h++) sums.covariance[h * count + g] = sums.covariance[g * count + h];
  }
  return sums;
}

/** The most frequent case by itself: two groups, one stratum, no weights and no entries need no inner loops. */
function addTwoGroups(
  { observed, expected, covariance }: LogRankSums,
  { time, event }: SortedOutcome,
  code: Uint32Array,
  sizeOfFirst: number,
  weigh: WeightOf | null,
): void {
  const n = time.length;
  let firstAtRisk = sizeOfFirst;
  let survival = 1;
  let peto = 1;
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
      let weight = 1;
      if (weigh !== null) {
        peto *= 1 - events / (atRisk + 1);
        weight = weigh(survival, atRisk, peto);
      }
      const share = (weight * events) / atRisk;
      observedFirst += weight * eventsOfFirst;
      observedSecond += weight * (events - eventsOfFirst);
      expectedFirst += share * firstAtRisk;
      expectedSecond += share * (atRisk - firstAtRisk);
      if (atRisk > 1) {
        variance +=
          (weight * share * (atRisk - events) * firstAtRisk * (atRisk - firstAtRisk)) / (atRisk * (atRisk - 1));
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
  sums: LogRankSums,
  { event, weights }: SortedOutcome,
  code: Uint32Array,
  { rows, leaves, entered, enters }: RiskSetSteps,
  weigh: WeightOf | null,
): void {
  const count = sums.observed.length;
  const atRisk = new Float64Array(count);
  const events = new Float64Array(count);
  const gone = new Float64Array(count);
  const weightOf = (row: number) => (weights === null ? 1 : weights[row]);
  let totalAtRisk = 0;
  let survival = 1;
  let peto = 1;
  for (let k = 0; k + 1 < leaves.length; k++) {
    for (let i = enters[k]; i < enters[k + 1]; i++) {
      const weight = weightOf(entered[i]);
      atRisk[code[entered[i]]] += weight;
      totalAtRisk += weight;
    }
    let totalEvents = 0;
    let totalGone = 0;
    for (let i = leaves[k]; i < leaves[k + 1]; i++) {
      const row = rows[i];
      const weight = weightOf(row);
      gone[code[row]] += weight;
      totalGone += weight;
      if (event[row] === 1) {
        events[code[row]] += weight;
        totalEvents += weight;
      }
    }
    if (totalEvents > 0) {
      let weight = 1;
      if (weigh !== null) {
        peto *= 1 - totalEvents / (totalAtRisk + 1);
        weight = weigh(survival, totalAtRisk, peto);
      }
      addEventTime(sums, { atRisk, events, totalAtRisk, totalEvents, weight });
      survival *= (totalAtRisk - totalEvents) / totalAtRisk;
      events.fill(0);
    }
    for (let g = 0; g < count; g++) atRisk[g] -= gone[g];
    gone.fill(0);
    totalAtRisk -= totalGone;
  }
}

/** A time with events: who is at risk and who has the event, by group and in all, and how the time weighs. */
interface EventTime {
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly totalAtRisk: number;
  readonly totalEvents: number;
  readonly weight: number;
}

function addEventTime(
  { observed, expected, covariance }: LogRankSums,
  { atRisk, events, totalAtRisk, totalEvents, weight }: EventTime,
): void {
  const count = observed.length;
  const share = (weight * totalEvents) / totalAtRisk;
  const spread =
    totalAtRisk > 1 ? (weight * share * (totalAtRisk - totalEvents)) / (totalAtRisk * (totalAtRisk - 1)) : 0;
  for (let g = 0; g < count; g++) {
    observed[g] += weight * events[g];
    expected[g] += share * atRisk[g];
    const scaled = spread * atRisk[g];
    covariance[g * count + g] += scaled * (totalAtRisk - atRisk[g]);
    for (let h = 0; h < g; h++) covariance[g * count + h] -= scaled * atRisk[h];
  }
}

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
  const steps = riskSetSteps(outcome, null, outcome.byEntry);
  const { rows, leaves, entered, enters } = steps;
  const { events, atRisk } = eventTable(outcome, steps);
  const scores = new Float64Array(outcome.n);
  let hazard = 0;
  for (let k = 0; k < events.length; k++) {
    for (let i = enters[k]; i < enters[k + 1]; i++) scores[entered[i]] = hazard;
    if (events[k] > 0) hazard += events[k] / atRisk[k];
    for (let i = leaves[k]; i < leaves[k + 1]; i++) {
      const row = rows[i];
      scores[row] = outcome.event[row] - hazard + scores[row];
    }
  }
  return scores;
}
