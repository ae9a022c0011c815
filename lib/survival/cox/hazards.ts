import { exp } from "../../statistics/elementary";
import { BLOCK, blockSums, ExactSum, SumOfLogs } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { type RiskSets, riskSets, walkBack, walkBackPlainly, walkStaying } from "./risk-sets";
import { fillCountedTerms, fillPlainTerms, type TiedTerms, tiedTerms } from "./tied-terms";

/** How events at the same time are handled by the two methods that keep the likelihood a product of simple terms. */
export type SimpleTies = "efron" | "breslow";

/** The sums over risk sets at some coefficients, from which likelihood, residuals and baseline hazard are made. */
export interface RiskSums {
  readonly design: CoxDesign;
  readonly sets: RiskSets;
  readonly ties: SimpleTies;
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
  /** Σ expected·x² of each column, from which the information takes the squares of means. */
  readonly squaresOfRows: Float64Array;
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
    squaresOfRows: new Float64Array(design.names.length),
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
  const { design, sets, risk, expected } = sums;
  const predictor = expected; // its room is free until the end
  sums.shift = fillPredictor(design, coefficients, predictor);
  const fromEvents = fillRisk(design, predictor, sums.shift, risk);
  // Added and taken away again at one time, a large risk would leave its rounding behind.
  for (const position of sets.never) risk[position] = 0;
  const running = { risk, x: null, column: 0, total: new ExactSum() };
  if (sums.efron?.staying) walkStaying(sets, running, sums.efron.staying);
  else if (sets.leaving === null) walkBackPlainly(sets, running, sums.atRisk);
  else walkBack(sets, running, 0, sets.count, { values: sums.atRisk, at: 0, step: 1 });
  const fromRiskSets = fillIncrements(sums);
  fillExpected(sums);
  return fromEvents - fromRiskSets;
}

/** Rows whose part of a sum stays in the cache while one column after the other is added. */
const STRETCH = 2048;

/** η = offset + x·β; returns the largest. */
export function fillPredictor(
  { n, x, offset }: CoxDesign,
  coefficients: ArrayLike<number>,
  predictor: Float64Array,
): number {
  if (offset === null) predictor.fill(0);
  else predictor.set(offset);
  const p = coefficients.length;
  let largest = -Infinity;
  for (let from = 0; from < n; from += STRETCH) {
    const part = predictor.subarray(from, Math.min(n, from + STRETCH));
    let j = 0;
    for (; j + 3 < p; j += 4) addFourScaled(part, x, { first: j * n + from, apart: n }, coefficients, j);
    for (; j < p; j++) if (coefficients[j] !== 0) addScaled(part, x, j * n + from, coefficients[j]);
    for (let i = 0; i < part.length; i++) if (part[i] > largest) largest = part[i];
  }
  return largest;
}

/** Four columns at a time, so that the sum is read and written once for all of them. */
function addFourScaled(
  target: Float64Array,
  x: Float64Array,
  { first, apart }: { readonly first: number; readonly apart: number },
  factors: ArrayLike<number>,
  j: number,
): void {
  const second = first + apart;
  const third = second + apart;
  const fourth = third + apart;
  const a = factors[j];
  const b = factors[j + 1];
  const c = factors[j + 2];
  const d = factors[j + 3];
  if (a === 0 && b === 0 && c === 0 && d === 0) return;
  for (let i = 0; i < target.length; i++) {
    target[i] += a * x[first + i] + b * x[second + i] + (c * x[third + i] + d * x[fourth + i]);
  }
}

function addScaled(target: Float64Array, x: Float64Array, start: number, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[start + i];
}

/** Fills risks from linear predictors, the largest of which is the shift; returns Σ of the former over events, less the shift each. */
function fillRisk(design: CoxDesign, predictor: Float64Array, shift: number, risk: Float64Array): number {
  const { n, counted, weights, names } = design;
  const block = blockSums(names.length);
  let sum = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const count = Math.min(BLOCK, n - from);
    let smallest = 0;
    for (let i = 0; i < count; i++) {
      const eta = predictor[from + i] - shift;
      block.risks[i] = eta;
      smallest = Math.min(smallest, eta);
      sum += counted[from + i] * (weights === null ? 1 : weights[from + i]) * eta;
    }
    if (smallest >= -700) block.exponentiate(count);
    else for (let i = 0; i < count; i++) block.risks[i] = exp(block.risks[i]);
    risk.set(block.risks.subarray(0, count), from);
  }
  if (weights !== null) for (let i = 0; i < n; i++) risk[i] *= weights[i];
  return sum;
}

/** The terms of each event time; returns Σ w̄·log S₀. */
function fillIncrements(sums: RiskSums): number {
  const { sets, risk, efron } = sums;
  const { first, deaths, events } = sets;
  const logarithms = new SumOfLogs();
  if (efron === null) {
    for (let e = 0; e < sets.count; e++) addTerm(sums, e, logarithms);
    return logarithms.total();
  }
  for (let e = 0; e < sets.count; e++) {
    let sumOfDying = 0;
    for (let i = first[e]; i < first[e] + deaths[e]; i++) sumOfDying += risk[i];
    efron.dying[e] = sumOfDying;
    if (efron.staying !== null) sums.atRisk[e] = efron.staying[e] + sumOfDying;
    if (events[e] === 1) efron.increment[e] = addTerm(sums, e, logarithms);
    else addTerms(sums, efron, e, logarithms);
  }
  return logarithms.total();
}

/** The term of event time e where there is one for all of its events; returns the hazard's increment. */
function addTerm({ sets, atRisk, increment, squares }: RiskSums, e: number, logarithms: SumOfLogs): number {
  const sum = atRisk[e];
  const weight = sets.weight[e];
  logarithms.add(sum, weight);
  increment[e] = weight / sum;
  squares[e] = weight / (sum * sum);
  return increment[e];
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
  const { strata, counted } = design;
  const { starts } = sets;
  for (let s = 0; s + 1 < strata.length; s++) {
    const end = sets.strata[s + 1];
    let e = sets.strata[s];
    let sum = 0;
    if (change === ofDying) {
      // Whether a row starts an event time cannot be predicted: no branch depends on it.
      for (let i = strata[s]; i < strata[s + 1]; i++) {
        if (e < end) sum += starts[i] * change[e];
        e += starts[i];
        out[i] = sum;
      }
      continue;
    }
    let atEvent = 0;
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      if (starts[i] === 1) {
        atEvent = sum + ofDying[e];
        sum += change[e++];
      }
      out[i] = counted[i] === 1 ? atEvent : sum;
    }
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
  const { risk, expected, efron } = room;
  return {
    ...room,
    design,
    sets,
    risk: ofRows(risk),
    expected: ofRows(expected),
    efron: sets.tied ? efron : null,
  };
}

/** Room for the sums of all samples of a design: each has counts, and so ties. */
export function roomForSamples(design: CoxDesign, ties: SimpleTies): RiskSums {
  return riskSumsFor(design, ties, { ...riskSets(design), counted: true, tied: true });
}
