import { exp, log1p } from "../statistics/elementary";
import { addCrossProducts, dot } from "../survival/cox/cross-products";
import type { LogisticDesign } from "./logistic-design";

/** The log likelihood of a logistic model at some coefficients, with its derivatives. */
export interface LogisticPoint {
  readonly logLikelihood: number;
  readonly linearPredictor: Float64Array;
  readonly score: Float64Array;
  /** Row-major: Xᵀ diag(w p(1 − p)) X. */
  readonly information: Float64Array;
}

/** 1/(1 + e^−η), without overflow on either side. */
export function inverseLogit(eta: number): number {
  return eta >= 0 ? 1 / (1 + exp(-eta)) : exp(eta) / (1 + exp(eta));
}

/** log(1 + e^η), without overflow. */
function softplus(eta: number): number {
  return Math.max(eta, 0) + log1p(exp(-Math.abs(eta)));
}

/**
 * ℓ(β) = Σ w (yη − log(1 + e^η)) with η = Xβ, its score Xᵀw(y − p) and information
 * (McCullagh and Nelder 1989, Generalized Linear Models, section 4.4).
 */
export function logisticPoint(
  design: LogisticDesign,
  y: Uint8Array,
  weights: Float64Array | null,
  coefficients: Float64Array,
): LogisticPoint {
  const { n, x } = design;
  const p = coefficients.length;
  const linearPredictor = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) linearPredictor[i] += coefficients[j] * x[j * n + i];
  }
  let logLikelihood = 0;
  const residual = new Float64Array(n);
  const spread = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const eta = linearPredictor[i];
    const weight = weights === null ? 1 : weights[i];
    // Both tails from the exponential of a negative number, so that 1 − p keeps its digits.
    const mean = inverseLogit(eta);
    const complement = inverseLogit(-eta);
    logLikelihood -= weight * (y[i] === 1 ? softplus(-eta) : softplus(eta));
    residual[i] = weight * (y[i] === 1 ? complement : -mean);
    spread[i] = weight * mean * complement;
  }
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  for (let j = 0; j < p; j++) score[j] = dot(x, j * n, residual, 0, n);
  addCrossProducts(information, p, x, n, 0, n, spread, 0);
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) information[k * p + j] = information[j * p + k];
  return { logLikelihood, linearPredictor, score, information };
}
