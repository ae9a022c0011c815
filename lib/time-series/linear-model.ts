import { InvalidInputError, studentTQuantile, studentTTwoSidedP } from "../statistics";
import { square } from "../statistics/elementary";
import { checkConfidence, columnNames, lengthOf, shown } from "../statistics/inner";
import { backSolve, decompose, inverseCrossProduct, rotated } from "./qr";

/** A regression fitted by least squares: what tests and robust errors need of it. */
export interface LeastSquaresFit {
  readonly terms: readonly string[];
  readonly coefficients: readonly number[];
  /** Columns of the design, one for each term; of a nonlinear model the derivatives at the estimate. */
  readonly design: readonly (readonly number[])[];
  readonly response: readonly number[];
  readonly fitted: readonly number[];
  readonly residuals: readonly number[];
  /** Observations less terms. */
  readonly degreesOfFreedom: number;
  readonly residualSumOfSquares: number;
  /** Standard deviation of the residuals, √(RSS / degrees of freedom). */
  readonly sigma: number;
  /** (XᵀX)⁻¹, as rows. */
  readonly inverseCrossProduct: readonly (readonly number[])[];
  readonly rSquared: number;
}

/** Name of the constant among the terms. */
export const CONSTANT = "(constant)";

/**
 * Linear regression by ordinary least squares, R's `lm(y ~ …)`, by QR decomposition.
 *
 * The errors that come with it hold where residuals are independent. Neighbours in time seldom are: take
 * {@link neweyWest} for the covariance.
 *
 * @param response one finite value an observation, in the order of time
 * @param covariates columns by name, each as long as the response; a constant is put in front
 * @throws {InvalidInputError} for a column of another length, a value that is not finite (naming column and index), a column that is
 *   a combination of earlier ones, or fewer observations than terms and one
 * @example linearRegression([1, 2, 2, 4], { t: [0, 1, 2, 3] }).coefficients // [0.9, 0.9]
 */
export function linearRegression(
  response: readonly number[],
  covariates: Readonly<Record<string, readonly number[]>>,
): LeastSquaresFit {
  const names = columnNames("linearRegression", covariates);
  const terms = [CONSTANT, ...names];
  lengthOf("linearRegression", "response", response);
  const design = [Array.from(response, () => 1), ...names.map((name) => covariates[name])];
  return leastSquares("linearRegression", response, terms, design);
}

/** Least squares on a design that is given column by column. */
export function leastSquares(
  action: string,
  response: readonly number[],
  terms: readonly string[],
  design: readonly (readonly number[])[],
): LeastSquaresFit {
  check(action, response, terms, design);
  const qr = decompose(design);
  if ("dependent" in qr) {
    throw new InvalidInputError(
      `${action}: "${terms[qr.dependent]}" is a combination of the columns before it (${terms.slice(0, qr.dependent).join(", ")}), or zero throughout; leave it out`,
      terms[qr.dependent],
    );
  }
  const found = [...backSolve(qr, rotated(qr, response))];
  const coefficients = withoutRounding(found, response, design);
  const fitted = response.map((_, i) => design.reduce((sum, column, j) => sum + column[i] * coefficients[j], 0));
  return finish({ terms, coefficients, design, response, fitted }, inverseCrossProduct(qr));
}

/**
 * Where the line leaves no rest, a coefficient that is only rounding is 0: beside an error of 0 it would be certain to be
 * something.
 */
function withoutRounding(
  coefficients: readonly number[],
  response: readonly number[],
  design: readonly (readonly number[])[],
): readonly number[] {
  const rest = response.map(
    (value, i) => value - design.reduce((sum, column, j) => sum + column[i] * coefficients[j], 0),
  );
  if (!isRounding(rest, response)) return coefficients;
  const scale = Math.sqrt(sumOfSquares(response));
  return coefficients.map((value, j) =>
    Math.abs(value) * Math.sqrt(sumOfSquares(design[j])) <= 1e-12 * scale ? 0 : value,
  );
}

/** Whether differences from some values are no more than rounding; R says "essentially perfect fit" by the same measure. */
function isRounding(differences: readonly number[], values: readonly number[]): boolean {
  return sumOfSquares(differences) <= 1e-28 * sumOfSquares(values);
}

/** Residuals and what is computed from them. */
export function finish(
  fit: Pick<LeastSquaresFit, "terms" | "coefficients" | "design" | "response" | "fitted">,
  inverse: readonly (readonly number[])[],
): LeastSquaresFit {
  const differences = fit.response.map((value, i) => value - fit.fitted[i]);
  const residuals = isRounding(differences, fit.response) ? differences.map(() => 0) : differences;
  const residualSumOfSquares = sumOfSquares(residuals);
  const degreesOfFreedom = fit.response.length - fit.terms.length;
  const mean = fit.response.reduce((sum, value) => sum + value, 0) / fit.response.length;
  const total = sumOfSquares(fit.response.map((value) => value - mean));
  return {
    ...fit,
    residuals,
    residualSumOfSquares,
    degreesOfFreedom,
    sigma: Math.sqrt(residualSumOfSquares / degreesOfFreedom),
    inverseCrossProduct: inverse,
    rSquared: total === 0 ? 0 : 1 - residualSumOfSquares / total,
  };
}

/**
 * The covariance of the coefficients if residuals were independent and of equal spread, R's `vcov(lm)`.
 *
 * @example coefficientTest(fit, ordinaryCovariance(fit))
 */
export function ordinaryCovariance(fit: LeastSquaresFit): number[][] {
  return fit.inverseCrossProduct.map((row) => row.map((value) => value * square(fit.sigma)));
}

const sumOfSquares = (x: readonly number[]): number => x.reduce((sum, value) => sum + value * value, 0);

function check(
  action: string,
  response: readonly number[],
  terms: readonly string[],
  design: readonly (readonly number[])[],
) {
  const columns = [response, ...design];
  for (const [i, column] of columns.entries()) {
    const name = i === 0 ? "the response" : `"${terms[i - 1]}"`;
    const argument = i === 0 ? "response" : terms[i - 1];
    lengthOf(action, argument, column);
    if (column.length !== response.length) {
      const message = `${action}: ${name} has ${column.length} values, the response ${response.length}`;
      throw new InvalidInputError(message, argument);
    }
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      const message = `${action}: ${name} is ${shown(column[at])} at index ${at}; a number is needed`;
      throw new InvalidInputError(message, argument, at);
    }
  }
  if (response.length <= terms.length) {
    const message = `${action}: ${response.length} observations and ${terms.length} terms; more observations than terms are needed`;
    throw new InvalidInputError(message, "response");
  }
}

/** A coefficient with its error, test and interval. */
export interface CoefficientRow {
  readonly term: string;
  readonly estimate: number;
  readonly standardError: number;
  /** Estimate divided by its error; infinite where a fit without residuals has no error. */
  readonly t: number;
  /** Two-sided, from Student's t with the fit's degrees of freedom. */
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Tests of a regression's coefficients with a covariance of one's choice, R's `lmtest::coeftest(fit, vcov. = V)` and
 * `lmtest::coefci`.
 *
 * @param covariance as rows, such as `neweyWest(fit).covariance` or `ordinaryCovariance(fit)`
 * @param confidence level of the intervals; 0.95 unless told
 * @throws {InvalidInputError} where the covariance has not the size of the fit, or a variance that is negative
 * @example coefficientTest(fit, neweyWest(fit, { lag: 6 }).covariance)
 */
export function coefficientTest(
  fit: LeastSquaresFit,
  covariance: readonly (readonly number[])[],
  confidence = 0.95,
): CoefficientRow[] {
  return testCoefficients("coefficientTest", fit, covariance, confidence);
}

/** The same under the name of the function that was called. */
export function testCoefficients(
  action: string,
  fit: LeastSquaresFit,
  covariance: readonly (readonly number[])[],
  confidence: number,
): CoefficientRow[] {
  checkConfidence(action, confidence);
  const size = fit.terms.length;
  if (covariance.length !== size || covariance.some((row) => row.length !== size)) {
    const message = `${action}: the covariance has ${covariance.length} rows, the fit ${size} terms (${fit.terms.join(", ")})`;
    throw new InvalidInputError(message, "covariance");
  }
  const quantile = studentTQuantile((1 + confidence) / 2, fit.degreesOfFreedom);
  return fit.terms.map((term, j) => {
    const estimate = fit.coefficients[j];
    const variance = covariance[j][j];
    if (!(variance >= 0 && variance < Infinity)) {
      const message = `${action}: the variance of "${term}" is ${shown(variance)}; a finite number of at least 0 is needed`;
      throw new InvalidInputError(message, "covariance", j);
    }
    const standardError = Math.sqrt(variance);
    // A fit without residuals has an error of zero, and whatever is not zero is then certain.
    const t =
      standardError === 0
        ? estimate === 0
          ? 0
          : Math.sign(estimate) * Number.POSITIVE_INFINITY
        : estimate / standardError;
    return {
      term,
      estimate,
      standardError,
      t,
      pValue: studentTTwoSidedP(t, fit.degreesOfFreedom),
      lower: estimate - quantile * standardError,
      upper: estimate + quantile * standardError,
    };
  });
}
