import { logisticRegression } from "../comparability";
import { inverseLogit } from "../comparability/inner";
import type { RandomSource } from "../statistics";
import { InvalidInputError } from "../statistics";
import { cholesky } from "../statistics/inner";
import { augmentation } from "./augmentation";

/** The covariance is that before the last step, which may be off by as much as the step; draws show no such error. */
const FIT = { tolerance: 1e-8 };

/** The approximate posterior of a logistic model's coefficients, normal around the maximum of the likelihood. */
export interface LogisticPosterior {
  /** "(Intercept)" and the columns that vary and are no combination of others. */
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/**
 * The posterior from which a proper imputation of a 0/1 covariate draws: the maximum of its logistic regression on other
 * columns, and the inverse information there (Rubin 1987, Multiple Imputation for Nonresponse in Surveys, example 5.2; R's
 * `mice.impute.logreg`, with its augmentation against separation).
 *
 * One wants it to see what an imputation rests on; {@link imputeChained} calls it for each covariate.
 *
 * @param input outcome with null where it is missing, columns without missing values by name; n rows
 * @throws {InvalidInputError} if outcomes are other than 0, 1 and null, or do not vary where they are known
 * @example logisticPosterior({ outcome: [0, 1, null, 1, 0], covariates: { age: [20, 30, 40, 50, 60] } }).mean
 */
export function logisticPosterior(input: {
  readonly outcome: readonly (number | null)[];
  readonly covariates: Readonly<Record<string, readonly number[]>>;
}): LogisticPosterior {
  const action = "logisticPosterior";
  const known = input.outcome.flatMap((value, i) => (value === null ? [] : [i]));
  for (const i of known) {
    if (input.outcome[i] === 0 || input.outcome[i] === 1) continue;
    throw new InvalidInputError(
      `${action}: outcome[${i}] is ${input.outcome[i]}; 0, 1 or null is needed`,
      "outcome",
      i,
    );
  }
  const names = Object.keys(input.covariates).filter((name) => {
    const column = input.covariates[name];
    return column.some((value) => value !== column[0]);
  });
  const columns = names.map((name) => input.covariates[name]);
  const added = augmentation(columns);
  const fit = logisticRegression(
    {
      outcome: [...known.map((i) => input.outcome[i] ?? 0), ...added.outcome],
      covariates: Object.fromEntries(
        names.map((name, j) => [name, [...known.map((i) => columns[j][i]), ...added.columns[j]]]),
      ),
      weights: [...known.map(() => 1), ...added.outcome.map(() => added.weight)],
    },
    FIT,
  );
  return {
    names: fit.terms.map(({ name }) => name),
    mean: fit.terms.map(({ coefficient }) => coefficient),
    covariance: fit.covariance,
  };
}

/** Coefficients drawn from the posterior: mean + L·z with L·Lᵀ the covariance. */
export function drawCoefficients({ mean, covariance }: LogisticPosterior, random: RandomSource): number[] {
  const size = mean.length;
  const { factor } = cholesky(Float64Array.from(covariance.flat()), size);
  const z = mean.map((_, j) => random.normal() * Math.sqrt(factor[j * size + j]));
  return mean.map((value, i) => {
    let sum = value + z[i];
    for (let j = 0; j < i; j++) sum += factor[i * size + j] * z[j];
    return sum;
  });
}

/** P(outcome = 1) of a row at given coefficients. */
export function probabilityAt(
  { names }: LogisticPosterior,
  coefficients: readonly number[],
  covariates: Readonly<Record<string, readonly number[]>>,
  row: number,
): number {
  const eta = names.reduce(
    (sum, name, j) => sum + coefficients[j] * (j === 0 ? 1 : covariates[name][row]),
    0,
  );
  return inverseLogit(eta);
}
