import { InvalidInputError, studentTQuantile, studentTTwoSidedP } from "../statistics";
import { checkConfidence } from "../statistics/inner";
import type { LeastSquaresFit } from "./linear-model";

/** A coefficient with its error, test and interval. */
export interface CoefficientRow {
  readonly term: string;
  readonly estimate: number;
  readonly standardError: number;
  /** Estimate divided by its error; infinite where the fit has no residuals and therefore no error. */
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
 * @throws {InvalidInputError} where the covariance has not the size of the fit, or a variance that is negative or not finite
 * @example coefficientTest(fit, neweyWest(fit, { lag: 6 }).covariance)
 */
export function coefficientTest(
  fit: LeastSquaresFit,
  covariance: readonly (readonly number[])[],
  confidence = 0.95,
): CoefficientRow[] {
  checkConfidence("coefficientTest", confidence);
  const size = fit.terms.length;
  if (covariance.length !== size || covariance.some((row) => row.length !== size)) {
    throw new InvalidInputError(
      `coefficientTest: the covariance has ${covariance.length} rows, the fit ${size} terms (${fit.terms.join(", ")})`,
      "covariance",
    );
  }
  const quantile = studentTQuantile((1 + confidence) / 2, fit.degreesOfFreedom);
  return fit.terms.map((term, j) => {
    const estimate = fit.coefficients[j];
    const variance = covariance[j][j];
    if (!(variance >= 0 && variance < Infinity)) {
      const message = `coefficientTest: the variance of "${term}" is ${variance}`;
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
