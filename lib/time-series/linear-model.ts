import { InvalidInputError } from "../statistics";
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
  const terms = [CONSTANT, ...Object.keys(covariates)];
  const design = [response.map(() => 1), ...Object.values(covariates)];
  return leastSquares("linearRegression", response, terms, design);
}

/** Least squares on a design that is given column by column, for a public function whose name its errors start with. */
export function leastSquares(
  called: string,
  response: readonly number[],
  terms: readonly string[],
  design: readonly (readonly number[])[],
): LeastSquaresFit {
  check(called, response, terms, design);
  const qr = decompose(design);
  if ("dependent" in qr) {
    throw new InvalidInputError(
      `${called}: "${terms[qr.dependent]}" is a combination of the columns before it (${terms.slice(0, qr.dependent).join(", ")}), or zero throughout; leave it out`,
      "covariates",
      qr.dependent,
    );
  }
  const coefficients = [...backSolve(qr, rotated(qr, response))];
  const fitted = response.map((_, i) =>
    design.reduce((sum, column, j) => sum + column[i] * coefficients[j], 0),
  );
  return finish({ terms, coefficients, design, response, fitted }, inverseCrossProduct(qr));
}

/** Residuals and what is computed from them. */
export function finish(
  fit: Pick<LeastSquaresFit, "terms" | "coefficients" | "design" | "response" | "fitted">,
  inverse: readonly (readonly number[])[],
): LeastSquaresFit {
  const residuals = fit.response.map((value, i) => value - fit.fitted[i]);
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
  return fit.inverseCrossProduct.map((row) => row.map((value) => value * fit.sigma ** 2));
}

const sumOfSquares = (x: readonly number[]): number => x.reduce((sum, value) => sum + value * value, 0);

function check(
  called: string,
  response: readonly number[],
  terms: readonly string[],
  design: readonly (readonly number[])[],
) {
  const columns = [response, ...design];
  for (const [i, column] of columns.entries()) {
    const [name, argument] = i === 0 ? ["the response", "response"] : [`"${terms[i - 1]}"`, "covariates"];
    if (column.length !== response.length) {
      throw new InvalidInputError(
        `${called}: ${name} has ${column.length} values, the response ${response.length}`,
        argument,
      );
    }
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      throw new InvalidInputError(
        `${called}: ${name} is ${column[at]} at index ${at}; a number is needed`,
        argument,
        at,
      );
    }
  }
  if (response.length <= terms.length) {
    throw new InvalidInputError(
      `${called}: ${response.length} observations and ${terms.length} terms; more observations than terms are needed`,
      "response",
    );
  }
}
