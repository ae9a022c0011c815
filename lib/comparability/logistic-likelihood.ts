import { InvalidInputError } from "../statistics";
import { exp, log1p } from "../statistics/elementary";
import { addCrossProducts, dot } from "../statistics/inner";
import { type Covariates, checkCovariates } from "./columns";

/** Columns of a logistic model, the intercept first, centered and scaled, so that no unit makes it ill-conditioned. */
export interface LogisticDesign {
  readonly n: number;
  /** "(Intercept)", then one a column; a factor's column is called covariate=level. */
  readonly names: readonly string[];
  /** Column-major, n × names.length. */
  readonly x: Float64Array;
  /** What was taken from each column, and what it was then divided by. */
  readonly center: Float64Array;
  readonly scale: Float64Array;
}

/**
 * The design matrix of named covariates. A factor gets a column for each level but the first, its reference (R's
 * treatment contrasts).
 *
 * @throws {InvalidInputError} at the first missing value: a row without a score could only be dropped silently
 */
export function logisticDesign(action: string, covariates: Covariates, n: number): LogisticDesign {
  const names = ["(Intercept)"];
  const columns: Float64Array[] = [new Float64Array(n).fill(1)];
  for (const covariate of checkCovariates(action, covariates, n)) {
    const missing = covariate.kind === "factor" ? covariate.code.indexOf(-1) : covariate.values.findIndex(Number.isNaN);
    if (missing >= 0) {
      const argument = `covariates.${covariate.name}`;
      const message =
        `${action}: ${argument}[${missing}] is missing; every row needs every covariate. Leave out rows or the ` +
        "covariate, or make missingness a level";
      throw new InvalidInputError(message, argument, missing);
    }
    if (covariate.kind === "factor") {
      covariate.levels.slice(1).forEach((level, k) => {
        names.push(`${covariate.name}=${level}`);
        columns.push(Float64Array.from(covariate.code, (code) => (code === k + 1 ? 1 : 0)));
      });
    } else {
      names.push(covariate.name);
      columns.push(covariate.values);
    }
  }
  const center = new Float64Array(columns.length);
  const scale = new Float64Array(columns.length).fill(1);
  const x = new Float64Array(n * columns.length);
  columns.forEach((column, j) => {
    if (j > 0) {
      center[j] = column.reduce((sum, value) => sum + value / n, 0);
      const spread = column.reduce((sum, value) => sum + Math.abs(value - center[j]) / n, 0);
      // A constant column has rounding for a spread, and must become exactly 0.
      const constant = column.every((value) => value === column[0]);
      if (constant) center[j] = column[0];
      else scale[j] = spread;
    }
    for (let i = 0; i < n; i++) x[j * n + i] = (column[i] - center[j]) / scale[j];
  });
  return { n, names, x, center, scale };
}

/** Only some of the columns. */
export function selectColumns(design: LogisticDesign, kept: readonly number[]): LogisticDesign {
  const { n } = design;
  const x = new Float64Array(n * kept.length);
  kept.forEach((j, k) => {
    x.set(design.x.subarray(j * n, (j + 1) * n), k * n);
  });
  return {
    n,
    names: kept.map((j) => design.names[j]),
    x,
    center: Float64Array.from(kept, (j) => design.center[j]),
    scale: Float64Array.from(kept, (j) => design.scale[j]),
  };
}

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
  addCrossProducts(information, { x, size: p, stride: n, rows: n }, spread);
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) information[k * p + j] = information[j * p + k];
  return { logLikelihood, linearPredictor, score, information };
}
