import { cholesky, choleskyInverse } from "../cholesky";
import { InvalidInputError } from "../errors";
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
  const { entry } = likelihood.design;
  if (entry !== null) {
    throw new InvalidInputError(
      "cox: Firth's penalty is not implemented for rows with an entry; leave out entry or firth",
      "firth",
    );
  }
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
 * under exp(β·x) weights is the third central moment.
 *
 * With q = xᵀVx the moment is E[x·q] − 2·E[x·xᵀ]·Vx̄ + 2c·x̄ − x̄·E[q], c = x̄ᵀVx̄, and the sums in it grow row by row from
 * the last time to the first, so that no risk set is gone through again.
 */
function traceOfChange(likelihood: PartialLikelihood, v: Float64Array, p: number): Float64Array {
  const { design, times, sums, ties } = likelihood;
  const trace = new Float64Array(p);
  for (let s = 0; s + 1 < design.strata.length; s++) {
    const atRisk = emptyMoments(p);
    let added = design.strata[s + 1];
    for (let e = times.strata[s + 1] - 1; e >= times.strata[s]; e--) {
      const from = times.first[e];
      for (; added > from; added--) addRow(atRisk, design, added - 1, sums.risk[added - 1], v);
      const d = times.deaths[e];
      const terms = ties === "efron" ? d : 1;
      const dying = emptyMoments(p);
      for (let i = from; terms > 1 && i < from + d; i++) addRow(dying, design, i, sums.risk[i], v);
      for (let k = 0; k < terms; k++) {
        addThirdMoment(trace, atRisk, dying, k / d, times.weight[e] / terms, v);
      }
    }
  }
  return trace;
}

/** Sums over rows of r, r·x, r·x·xᵀ, r·q and r·q·x. */
interface Moments {
  total: number;
  readonly x: Float64Array;
  readonly xx: Float64Array;
  q: number;
  readonly qx: Float64Array;
}

function emptyMoments(p: number): Moments {
  return { total: 0, x: new Float64Array(p), xx: new Float64Array(p * p), q: 0, qx: new Float64Array(p) };
}

function addRow(
  moments: Moments,
  { n, x }: PartialLikelihood["design"],
  i: number,
  risk: number,
  v: Float64Array,
): void {
  const p = moments.x.length;
  let q = 0;
  for (let j = 0; j < p; j++) {
    const own = x[j * n + i];
    moments.x[j] += risk * own;
    for (let k = 0; k < p; k++) {
      const product = own * x[k * n + i];
      moments.xx[j * p + k] += risk * product;
      q += v[j * p + k] * product;
    }
  }
  moments.total += risk;
  moments.q += risk * q;
  for (let j = 0; j < p; j++) moments.qx[j] += risk * q * x[j * n + i];
}

/** Adds the moment over those at risk less a share of those dying. */
function addThirdMoment(
  trace: Float64Array,
  atRisk: Moments,
  dying: Moments,
  share: number,
  weight: number,
  v: Float64Array,
): void {
  const p = trace.length;
  const total = atRisk.total - share * dying.total;
  const mean = atRisk.x.map((value, j) => (value - share * dying.x[j]) / total);
  const vMean = mean.map((_, j) => mean.reduce((sum, value, k) => sum + v[j * p + k] * value, 0));
  const c = mean.reduce((sum, value, j) => sum + value * vMean[j], 0);
  const q = (atRisk.q - share * dying.q) / total;
  for (let j = 0; j < p; j++) {
    let product = 0;
    for (let k = 0; k < p; k++) {
      product += (atRisk.xx[j * p + k] - share * dying.xx[j * p + k]) * vMean[k];
    }
    const qx = atRisk.qx[j] - share * dying.qx[j];
    trace[j] += weight * ((qx - 2 * product) / total + 2 * c * mean[j] - mean[j] * q);
  }
}
