/** comparability */
export type { PerArm, Treated } from "./arms";
export { type BalanceInput, type BalanceRow, type BalanceTable, balanceTable } from "./balance";
export type { Covariate, Covariates } from "./covariate";
export { biasFactor, type EValue, type EValueInput, eValue } from "./e-value";
export { effectiveSampleSize } from "./effective-sample-size";
export { LogisticConvergenceError, LogisticSeparationError } from "./errors";
export { type LogisticFit, type LogisticOptions, type LogisticTerm, logisticRegression } from "./logistic";
export {
  type Denominator,
  type MeanDifference,
  type MeanDifferenceOptions,
  standardizedMeanDifference,
} from "./mean-difference";
export { type PropensityScore, propensityScore } from "./propensity-score";
export {
  type Estimand,
  type PropensityWeightOptions,
  type PropensityWeights,
  propensityWeights,
} from "./propensity-weights";
export { weightedCurves } from "./weighted-curves";
