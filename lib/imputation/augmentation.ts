import { square } from "../statistics/elementary";

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
      places.map(({ own, shift }) =>
        own === j ? Math.min(Math.max(mean + shift * deviation, low), high) : mean,
      ),
    ),
    outcome: places.map(({ outcome }) => outcome),
    weight: (columns.length + 1) / places.length,
  };
}
