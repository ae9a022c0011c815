import { logisticRegression } from "../comparability";
import { inverseLogit } from "../comparability/inner";
import type { RandomSource } from "../statistics";
import { InvalidInputError } from "../statistics";
import { square } from "../statistics/elementary";
import { calledAs, cholesky, lengthOf } from "../statistics/inner";

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
  lengthOf(action, "outcome", input.outcome);
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
  const rows = {
    outcome: [...known.map((i) => input.outcome[i] ?? 0), ...added.outcome],
    covariates: Object.fromEntries(
      names.map((name, j) => [name, [...known.map((i) => columns[j][i]), ...added.columns[j]]]),
    ),
    weights: [...known.map(() => 1), ...added.outcome.map(() => added.weight)],
  };
  const fit = calledAs(action, () => logisticRegression(rows, FIT));
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
  const eta = names.reduce((sum, name, j) => sum + coefficients[j] * (j === 0 ? 1 : covariates[name][row]), 0);
  return inverseLogit(eta);
}

/** Rows that keep a logistic fit finite, with their weights. */
export interface Augmentation {
  readonly columns: readonly (readonly number[])[];
  readonly outcome: readonly number[];
  /** The weight of each such row; together they weigh as much as columns + 1 rows. */
  readonly weight: number;
}

/**
 * A few light rows that are added before a logistic fit from which values are drawn (White, Daniel and Royston 2010,
 * Computational Statistics & Data Analysis 54:2267; R's `mice:::augment`).
 *
 * Where some covariate tells the outcomes apart, the likelihood has no maximum, and drawn coefficients would be
 * nonsense. For each column there are four rows, with either outcome half a standard deviation above and below the
 * column's mean, the other columns being at theirs, so that nothing is separated and nothing much is changed.
 *
 * @param columns k covariates of n rows, those of rows with missing outcomes among them
 */
export function augmentation(columns: readonly (readonly number[])[]): Augmentation {
  const summaries = columns.map((values) => {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value / n, 0);
    const variance = values.reduce((sum, value) => sum + square(value - mean), 0) / (n - 1);
    const low = values.reduce((a, b) => Math.min(a, b), Infinity);
    const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    return { mean, deviation: Math.sqrt(variance), low, high };
  });
  const places = columns.flatMap((_, own) =>
    [0, 1].flatMap((outcome) => [0.5, -0.5].map((shift) => ({ own, outcome, shift }))),
  );
  return {
    columns: summaries.map(({ mean, deviation, low, high }, j) =>
      places.map(({ own, shift }) => (own === j ? Math.min(Math.max(mean + shift * deviation, low), high) : mean)),
    ),
    outcome: places.map(({ outcome }) => outcome),
    weight: (columns.length + 1) / places.length,
  };
}
