import { log, square } from "../../statistics/elementary";
import { cholesky, choleskyInverse, dot } from "../../statistics/inner";
import { rowsCounted, weightedMean } from "../outcome";
import type { CoxDesign } from "./design";
import { cumulate, forEachEntry, type RiskSums, termsAt } from "./hazards";
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
 * tr(V·∂I/∂β_j) for each j: Σ over terms of w̄·E[(x_j − x̄_j)·q] with q = (x − x̄)ᵀV(x − x̄), since the derivative of a variance
 * under exp(β·x) weights is the third central moment. Summed by rows as the information is, with h the hazard that a row goes
 * through in a term, this is Σ x_j·Σ h·(q − E[q]), where q − E[q] = xᵀVx − 2·xᵀVx̄ − (E[xᵀVx] − 2·x̄ᵀVx̄).
 */
function traceOfChange(sums: RiskSums, v: Float64Array): Float64Array {
  const { n, names, x } = sums.design;
  const p = names.length;
  const { meanOf, passedBy } = termMeans(sums);
  const columns = names.map((_, j) => x.subarray(j * n, (j + 1) * n));
  const means = columns.map(meanOf);
  const moved = timesMatrix(v, columns);
  const forms = sumOfProducts(moved, columns);
  const ofMeans = sumOfProducts(timesMatrix(v, means), means);
  const change = passedBy(meanOf(forms).map((mean, t) => mean - 2 * ofMeans[t]));
  const passed = sumOfProducts(moved, means.map(passedBy));
  for (let i = 0; i < n; i++) change[i] = sums.expected[i] * forms[i] - 2 * passed[i] - change[i];
  return Float64Array.from({ length: p }, (_, j) => dot(x, j * n, change, 0, n));
}

/** The columns V·x, one after the other. */
function timesMatrix(v: Float64Array, columns: readonly Float64Array[]): Float64Array[] {
  const p = columns.length;
  return columns.map((own, k) => {
    const moved = new Float64Array(own.length);
    columns.forEach((column, j) => {
      const factor = v[k * p + j];
      for (let i = 0; i < moved.length; i++) moved[i] += factor * column[i];
    });
    return moved;
  });
}

/** Row by row Σ a·b over pairs of columns. */
function sumOfProducts(some: readonly Float64Array[], others: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(some[0]?.length ?? 0);
  some.forEach((column, k) => {
    const other = others[k];
    for (let i = 0; i < sum.length; i++) sum[i] += column[i] * other[i];
  });
  return sum;
}

/** The terms of all event times, several where events are tied: a column's mean at each, and what a row passes of values at each. */
function termMeans(sums: RiskSums) {
  const { sets, risk, atRisk, efron, design } = sums;
  const [of, part, left, hazard, ofDying]: number[][] = [[], [], [], [], []];
  for (let e = 0; e < sets.count; e++) {
    const one = { count: 1, part: [0], whole: 1, left: [atRisk[e]], times: [sets.events[e]] };
    const terms = efron === null ? one : termsAt(sums, efron, e);
    for (let k = 0; k < terms.count; k++) {
      of.push(e);
      part.push(terms.part[k]);
      left.push(terms.left[k]);
      hazard.push((terms.times[k] * sets.weight[e]) / (sets.events[e] * terms.left[k]));
      ofDying.push(terms.whole + terms.part[k]);
    }
  }
  const meanOf = (column: Float64Array): Float64Array => {
    const all = sumAtRisk(sums, column);
    const dying = new Float64Array(sets.count);
    for (let e = 0; e < sets.count; e++) {
      for (let i = sets.first[e]; i < sets.first[e] + sets.deaths[e]; i++) dying[e] += risk[i] * column[i];
    }
    const means = new Float64Array(left.length);
    for (let t = 0; t < means.length; t++) means[t] = (all[of[t]] + part[t] * dying[of[t]]) / left[t];
    return means;
  };
  /** For each row Σ hazard·value over the terms at which it is at risk; at its event in part, as Efron counts it. */
  const passedBy = (values: Float64Array): Float64Array => {
    const [change, changeOfDying] = [new Float64Array(sets.count), new Float64Array(sets.count)];
    for (let t = 0; t < values.length; t++) {
      change[of[t]] += hazard[t] * values[t];
      changeOfDying[of[t]] += ofDying[t] * hazard[t] * values[t];
    }
    const passed = new Float64Array(design.n);
    cumulate(sums, change, changeOfDying, passed);
    forEachEntry(sums, change, (position, sum) => {
      passed[position] -= sum;
    });
    for (let i = 0; i < passed.length; i++) passed[i] *= risk[i];
    return passed;
  };
  return { meanOf, passedBy };
}
