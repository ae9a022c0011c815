import { exp, square } from "../../statistics/elementary";
import { cholesky, choleskyInverse, sandwich } from "../../statistics/inner";
import type { CoxFit } from "../cox/types";
import { riskSetSteps } from "../event-table";
import { type SortedOutcome, sortAndTie } from "../tied-times";
import { checkCauses } from "./causes";
import type { FineGrayInput } from "./fine-gray-data";
import { intervalOf, observationProbability } from "./observation-probability";

/**
 * Standard errors that allow for the estimation of the censoring weights, in the order of the fit's terms; null where
 * the formula does not hold: with late entry, weights, strata, clusters, a penalty, or Efron's ties.
 */
export function estimatedWeightsErrors(input: FineGrayInput, cause: string, fit: CoxFit): number[] | null {
  const { time, cause: causeOf, entry, weights, counts, strata, cluster } = input;
  if ([entry, weights, strata, cluster].some((column) => column !== undefined)) return null;
  if (fit.ties !== "breslow" || fit.penalty !== "none" || fit.terms.length === 0) return null;
  const { outcome: checked, causes, code: causeOfRow } = checkCauses("fineGray", { time, cause: causeOf, counts });
  const interest = causes.indexOf(cause) + 1;
  const outcome = sortAndTie("fineGray", checked);
  const { n, order } = outcome;
  const p = fit.terms.length;
  const x = new Float64Array(n * p);
  const scale = new Float64Array(p); // columns of any size are brought to one, as cox() does
  const predictor = Float64Array.from(order, (row) => input.offset?.[row] ?? 0);
  fit.terms.forEach(({ name, coefficient }, j) => {
    const column = input.covariates[name];
    let mean = 0;
    for (let i = 0; i < n; i++) mean += column[i] / n;
    for (let i = 0; i < n; i++) scale[j] += Math.abs(column[i] - mean) / n;
    for (let i = 0; i < n; i++) {
      const centered = column[order[i]] - mean;
      predictor[i] += coefficient * centered;
      x[j * n + i] = centered / scale[j];
    }
  });
  const largest = predictor.reduce((most, value) => Math.max(most, value), -Infinity);
  const code = Uint8Array.from(order, (row) => (causeOfRow[row] === 0 ? 0 : causeOfRow[row] === interest ? 1 : 2));
  const covariance = estimatedWeightsCovariance({
    outcome,
    code,
    risk: predictor.map((v) => exp(v - largest)),
    x,
  });
  return Array.from({ length: p }, (_, j) => Math.sqrt(covariance[j * p + j]) / scale[j]);
}

/**
 * The covariance of Fine and Gray's coefficients that allows for the estimation of the censoring weights, the one
 * that `cmprsk::crr` gives: I⁻¹·Σ(η + ψ)(η + ψ)ᵀ·I⁻¹ (Fine and Gray 1999, JASA 94:496, in their notation).
 *
 * η is a row's score residual, and ψ its influence through G: q(u)/r(u) at its own censoring at u, less
 * Σ q(u)·(censored)/r(u)² over the censoring times up to its end, r being the number at risk of censoring. With Ĝ as
 * one factor of all weights, q(u), a double sum over lost rows before u and events from u on, is a product of two sums.
 *
 * @returns p × p, row-major; Breslow's ties, no late entry, all weights 1; n like rows have one row's score n times
 */
function estimatedWeightsCovariance(rows: FittedRows): Float64Array {
  const { n } = rows.outcome;
  const p = rows.x.length / n;
  let present = 0;
  for (let i = 0; i < n; i++) present += copies(rows, i);
  const information = new Float64Array(p * p);
  const products = new Float64Array(p * p);
  const psi = new Float64Array(p); // −Σ q·(censored)/r² up to the present time
  for (const moment of fineGrayMoments(rows)) {
    const { from, to, events, censored, ended, mean, lost, fromHere } = moment;
    const atRisk = present - (ended - censored);
    present -= ended;
    const q = Float64Array.from({ length: p }, (_, j) => lost[j + 1] * fromHere[0] - lost[0] * fromHere[j + 1]);
    const before = psi.slice();
    if (censored > 0) for (let j = 0; j < p; j++) psi[j] -= (censored * q[j]) / square(atRisk);
    const ofCensored = q.map((value, j) => value / atRisk + psi[j]);
    for (let i = from; i < to; i++) {
      const { x, eta, exposure } = rowAt(rows, moment, i);
      const score = eta.map((value, j) => value + (rows.code[i] === 0 ? ofCensored[j] : before[j]));
      addOuter(products, score, copies(rows, i));
      addOuter(information, x, copies(rows, i) * exposure);
    }
    addOuter(information, mean, -events);
  }
  return sandwich(choleskyInverse(cholesky(information, p)), products, p);
}

/** How many rows a position stands for. */
function copies({ outcome }: Pick<FittedRows, "outcome">, i: number): number {
  return outcome.counts === null ? 1 : outcome.counts[i];
}

/** A row's covariates, its score residual η, and how much it was exposed to the hazard. */
function rowAt({ outcome, code, risk, x }: FittedRows, moment: FineGrayMoment, i: number) {
  const { uncensored, mean, hazard, after } = moment;
  const own = mean.map((_, j) => x[j * outcome.n + i]);
  const later = code[i] === 2 ? 1 / uncensored : 0; // whoever had another cause stays at risk, with less weight
  const eta = own.map((value, j) => {
    const expected = value * hazard[0] - hazard[j + 1] + later * (value * after[0] - after[j + 1]);
    return (code[i] === 1 ? value - mean[j] : 0) - risk[i] * expected;
  });
  return { x: own, eta, exposure: risk[i] * (hazard[0] + later * after[0]) };
}

/** Adds factor·v·vᵀ. */
function addOuter(sum: Float64Array, v: Float64Array, factor: number): void {
  const p = v.length;
  for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) sum[j * p + k] += factor * v[j] * v[k];
}

/** A fitted model's rows by position of the sorted outcome. */
interface FittedRows {
  readonly outcome: SortedOutcome;
  /** 1 for the cause of interest, 2 for another, 0 censored. */
  readonly code: Uint8Array;
  /** exp of the linear predictor, up to a common factor. */
  readonly risk: Float64Array;
  /** Covariates, columns one after the other, each less some constant near its mean. */
  readonly x: Float64Array;
}

/** One distinct time of Fine and Gray's model. Vectors of 1 + p have a sum, then the same sum times each covariate. */
interface FineGrayMoment {
  /** Positions from `from` up to, not including, `to` end here. */
  readonly from: number;
  readonly to: number;
  /** G(t−). */
  readonly uncensored: number;
  /** Events of the cause. */
  readonly events: number;
  readonly censored: number;
  /** All rows that end here. */
  readonly ended: number;
  /** Weighted mean of each covariate over the risk set. */
  readonly mean: Float64Array;
  /** Σ risk/G(T−) over rows of another cause that ended before. */
  readonly lost: Float64Array;
  /** Σ events/S₀ up to here, with the mean as the covariate. */
  readonly hazard: Float64Array;
  /** Σ G(t−)·events/S₀ from here on, and after here, likewise. */
  readonly fromHere: Float64Array;
  readonly after: Float64Array;
}

/**
 * The sums that the model's scores are made of, at each distinct time in order.
 *
 * The risk set at t has S₀ = Σ risk over rows that end at t or later + G(t−)·Σ risk/G(T−) over those of another cause
 * that ended before, so one pass backwards and one forwards give all of them.
 */
function fineGrayMoments({ outcome, code, risk, x }: FittedRows): FineGrayMoment[] {
  const { n, time } = outcome;
  const p = x.length / n;
  const steps = riskSetSteps(outcome, null, null);
  const observed = observationProbability(outcome, steps, false);
  const add = (sum: Float64Array, i: number, factor: number) => {
    sum[0] += factor;
    for (let j = 0; j < p; j++) sum[j + 1] += factor * x[j * n + i];
  };
  const lost = new Float64Array(p + 1);
  const forward: { from: number; to: number; uncensored: number; lost: Float64Array; counts: number[] }[] = [];
  for (let k = 0; k + 1 < steps.leaves.length; k++) {
    const [from, to] = [steps.leaves[k], steps.leaves[k + 1]];
    const uncensored = observed.probability[intervalOf(observed, time[from])];
    const counts = [0, 0, 0];
    const before = lost.slice();
    for (let i = from; i < to; i++) {
      counts[code[i]] += copies({ outcome }, i);
      if (code[i] === 2) add(lost, i, (copies({ outcome }, i) * risk[i]) / uncensored);
    }
    forward.push({ from, to, uncensored, lost: before, counts });
  }
  const atRisk = new Float64Array(p + 1);
  let after = new Float64Array(p + 1);
  const moments: FineGrayMoment[] = [];
  for (const { counts, ...moment } of forward.reverse()) {
    const { from, to, uncensored } = moment;
    for (let i = from; i < to; i++) add(atRisk, i, copies({ outcome }, i) * risk[i]);
    const sums = atRisk.map((sum, j) => sum + uncensored * moment.lost[j]);
    const rise = sums.map((sum, j) => (j === 0 ? counts[1] / sums[0] : (counts[1] * sum) / square(sums[0])));
    const fromHere = after.map((sum, j) => sum + uncensored * rise[j]);
    const mean = sums.subarray(1).map((sum) => sum / sums[0]);
    const ended = counts[0] + counts[1] + counts[2];
    moments.push({ ...moment, events: counts[1], censored: counts[0], ended, mean, hazard: rise, fromHere, after });
    after = fromHere;
  }
  moments.reverse();
  const hazard = new Float64Array(p + 1);
  for (const moment of moments) {
    for (let j = 0; j <= p; j++) {
      hazard[j] += moment.hazard[j];
      moment.hazard[j] = hazard[j];
    }
  }
  return moments;
}
