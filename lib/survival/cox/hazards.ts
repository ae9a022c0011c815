import { exp } from "../../statistics/elementary";
import { SumOfLogs, type WaitingRows, waitingRows } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { type RiskSets, riskSets, walkBack, walkBackPlainly, walkStaying } from "./risk-sets";
import { fillCountedTerms, fillPlainTerms, type TiedTerms, tiedTerms } from "./tied-terms";

/** How events at the same time are handled by the two methods that keep the likelihood a product of simple terms. */
export type SimpleTies = "efron" | "breslow";

/** Rows of means over risk sets that are collected before their products are taken. */
export const BLOCK = 512;

/** The sums over risk sets at some coefficients, from which likelihood, residuals and baseline hazard are made. */
export interface RiskSums {
  readonly design: CoxDesign;
  readonly sets: RiskSets;
  readonly ties: SimpleTies;
  /** Linear predictors by position; free once the sums are made. */
  readonly predictor: Float64Array;
  /** exp(linear predictor) × weight, by position, up to the factor exp(−shift). */
  readonly risk: Float64Array;
  /** Subtracted from all linear predictors, so that none overflows. */
  shift: number;
  /** Σ risk over the risk set of each event time. */
  readonly atRisk: Float64Array;
  /** The hazard's increment at each event time for those at risk (in units of risk). */
  readonly increment: Float64Array;
  /** Σ w̄/S₀² over the terms of an event time. */
  readonly squares: Float64Array;
  /** What Efron's method needs beside it; null where no events are tied, or with Breslow's. */
  readonly efron: EfronSums | null;
  /** The cumulative hazard that each position went through, times its risk. */
  readonly expected: Float64Array;
  /** Scratch of the information's second part: a row for each event time, two for a tied one. */
  readonly means: WaitingRows;
}

/** Sums over the events that are tied at each event time; as for Breslow's method where there is a single one. */
export interface EfronSums {
  /** D₀ = Σ risk over the events. */
  readonly dying: Float64Array;
  /** The hazard's increment for those who have their event then: they are counted in part. */
  readonly increment: Float64Array;
  /** Σ φ·w̄/S₀² and Σ φ²·w̄/S₀² over the terms, where φ = f, or 1 − f where rows are counted: it is small where S₀ is. */
  readonly crossSquares: Float64Array;
  readonly dyingSquares: Float64Array;
  /** Σ risk over those who stay at risk; null where rows are not counted. */
  readonly staying: Float64Array | null;
  /** Scratch. */
  readonly terms: TiedTerms;
}

/** Space for the sums of a design, allocated once a fit. */
export function riskSumsFor(design: CoxDesign, ties: SimpleTies, sets = riskSets(design)): RiskSums {
  const ofRows = () => new Float64Array(design.n);
  const ofTimes = () => new Float64Array(sets.count);
  return {
    design,
    sets,
    ties,
    predictor: ofRows(),
    risk: ofRows(),
    shift: 0,
    atRisk: ofTimes(),
    increment: ofTimes(),
    squares: ofTimes(),
    efron:
      ties === "efron" && sets.tied
        ? {
            dying: ofTimes(),
            increment: ofTimes(),
            crossSquares: ofTimes(),
            dyingSquares: ofTimes(),
            staying: sets.counted ? ofTimes() : null,
            terms: tiedTerms(),
          }
        : null,
    expected: ofRows(),
    // Enough for two full blocks and what ties add, or for all event times.
    means: waitingRows(design.names.length, Math.min(4 * BLOCK, 2 * sets.count + 1)),
  };
}

/**
 * Fills the sums at coefficients and returns the log partial likelihood.
 *
 * The likelihood of an event time is ∏ exp(η of those dying)/S₀ with Breslow's method. Efron's takes d events as one
 * after the other in unknown order: S₀ − f·D₀ for f = 0, 1/d, …, (d − 1)/d, where D₀ is the sum over the dying
 * (Efron 1977, JASA 72:557; Therneau and Grambsch 2000, section 3.3). All d terms of a time share S₀ and D₀, so that
 * sums over them are made here once, and no row is visited d times. A position that was counted n times is n rows of one sum,
 * and n of the d events.
 *
 * @param coefficients of the design's centered and scaled columns
 */
export function fillRiskSums(sums: RiskSums, coefficients: ArrayLike<number>): number {
  const { design, sets, predictor, risk, expected } = sums;
  fillPredictor(design, coefficients, predictor);
  sums.shift = largest(predictor);
  const fromEvents = sumOverEvents(design, predictor, sums.shift);
  exponentiate(predictor, design.weights, sums.shift, risk);
  // Added and taken away again at one time, a large risk would leave its rounding behind.
  for (const position of sets.never) risk[position] = 0;
  if (sums.efron?.staying) {
    walkStaying(sets, risk, null, 0, sums.efron.staying);
  } else if (sets.leaving === null) {
    walkBackPlainly(sets, risk, sums.atRisk);
  } else {
    // Σ risk·1; the space of what is expected is not used yet.
    const ones = { risk, x: expected.fill(1), column: 0, sum: 0, rest: 0 };
    walkBack(sets, ones, 0, sets.count, { values: sums.atRisk, at: 0, step: 1 });
  }
  const fromRiskSets = fillIncrements(sums);
  fillExpected(sums);
  return fromEvents - fromRiskSets;
}

/** η = offset + x·β. */
export function fillPredictor(
  { n, x, offset }: CoxDesign,
  coefficients: ArrayLike<number>,
  predictor: Float64Array,
): void {
  if (offset === null) predictor.fill(0);
  else predictor.set(offset);
  const p = coefficients.length;
  let j = 0;
  for (; j + 3 < p; j += 4) addFourScaled(predictor, x, j * n, coefficients, j);
  for (; j < p; j++) if (coefficients[j] !== 0) addScaled(predictor, x, j * n, coefficients[j]);
}

/** Four columns at a time, so that the sum is read and written once for all of them. */
function addFourScaled(
  target: Float64Array,
  x: Float64Array,
  first: number,
  factors: ArrayLike<number>,
  j: number,
): void {
  const n = target.length;
  const second = first + n;
  const third = second + n;
  const fourth = third + n;
  const a = factors[j];
  const b = factors[j + 1];
  const c = factors[j + 2];
  const d = factors[j + 3];
  if (a === 0 && b === 0 && c === 0 && d === 0) return;
  for (let i = 0; i < n; i++) {
    target[i] += a * x[first + i] + b * x[second + i] + (c * x[third + i] + d * x[fourth + i]);
  }
}

function addScaled(target: Float64Array, x: Float64Array, start: number, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[start + i];
}

function largest(values: Float64Array): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > max) max = values[i];
  return max;
}

function sumOverEvents({ counted, weights }: CoxDesign, predictor: Float64Array, shift: number): number {
  let sum = 0;
  if (weights === null) {
    for (let i = 0; i < predictor.length; i++) sum += counted[i] * (predictor[i] - shift);
  } else {
    for (let i = 0; i < predictor.length; i++) sum += counted[i] * weights[i] * (predictor[i] - shift);
  }
  return sum;
}

function exponentiate(predictor: Float64Array, weights: Float64Array | null, shift: number, risk: Float64Array): void {
  for (let i = 0; i < risk.length; i++) risk[i] = exp(predictor[i] - shift);
  if (weights !== null) for (let i = 0; i < risk.length; i++) risk[i] *= weights[i];
}

/** The terms of each event time; returns Σ w̄·log S₀. */
function fillIncrements(sums: RiskSums): number {
  const { sets, risk, atRisk, increment, squares, efron } = sums;
  const { first, deaths, events, weight } = sets;
  const logarithms = new SumOfLogs();
  for (let e = 0; e < sets.count; e++) {
    if (efron !== null) {
      let sumOfDying = 0;
      for (let i = first[e]; i < first[e] + deaths[e]; i++) sumOfDying += risk[i];
      efron.dying[e] = sumOfDying;
      if (efron.staying !== null) atRisk[e] = efron.staying[e] + sumOfDying;
    }
    const sum = atRisk[e];
    if (efron === null || events[e] === 1) {
      logarithms.add(sum, weight[e]);
      increment[e] = weight[e] / sum;
      squares[e] = weight[e] / (sum * sum);
      if (efron !== null) efron.increment[e] = increment[e];
      continue;
    }
    addTerms(sums, efron, e, logarithms);
  }
  return logarithms.total();
}

/** Efron's terms of event time e, whose events are tied, and their w̄·log S₀. */
function addTerms(sums: RiskSums, efron: EfronSums, e: number, logarithms: SumOfLogs): void {
  const { sets, increment, squares } = sums;
  const { count, left, part, whole, times } = termsAt(sums, efron, e);
  const mean = sets.weight[e] / sets.events[e];
  // φ of the sums of squares: f, or 1 − f.
  const sign = efron.staying === null ? -1 : 1;
  let ofAll = 0;
  let ofDying = 0;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let k = 0; k < count; k++) {
    const phi = sign * part[k];
    const term = (times[k] * mean) / left[k];
    logarithms.add(left[k], times[k] * mean);
    ofAll += term;
    ofDying += (whole + part[k]) * term;
    a += term / left[k];
    b += (phi * term) / left[k];
    c += (phi * phi * term) / left[k];
  }
  increment[e] = ofAll;
  efron.increment[e] = ofDying;
  squares[e] = a;
  efron.crossSquares[e] = b;
  efron.dyingSquares[e] = c;
}

/** Efron's terms of event time e, in scratch that the next call overwrites. */
export function termsAt({ sets, atRisk }: RiskSums, { dying, staying, terms }: EfronSums, e: number): TiedTerms {
  if (staying === null) fillPlainTerms(terms, sets.events[e], atRisk[e], dying[e]);
  else fillCountedTerms(terms, sets.events[e], staying[e], dying[e]);
  return terms;
}

/**
 * Fills `expected` from the increments: each position's risk times the increments it was at risk for, which with entries
 * are those up to its time less those up to its entry.
 */
export function fillExpected(sums: RiskSums): void {
  const { risk, increment, efron, expected } = sums;
  cumulate(sums, increment, efron?.increment ?? increment, expected);
  for (let i = 0; i < expected.length; i++) expected[i] *= risk[i];
  forEachEntry(sums, increment, (position, hazard) => {
    expected[position] -= risk[position] * hazard;
  });
}

/** For each position Σ change over event times up to its own, where those who have their event then get `ofDying`. */
export function cumulate(
  { design, sets }: RiskSums,
  change: Float64Array,
  ofDying: Float64Array,
  out: Float64Array,
): void {
  const { strata } = design;
  const { first, deaths } = sets;
  for (let s = 0; s + 1 < strata.length; s++) {
    let sum = 0;
    let i = strata[s];
    for (let e = sets.strata[s]; e < sets.strata[s + 1]; e++) {
      for (; i < first[e]; i++) out[i] = sum;
      const atEvent = sum + ofDying[e];
      for (const end = i + deaths[e]; i < end; i++) out[i] = atEvent;
      sum += change[e];
    }
    for (; i < strata[s + 1]; i++) out[i] = sum;
  }
}

/** Calls with each position that has an entry and Σ change over the event times up to then. */
export function forEachEntry(
  { design, sets }: RiskSums,
  change: Float64Array,
  call: (position: number, sum: number) => void,
): void {
  const { time, strata, entry, byEntry } = design;
  if (entry === null || byEntry === null) return;
  for (let s = 0; s + 1 < strata.length; s++) {
    let sum = 0;
    let e = sets.strata[s];
    for (let k = strata[s]; k < strata[s + 1]; k++) {
      const position = byEntry[k];
      for (; e < sets.strata[s + 1] && time[sets.first[e]] <= entry[position]; e++) sum += change[e];
      call(position, sum);
    }
  }
}

/** D₁ = Σ risk·x over the events of event time e, for column j. */
export function sumOfDying({ design, sets, risk }: RiskSums, j: number, e: number): number {
  let sum = 0;
  const from = sets.first[e];
  for (let i = from; i < from + sets.deaths[e]; i++) sum += risk[i] * design.x[j * design.n + i];
  return sum;
}

/** The sums of a sample of counted rows, in the room of those of all rows, which is used again for the next sample. */
export function sumsOfSample(room: RiskSums, design: CoxDesign): RiskSums {
  const sets = riskSets(design);
  const ofRows = (values: Float64Array) => values.subarray(0, design.n);
  const { predictor, risk, expected, efron } = room;
  return {
    ...room,
    design,
    sets,
    predictor: ofRows(predictor),
    risk: ofRows(risk),
    expected: ofRows(expected),
    efron: sets.tied ? efron : null,
  };
}

/** Room for the sums of all samples of a design: each has counts, and so ties. */
export function roomForSamples(design: CoxDesign, ties: SimpleTies): RiskSums {
  return riskSumsFor(design, ties, { ...riskSets(design), counted: true, tied: true });
}
