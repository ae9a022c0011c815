import { log, square } from "../../statistics/elementary";
import { cholesky, choleskyInverse } from "../../statistics/inner";
import { rowsCounted, weightedMean } from "../outcome";
import type { CoxDesign } from "./design";
import { type RiskSums, termsAt } from "./hazards";
import { SINGULAR } from "./newton";
import { evaluate, type Objective } from "./partial-likelihood";
import { sumAtRisk } from "./score-residuals";

/** A likelihood less a penalty that is a sum over coefficients: of each its value, its slope and its curvature. */
export function penalised(
  objective: Objective,
  penaltyOf: (coefficient: number, j: number) => readonly [value: number, slope: number, curvature: number],
): Objective {
  return (coefficients) => {
    const { logLikelihood, score, information } = objective(coefficients);
    let penalty = 0;
    coefficients.forEach((coefficient, j) => {
      const [value, slope, curvature] = penaltyOf(coefficient, j);
      penalty += value;
      score[j] -= slope;
      information[j * coefficients.length + j] += curvature;
    });
    return { logLikelihood: logLikelihood - penalty, score, information };
  };
}

/**
 * A likelihood less the ridge penalty θ/2·Σ s_j²·β_j², with s_j the column's standard deviation: all columns shrink
 * alike whatever their units; R's `coxph(… ~ ridge(a, b, theta = θ))` (Gray 1992, JASA 87:942).
 */
export function ridgeObjective(objective: Objective, { n, names, x, counts }: CoxDesign, theta: number): Objective {
  const curvature = names.map((_, j) => theta * sampleVariance(x.subarray(j * n, (j + 1) * n), counts));
  return penalised(objective, (beta, j) => [(curvature[j] / 2) * square(beta), curvature[j] * beta, curvature[j]]);
}

function sampleVariance(values: Float64Array, counts: Float64Array | null): number {
  const n = rowsCounted({ n: values.length, counts });
  const mean = weightedMean(values, counts);
  return values.reduce((sum, value, i) => sum + (counts?.[i] ?? 1) * square(value - mean), 0) / (n - 1);
}

/**
 * The partial likelihood with Firth's penalty, log L + ½·log |I| (Firth 1993, Biometrika 80:27; Heinze and Schemper
 * 2001, Biometrics 57:114), what R's coxphf maximises.
 *
 * One wants it where a group has no event, so that the likelihood rises for ever: the penalty is Jeffreys's prior, its
 * estimates are finite and less biased in small samples. The score gains ½·tr(I⁻¹ ∂I/∂β), for which third moments over
 * risk sets are needed: the terms of each event time are gone through one by one.
 */
export function firthObjective(sums: RiskSums): Objective {
  return (coefficients) => {
    const plain = evaluate(sums, coefficients);
    const p = plain.score.length;
    const decomposition = cholesky(plain.information, p, SINGULAR);
    let logDeterminant = 0;
    for (let j = 0; j < p; j++) logDeterminant += log(decomposition.factor[j * p + j]);
    const change = traceOfChange(sums, choleskyInverse(decomposition));
    return {
      ...plain,
      logLikelihood: plain.logLikelihood + logDeterminant / 2,
      score: plain.score.map((value, j) => value + change[j] / 2),
    };
  };
}

/**
 * tr(V·∂I/∂β_j) for each j: Σ over terms of w̄·E[(x_j − x̄_j)·(x − x̄)ᵀV(x − x̄)], since the derivative of a variance
 * under exp(β·x) weights is the third central moment: E[x_j·xᵀVx] − 2·E[x_j·x]ᵀVx̄ − (E[xᵀVx] − 2·x̄ᵀVx̄)·x̄_j.
 */
function traceOfChange(sums: RiskSums, v: Float64Array): Float64Array {
  const { n, names, x } = sums.design;
  const p = names.length;
  const { weights, meanOf } = termMeans(sums);
  const columns = names.map((_, j) => x.subarray(j * n, (j + 1) * n));
  const means = columns.map(meanOf);
  // V times a vector of p numbers, one of each column, and the form that it makes with that vector.
  const times = (some: readonly ArrayLike<number>[], i: number, k: number) => {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += v[k * p + j] * some[j][i];
    return sum;
  };
  const form = (some: readonly ArrayLike<number>[], i: number) =>
    some.reduce((sum, column, k) => sum + column[i] * times(some, i, k), 0);
  const forms = new Float64Array(n).map((_, i) => form(columns, i));
  const movedMeans = means.map((mean, k) => mean.map((_, t) => times(means, t, k)));
  const meanForms = meanOf(forms).map((mean, t) => mean - 2 * form(means, t));
  return Float64Array.from(columns, (column, j) => {
    const meanOfProduct = (other: Float64Array) => meanOf(column.map((value, i) => value * other[i]));
    const crossed = columns.map(meanOfProduct);
    let trace = 0;
    meanOfProduct(forms).forEach((third, t) => {
      let change = third - meanForms[t] * means[j][t];
      for (let k = 0; k < p; k++) change -= 2 * crossed[k][t] * movedMeans[k][t];
      trace += weights[t] * change;
    });
    return trace;
  });
}

/** The weights w̄ of the terms of all event times, several where events are tied, and a column's mean at each of them. */
function termMeans(sums: RiskSums) {
  const { sets, risk, atRisk, efron } = sums;
  const [of, part, left, weights]: number[][] = [[], [], [], []];
  for (let e = 0; e < sets.count; e++) {
    const one = { count: 1, part: [0], left: [atRisk[e]], times: [sets.events[e]] };
    const terms = efron === null ? one : termsAt(sums, efron, e);
    for (let k = 0; k < terms.count; k++) {
      of.push(e);
      part.push(terms.part[k]);
      left.push(terms.left[k]);
      weights.push((terms.times[k] * sets.weight[e]) / sets.events[e]);
    }
  }
  const meanOf = (column: Float64Array): number[] => {
    const all = sumAtRisk(sums, column);
    const dying = new Float64Array(sets.count);
    for (let e = 0; e < sets.count; e++) {
      for (let i = sets.first[e]; i < sets.first[e] + sets.deaths[e]; i++) dying[e] += risk[i] * column[i];
    }
    return left.map((total, t) => (all[of[t]] + part[t] * dying[of[t]]) / total);
  };
  return { weights, meanOf };
}
