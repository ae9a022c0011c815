import { InvalidInputError } from "../statistics";
import { pow, square } from "../statistics/elementary";
import { checkFields, checkFlag } from "../statistics/inner";
import { CONSTANT, type LeastSquaresFit } from "./linear-model";

/** Options of {@link neweyWest}. */
export interface NeweyWestOptions {
  /**
   * How many periods back residuals may be related: a whole number from 0, or "automatic" for Newey and West's choice,
   * the whole part of {@link neweyWestBandwidth}; in a short series it can be longer than the series. Automatic unless told.
   */
  readonly lag?: number | "automatic";
  /** Multiply by n / (n − terms), for small samples; true unless told. */
  readonly adjust?: boolean;
}

/** A covariance with what it was computed with. */
export interface NeweyWest {
  /** As rows, in the order of the fit's terms. */
  readonly covariance: readonly (readonly number[])[];
  readonly lag: number;
  readonly adjusted: boolean;
}

/**
 * The covariance of regression coefficients where residuals are related to those of earlier periods and need not have the
 * same spread, R's `sandwich::NeweyWest(fit, lag, prewhite = FALSE, adjust)`.
 *
 * With u = residual × row of the design and weights w_k = 1 − k/(lag + 1), it is
 * (XᵀX)⁻¹ · [Σ_t u_t u_tᵀ + Σ_k w_k Σ_t (u_t u_{t−k}ᵀ + u_{t−k} u_tᵀ)] · (XᵀX)⁻¹
 * (Newey and West 1987, Econometrica 55:703, eq. 5). A lag of 0 gives White's errors.
 *
 * @param fit rows in the order of time
 * @throws {InvalidInputError} where the lag is not a whole number from 0 to the number of rows less one
 * @example coefficientTest(fit, neweyWest(fit, { lag: 6 }).covariance)
 */
export function neweyWest(fit: LeastSquaresFit, options: NeweyWestOptions = {}): NeweyWest {
  checkFields("neweyWest", "options", options, ["lag", "adjust"]);
  return robustCovariance("neweyWest", fit, options);
}

/** The same under the name of the function that was called. */
export function robustCovariance(action: string, fit: LeastSquaresFit, options: NeweyWestOptions): NeweyWest {
  const n = fit.residuals.length;
  const scores = scoresOf(fit);
  const { lag: asked = "automatic", adjust = true } = options;
  checkFlag(action, "adjust", adjust);
  const automatic = asked === "automatic";
  const lag = automatic ? Math.floor(bandwidth(action, fit)) : asked;
  // As sandwich has it, the weights of an automatic lag beyond the series still fall to 0 at that lag.
  if (!automatic && (!Number.isInteger(lag) || lag < 0 || lag >= n)) {
    const message = `${action}: lag is ${lag}; a whole number from 0 to ${n - 1} is needed for ${n} rows`;
    throw new InvalidInputError(message, "lag");
  }
  const size = fit.terms.length;
  const middle = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let k = 0; k <= Math.min(lag, n - 1); k++) {
    const weight = 1 - k / (lag + 1);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const product = laggedProduct(scores[i], scores[j], k);
        middle[i][j] += k === 0 ? product : weight * (product + laggedProduct(scores[j], scores[i], k));
      }
    }
  }
  const factor = adjust ? n / fit.degreesOfFreedom : 1;
  const bread = fit.inverseCrossProduct;
  const covariance = multiply(multiply(bread, middle), bread).map((row) => row.map((value) => value * factor));
  return { covariance, lag, adjusted: adjust };
}

/**
 * Newey and West's automatic bandwidth for the Bartlett weights above, R's `sandwich::bwNeweyWest(fit, prewhite = FALSE)`.
 *
 * It asks how far the scores' sum is related to its own past, up to ⌊4 (n/100)^(2/9)⌋ periods back (Newey and West 1994,
 * Review of Economic Studies 61:631, with the constant term left out). {@link neweyWest} takes its whole part as lag.
 *
 * @throws {InvalidInputError} where the scores sum to zero in every row, so that nothing can be learned from them
 * @example neweyWestBandwidth(linearRegression(y, { t })) // 5.3
 */
export function neweyWestBandwidth(fit: LeastSquaresFit): number {
  return bandwidth("neweyWestBandwidth", fit);
}

function bandwidth(action: string, fit: LeastSquaresFit): number {
  const n = fit.residuals.length;
  const constant = fit.terms.indexOf(CONSTANT);
  // sandwich gives the constant the weight 0, unless it stands alone.
  const weights = fit.terms.map((_, j) => (j === constant && fit.terms.length > 1 ? 0 : 1));
  const scores = scoresOf(fit);
  const sums = fit.residuals.map((_, i) => scores.reduce((sum, column, j) => sum + weights[j] * column[i], 0));
  const farthest = Math.floor(4 * pow(n / 100, 2 / 9));
  const sigma = Array.from({ length: farthest + 1 }, (_, k) => laggedProduct(sums, sums, k) / n);
  const s0 = sigma[0] + 2 * sigma.slice(1).reduce((sum, value) => sum + value, 0);
  const s1 = 2 * sigma.slice(1).reduce((sum, value, i) => sum + (i + 1) * value, 0);
  if (s0 === 0) {
    throw new InvalidInputError(`${action}: the residuals are zero throughout; give a lag instead`, "fit");
  }
  return 1.1447 * pow(square(s1 / s0), 1 / 3) * pow(n, 1 / 3);
}

/** Residual × value of each column: the columns of what R calls `estfun`. */
function scoresOf(fit: LeastSquaresFit): number[][] {
  return fit.design.map((column) => column.map((value, i) => value * fit.residuals[i]));
}

function laggedProduct(a: readonly number[], b: readonly number[], lag: number): number {
  let sum = 0;
  for (let i = lag; i < a.length; i++) sum += a[i] * b[i - lag];
  return sum;
}

function multiply(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => b.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
}
