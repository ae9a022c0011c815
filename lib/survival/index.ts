/** Survival analysis on plain arrays of doubles: curves, comparisons of groups, Cox models, competing risks, interval-censored times. */

export * from "./competing";
export { type Concordance, concordance, type ScoredOutcome } from "./concordance";
export type { IntervalType } from "./confidence-interval";
export * from "./cox";
export { atTimes, type CurveAtTime, quantile, type SurvivalQuantile } from "./curve-values";
export * from "./diagnostics";
export type { GroupedInput } from "./groups";
export { type KaplanMeierOptions, kaplanMeier, type SurvivalCurve } from "./kaplan-meier";
export {
  type LogRankGroup,
  type LogRankOptions,
  type LogRankTest,
  logRank,
  logRankTrend,
  type PairwiseComparison,
  pairwiseLogRank,
  type TrendTest,
} from "./log-rank";
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
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
} from "./restricted-mean";
export * from "./turnbull";
