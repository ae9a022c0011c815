import { cholesky, choleskyInverse } from "../cholesky";
import { SINGULAR } from "./newton";
import { type Evaluation, evaluate, type Objective, type PartialLikelihood } from "./partial-likelihood";

/**
 * The partial likelihood with Firth's penalty, log L + ½·log |I| (Firth 1993, Biometrika 80:27; Heinze and Schemper
 * 2001, Biometrics 57:114), what R's coxphf maximises.
 *
 * One wants it where a group has no event, so that the likelihood rises for ever: the penalty is Jeffreys's prior, its
 * estimates are finite and less biased in small samples. The score gains ½·tr(I⁻¹ ∂I/∂β), for which third moments over
 * risk sets are needed: the terms of each event time are gone through one by one.
 */
export function firthObjective(likelihood: PartialLikelihood): Objective {
  return (coefficients) => penalise(likelihood, evaluate(likelihood, coefficients));
}

function penalise(likelihood: PartialLikelihood, plain: Evaluation): Evaluation {
  const p = plain.score.length;
  const decomposition = cholesky(plain.information, p, SINGULAR);
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) logDeterminant += Math.log(decomposition.factor[j * p + j]);
  const change = traceOfChange(likelihood, choleskyInverse(decomposition), p);
  return {
    logLikelihood: plain.logLikelihood + logDeterminant / 2,
    score: plain.score.map((value, j) => value + change[j] / 2),
    information: plain.information,
  };
}

/**
 * tr(V·∂I/∂β_j) for each j: Σ over terms of w̄·E[(x_j − x̄_j)·(x − x̄)ᵀV(x − x̄)], since the derivative of a variance
 * under exp(β·x) weights is the third central moment. The quadratic form is xᵀVx − 2x̄ᵀVx + x̄ᵀVx̄, with V·x once a row.
 */
function traceOfChange(likelihood: PartialLikelihood, v: Float64Array, p: number): Float64Array {
  const { design, times, sums, ties } = likelihood;
  const { n, strata, entry, time } = design;
  const trace = new Float64Array(p);
  const mean = new Float64Array(p);
  const { x, moved, own } = byRows(design.x, v, n, p);
  for (let s = 0; s + 1 < strata.length; s++) {
    for (let e = times.strata[s]; e < times.strata[s + 1]; e++) {
      const from = times.first[e];
      const d = times.deaths[e];
      const terms = ties === "efron" ? d : 1;
      const weight = times.weight[e] / terms;
      const isOut = (i: number): boolean => entry !== null && entry[i] >= time[from];
      for (let k = 0; k < terms; k++) {
        const f = k / d;
        let total = 0;
        mean.fill(0);
        for (let i = from; i < strata[s + 1]; i++) {
          if (isOut(i)) continue;
          const risk = i < from + d ? (1 - f) * sums.risk[i] : sums.risk[i];
          total += risk;
          for (let j = 0; j < p; j++) mean[j] += risk * x[i * p + j];
        }
        for (let j = 0; j < p; j++) mean[j] /= total;
        const ofMean = form(v, mean, p);
        for (let i = from; i < strata[s + 1]; i++) {
          if (isOut(i)) continue;
          const risk = i < from + d ? (1 - f) * sums.risk[i] : sums.risk[i];
          let cross = 0;
          for (let j = 0; j < p; j++) cross += mean[j] * moved[i * p + j];
          const share = (weight * risk * (own[i] - 2 * cross + ofMean)) / total;
          for (let j = 0; j < p; j++) trace[j] += share * (x[i * p + j] - mean[j]);
        }
      }
    }
  }
  return trace;
}

/** x, V·x and xᵀVx of each row, row-major. */
function byRows(columns: Float64Array, v: Float64Array, n: number, p: number) {
  const x = new Float64Array(n * p);
  const moved = new Float64Array(n * p);
  const own = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) x[i * p + j] = columns[j * n + i];
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let k = 0; k < p; k++) sum += v[j * p + k] * x[i * p + k];
      moved[i * p + j] = sum;
      own[i] += sum * x[i * p + j];
    }
  }
  return { x, moved, own };
}

function form(v: Float64Array, row: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) {
    let inner = 0;
    for (let j = 0; j < p; j++) inner += v[i * p + j] * row[j];
    sum += row[i] * inner;
  }
  return sum;
}
