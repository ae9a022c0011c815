import { exp, log } from "../../statistics/elementary";
import type { CoxDesign } from "./design";
import type { EventTimes } from "./event-times";
import { type MeanRows, meanRowsFor } from "./mean-products";

/** How events at the same time are handled by the two methods that keep the likelihood a product of simple terms. */
export type SimpleTies = "efron" | "breslow";

/** The sums over risk sets at some coefficients, from which likelihood, residuals and baseline hazard are made. */
export interface RiskSums {
  /** exp(linear predictor) × weight, by position, up to the factor exp(−shift). */
  readonly risk: Float64Array;
  /** Subtracted from all linear predictors, so that none overflows. */
  shift: number;
  /** Σ risk over the risk set of each event time. */
  readonly atRisk: Float64Array;
  /** Σ risk over the events at each event time; with Efron's method and ties only. */
  readonly dying: Float64Array | null;
  /** 1 where nobody of the later risk set is at risk any more; with entries only. */
  readonly fresh: Uint8Array | null;
  /** The hazard's increment at each event time for those at risk (in units of risk). */
  readonly increment: Float64Array;
  /** The same for those who have their event then: Efron counts them in part. */
  readonly incrementOfDying: Float64Array | null;
  /** Σ w̄/S₀², Σ f·w̄/S₀² and Σ f²·w̄/S₀² over the terms of an event time (f = 0 in all but Efron's). */
  readonly squares: Float64Array;
  readonly crossSquares: Float64Array | null;
  readonly dyingSquares: Float64Array | null;
  /** The cumulative hazard that each position went through, times its risk. */
  readonly expected: Float64Array;
  /** Scratch of the information's second part. */
  readonly meanRows: MeanRows;
}

/** Space for the sums of a design, allocated once a fit. */
export function riskSumsFor(design: CoxDesign, times: EventTimes, ties: SimpleTies): RiskSums {
  const split = ties === "efron" && times.tied;
  return {
    risk: new Float64Array(design.n),
    shift: 0,
    atRisk: new Float64Array(times.count),
    dying: split ? new Float64Array(times.count) : null,
    fresh: design.entry === null ? null : new Uint8Array(times.count),
    increment: new Float64Array(times.count),
    incrementOfDying: split ? new Float64Array(times.count) : null,
    squares: new Float64Array(times.count),
    crossSquares: split ? new Float64Array(times.count) : null,
    dyingSquares: split ? new Float64Array(times.count) : null,
    expected: new Float64Array(design.n),
    meanRows: meanRowsFor(design.names.length, times.count),
  };
}

/**
 * Fills the sums at linear predictors and returns the log partial likelihood.
 *
 * The likelihood of an event time is ∏ exp(η of those dying)/S₀ with Breslow's method. Efron's takes d events as one
 * after the other in unknown order: S₀ − f·D₀ for f = 0, 1/d, …, (d − 1)/d, where D₀ is the sum over the dying
 * (Efron 1977, JASA 72:557; Therneau and Grambsch 2000, section 3.3). All d terms of a time share S₀ and D₀, so that
 * sums over them are made here once, and no row is visited d times.
 *
 * @param predictor linear predictors by position; overwritten
 */
export function fillRiskSums(
  design: CoxDesign,
  times: EventTimes,
  sums: RiskSums,
  predictor: Float64Array,
): number {
  sums.shift = largest(predictor);
  const fromEvents = sumOverEvents(predictor, design.counted, design.weights, sums.shift);
  exponentiate(predictor, design.weights, sums.shift, sums.risk);
  if (design.entry === null || design.byEntry === null || sums.fresh === null) {
    sumAtRisk(sums.risk, times.first, times.strata, design.strata, sums.atRisk);
  } else {
    sumAtRiskWithEntry(design, times, design.entry, design.byEntry, sums.risk, sums.atRisk, sums.fresh);
  }
  const fromRiskSets = fillIncrements(times, sums);
  fillExpectedHazard(design, times, sums);
  return fromEvents - fromRiskSets;
}

/** Fills `expected` from the increments: each position's risk times the increments it was at risk for. */
export function fillExpectedHazard(design: CoxDesign, times: EventTimes, sums: RiskSums): void {
  if (design.entry === null || design.byEntry === null) {
    fillExpected(design, times, sums);
  } else {
    fillExpectedWithEntry(design, times, sums, design.entry, design.byEntry);
  }
}

function largest(values: Float64Array): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > max) max = values[i];
  return max;
}

function sumOverEvents(
  predictor: Float64Array,
  counted: Uint8Array,
  weights: Float64Array | null,
  shift: number,
): number {
  let sum = 0;
  if (weights === null) {
    for (let i = 0; i < predictor.length; i++) sum += counted[i] * (predictor[i] - shift);
  } else {
    for (let i = 0; i < predictor.length; i++) sum += counted[i] * weights[i] * (predictor[i] - shift);
  }
  return sum;
}

function exponentiate(
  predictor: Float64Array,
  weights: Float64Array | null,
  shift: number,
  risk: Float64Array,
): void {
  for (let i = 0; i < risk.length; i++) risk[i] = exp(predictor[i] - shift);
  if (weights !== null) for (let i = 0; i < risk.length; i++) risk[i] *= weights[i];
}

function sumAtRisk(
  risk: Float64Array,
  first: Uint32Array,
  firstTime: Uint32Array,
  strata: Uint32Array,
  atRisk: Float64Array,
): void {
  for (let s = 0; s + 1 < strata.length; s++) {
    let sum = 0;
    let i = strata[s + 1];
    for (let e = firstTime[s + 1] - 1; e >= firstTime[s]; e--) {
      for (const from = first[e]; i > from; ) sum += risk[--i];
      atRisk[e] = sum;
    }
  }
}

/**
 * With entries rows also leave the risk set again, going backwards in time. Where all of it has left, the sum starts
 * anew, so that rounding does not outlive it.
 */
function sumAtRiskWithEntry(
  design: CoxDesign,
  times: EventTimes,
  entry: Float64Array,
  byEntry: Uint32Array,
  risk: Float64Array,
  atRisk: Float64Array,
  fresh: Uint8Array,
): void {
  const { time, strata } = design;
  for (let s = 0; s + 1 < strata.length; s++) {
    let sum = 0;
    let count = 0;
    let i = strata[s + 1];
    let k = strata[s + 1];
    for (let e = times.strata[s + 1] - 1; e >= times.strata[s]; e--) {
      const t = time[times.first[e]];
      const boundary = i;
      let stayed = count;
      let change = 0;
      for (; i > times.first[e]; count++) change += risk[--i];
      for (; k > strata[s] && entry[byEntry[k - 1]] >= t; count--) {
        const position = byEntry[--k];
        if (position >= boundary) {
          stayed--;
          sum -= risk[position];
        } else {
          change -= risk[position];
        }
      }
      fresh[e] = stayed === 0 ? 1 : 0;
      sum = stayed === 0 ? change : sum + change;
      atRisk[e] = sum;
    }
  }
}

/** The terms of each event time; returns Σ w̄·log S₀. */
function fillIncrements(times: EventTimes, sums: RiskSums): number {
  const { risk, atRisk, dying, increment, incrementOfDying, squares, crossSquares, dyingSquares } = sums;
  const { first, deaths, weight } = times;
  let logarithms = 0;
  for (let e = 0; e < times.count; e++) {
    const sum = atRisk[e];
    const d = deaths[e];
    if (
      dying === null ||
      incrementOfDying === null ||
      crossSquares === null ||
      dyingSquares === null ||
      d === 1
    ) {
      logarithms += weight[e] * log(sum);
      increment[e] = weight[e] / sum;
      squares[e] = weight[e] / (sum * sum);
      if (incrementOfDying !== null) incrementOfDying[e] = increment[e];
      continue;
    }
    let sumOfDying = 0;
    for (let i = first[e]; i < first[e] + d; i++) sumOfDying += risk[i];
    dying[e] = sumOfDying;
    const mean = weight[e] / d;
    let ofAll = 0;
    let ofDying = 0;
    let a = 0;
    let b = 0;
    let c = 0;
    for (let k = 0; k < d; k++) {
      const f = k / d;
      const left = sum - f * sumOfDying;
      const term = mean / left;
      logarithms += mean * log(left);
      ofAll += term;
      ofDying += (1 - f) * term;
      a += term / left;
      b += (f * term) / left;
      c += (f * f * term) / left;
    }
    increment[e] = ofAll;
    incrementOfDying[e] = ofDying;
    squares[e] = a;
    crossSquares[e] = b;
    dyingSquares[e] = c;
  }
  return logarithms;
}

function fillExpected(design: CoxDesign, times: EventTimes, sums: RiskSums): void {
  const { strata } = design;
  const { risk, increment, incrementOfDying, expected } = sums;
  for (let s = 0; s + 1 < strata.length; s++) {
    let hazard = 0;
    let i = strata[s];
    for (let e = times.strata[s]; e < times.strata[s + 1]; e++) {
      for (; i < times.first[e]; i++) expected[i] = risk[i] * hazard;
      if (incrementOfDying !== null) {
        const ofDying = hazard + incrementOfDying[e];
        for (const end = i + times.deaths[e]; i < end; i++) expected[i] = risk[i] * ofDying;
      }
      hazard += increment[e];
    }
    for (; i < strata[s + 1]; i++) expected[i] = risk[i] * hazard;
  }
}

/** The same, less the hazard before each position's entry. */
function fillExpectedWithEntry(
  design: CoxDesign,
  times: EventTimes,
  sums: RiskSums,
  entry: Float64Array,
  byEntry: Uint32Array,
): void {
  const { time, strata } = design;
  const { risk, increment, expected } = sums;
  fillExpected(design, times, sums);
  for (let s = 0; s + 1 < strata.length; s++) {
    let hazard = 0;
    let e = times.strata[s];
    for (let k = strata[s]; k < strata[s + 1]; k++) {
      const position = byEntry[k];
      for (; e < times.strata[s + 1] && time[times.first[e]] <= entry[position]; e++) hazard += increment[e];
      expected[position] -= risk[position] * hazard;
    }
  }
}
