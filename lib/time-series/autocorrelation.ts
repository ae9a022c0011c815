import { chiSquareUpperTail, InvalidInputError, normalCdf } from "../statistics";
import { log10, square } from "../statistics/elementary";
import { checkAllFinite, checkWhole } from "../statistics/inner";
import { type LeastSquaresFit, leastSquares } from "./linear-model";

/** How alike a series is to itself some periods earlier. */
export interface Autocorrelation {
  /** 1, 2, … */
  readonly lag: readonly number[];
  /** −1 to 1. */
  readonly correlation: readonly number[];
  /** ±1.96/√n: of a series without memory one in twenty correlations lies outside. */
  readonly bound: number;
  readonly n: number;
}

/**
 * The autocorrelations of a series, R's `acf(x, lag.max, plot = FALSE)`:
 * r_k = Σ_t (x_t − x̄)(x_{t−k} − x̄) / Σ_t (x_t − x̄)² (Box and Jenkins 1976, Time Series Analysis, ch. 2).
 *
 * @param values in the order of time, such as residuals
 * @param farthest longest lag; ⌊10 log₁₀ n⌋ unless told
 * @throws {InvalidInputError} where there are fewer than two values, the farthest lag is not below their number, a value is not
 *   finite (naming its index), or all are equal
 * @example autocorrelation(fit.residuals, 14).correlation[0] // of neighbours
 */
export function autocorrelation(
  values: readonly number[],
  farthest = Math.min(values.length - 1, Math.floor(10 * log10(values.length))),
): Autocorrelation {
  return correlated("autocorrelation", values, farthest);
}

function correlated(action: string, values: readonly number[], farthest: number): Autocorrelation {
  const n = values.length;
  checkAllFinite(action, "values", values, 2);
  if (!(Number.isInteger(farthest) && farthest >= 1 && farthest < n)) {
    const message = `${action}: the farthest lag is ${farthest}; a whole number from 1 to ${n - 1} is needed for ${n} values`;
    throw new InvalidInputError(message, "farthest");
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centred = values.map((value) => value - mean);
  const product = (k: number) => centred.slice(k).reduce((sum, value, i) => sum + value * centred[i], 0);
  const variance = product(0);
  if (variance === 0) {
    const message = `${action}: all values are equal, so there is nothing to correlate`;
    throw new InvalidInputError(message, "values");
  }
  const lag = Array.from({ length: farthest }, (_, k) => k + 1);
  return {
    lag,
    correlation: lag.map((k) => product(k) / variance),
    bound: 1.959963984540054 / Math.sqrt(n),
    n,
  };
}

/** Statistic and p value of a test that residuals are not related to earlier ones. */
export interface AutocorrelationTest {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * The Ljung–Box test that the first `lags` autocorrelations are zero, R's `Box.test(x, lag, type = "Ljung-Box", fitdf)`:
 * Q = n(n + 2) Σ_k r_k² / (n − k), chi-square on lags − fitted degrees of freedom (1978, Biometrika 65:297).
 *
 * @param fitted parameters of a time-series model whose residuals these are; 0 unless told
 * @throws {InvalidInputError} as {@link autocorrelation}, and where no degree of freedom is left
 * @example ljungBox(fit.residuals, 7).pValue
 */
export function ljungBox(values: readonly number[], lags: number, fitted = 0): AutocorrelationTest {
  if (!(lags > fitted && fitted >= 0)) {
    const message = `ljungBox: ${lags} lags and ${fitted} fitted parameters leave no degree of freedom`;
    throw new InvalidInputError(message, "lags");
  }
  const { correlation, n } = correlated("ljungBox", values, lags);
  const sum = correlation.reduce((total, r, i) => total + (r * r) / (n - i - 1), 0);
  const statistic = n * (n + 2) * sum;
  return { statistic, pValue: chiSquareUpperTail(statistic, lags - fitted) };
}

/**
 * The Durbin–Watson test that residuals of neighbouring periods are unrelated, against a positive relation, R's
 * `lmtest::dwtest(fit, exact = FALSE)`.
 *
 * d = Σ (e_t − e_{t−1})² / Σ e_t² is near 2 without a relation and falls towards 0 with a positive one. The p value is
 * from the normal approximation with the design's exact mean and variance (Durbin and Watson 1951, Biometrika 38:159),
 * not from the exact distribution, which dwtest takes for fewer than 100 rows.
 *
 * @example durbinWatson(fit).statistic // 0.9: neighbours are alike
 */
export function durbinWatson(fit: LeastSquaresFit): AutocorrelationTest {
  const e = fit.residuals;
  const [n, k] = [e.length, fit.terms.length];
  const steps = e.slice(1).reduce((sum, value, i) => sum + square(value - e[i]), 0);
  const statistic = steps / e.reduce((sum, value) => sum + value * value, 0);
  const second = fit.design.map(secondDifferences);
  const cross = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
    a.map((left) => b.map((right) => left.reduce((sum, value, i) => sum + value * right[i], 0)));
  const timesInverse = (m: readonly (readonly number[])[]) =>
    m.map((row) => row.map((_, j) => row.reduce((sum, value, l) => sum + value * fit.inverseCrossProduct[l][j], 0)));
  const first = timesInverse(cross(fit.design, second));
  const squared = timesInverse(cross(second, second));
  const trace = (m: readonly (readonly number[])[]) => m.reduce((sum, row, i) => sum + row[i], 0);
  const traceOfSquare = first.reduce(
    (sum, row, i) => sum + row.reduce((inner, value, j) => inner + value * first[j][i], 0),
    0,
  );
  const p = 2 * (n - 1) - trace(first);
  const q = 2 * (3 * n - 4) - 2 * trace(squared) + traceOfSquare;
  const mean = p / (n - k);
  const variance = (2 / ((n - k) * (n - k + 2))) * (q - p * mean);
  const z = (statistic - mean) / Math.sqrt(variance);
  if (!Number.isFinite(z)) {
    throw new InvalidInputError(
      "durbinWatson: the line fits without a rest, so that the statistic is not defined",
      "fit",
    );
  }
  return { statistic, pValue: normalCdf(z) };
}

/** The columns of A·X where eᵀAe is the sum of squared steps. */
function secondDifferences(x: readonly number[]): number[] {
  const last = x.length - 1;
  return x.map((value, i) => {
    if (i === 0) return value - x[1];
    return i === last ? value - x[last - 1] : 2 * value - x[i - 1] - x[i + 1];
  });
}

/**
 * The Breusch–Godfrey test that residuals are unrelated to the `order` ones before them, R's
 * `lmtest::bgtest(fit, order)`: n·R² of a regression of the residuals on the design and on their own past, with 0 before
 * the first, chi-square on `order` degrees of freedom (Breusch 1978, Australian Economic Papers 17:334; Godfrey 1978,
 * Econometrica 46:1293).
 *
 * @throws {InvalidInputError} where the order is not a whole number from 1, or leaves fewer rows than terms
 * @example breuschGodfrey(fit, 7).pValue // a week of days
 */
export function breuschGodfrey(fit: LeastSquaresFit, order: number): AutocorrelationTest {
  const action = "breuschGodfrey";
  const e = fit.residuals;
  checkWhole(action, "order", order, 1);
  const lagged = Array.from({ length: order }, (_, k) => e.map((_, i) => (i > k ? e[i - k - 1] : 0)));
  const names = lagged.map((_, k) => `residual ${k + 1} before`);
  const help = leastSquares(action, e, [...fit.terms, ...names], [...fit.design, ...lagged]);
  const explained = help.fitted.reduce((sum, value) => sum + value * value, 0);
  const statistic = (e.length * explained) / e.reduce((sum, value) => sum + value * value, 0);
  return { statistic, pValue: chiSquareUpperTail(statistic, order) };
}
