/** Whether groups are comparable that nobody assigned by chance, and weights that make them so. */

// What is given.

export type { Covariate, Covariates, PerArm, Treated } from "./columns";

// How groups differ.

export {
  type BalanceInput,
  type BalanceRow,
  type BalanceTable,
  balanceTable,
  effectiveSampleSize,
} from "./balance";
export {
  type Denominator,
  type MeanDifference,
  type MeanDifferenceOptions,
  standardizedMeanDifference,
} from "./mean-difference";

// Propensity scores, and weights from them.

export * from "./propensity";
export { weightedCurves } from "./weighted-curves";

// The logistic model behind them.

export { type LogisticFit, type LogisticOptions, type LogisticTerm, logisticRegression } from "./logistic";
export { LogisticConvergenceError, LogisticSeparationError } from "./logistic-newton";

// What was not measured.

export { biasFactor, type EValue, type EValueInput, eValue } from "./e-value";
