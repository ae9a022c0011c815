/** Survival analysis on plain arrays of doubles: curves, comparisons of groups, Cox models, competing risks, interval-censored times. */
export { atTimes, type CurveAtTime } from "./at-times";
export * from "./competing";
export { type Concordance, concordance, type ScoredOutcome } from "./concordance";
export type { IntervalType } from "./confidence-interval";
export * from "./cox";
export * from "./diagnostics";
export { type KaplanMeierOptions, kaplanMeier, type SurvivalCurve } from "./kaplan-meier";
export {
  type GroupedInput,
  type LogRankGroup,
  type LogRankOptions,
  type LogRankTest,
  logRank,
} from "./log-rank";
export { logRankTrend, type TrendTest } from "./log-rank-trend";
export {
  type FactorTerm,
  factor,
  type InteractionTerm,
  interaction,
  type ModelFrame,
  type ModelSpecification,
  type ModelTerm,
  modelFrame,
} from "./model-frame";
export type { Labels, Outcome, Vector } from "./outcome";
export { type PairwiseComparison, pairwiseLogRank } from "./pairwise-log-rank";
export { type PermutationOptions, type PermutationTest, permutationLogRank } from "./permutation-log-rank";
export { quantile, type SurvivalQuantile } from "./quantile";
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
} from "./restricted-mean";
export * from "./turnbull";
