export type { PerArm, Treated } from "./arms";
export * from "./balance";
export type { Covariate, Covariates } from "./covariate";
export * from "./e-value";
export { effectiveSampleSize } from "./effective-sample-size";
export * from "./errors";
export { type LogisticFit, type LogisticOptions, type LogisticTerm, logisticRegression } from "./logistic";
export {
  type Denominator,
  type MeanDifference,
  type MeanDifferenceOptions,
  standardizedMeanDifference,
} from "./mean-difference";
export * from "./propensity-score";
export * from "./propensity-weights";
export * from "./weighted-curves";
