/** Survival analysis on plain arrays of doubles: curves, comparisons of groups, Cox models, competing risks. */

// What was observed.

export type { GroupedInput } from "./groups";
export type { Labels, Outcome, Vector } from "./outcome";

// Curves, and what one reads off them.

export type { IntervalType } from "./confidence-interval";
export { atTimes, type CurveAtTime, quantile, type SurvivalQuantile } from "./curve-values";
export { type KaplanMeierOptions, kaplanMeier, type SurvivalCurve } from "./kaplan-meier";
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
} from "./restricted-mean";

// Comparing groups.

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

// Cox models: their rows, the model, and how well it orders.

export { type Concordance, concordance, type ScoredOutcome } from "./concordance";
export * from "./cox";
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

// Whether a Cox model can be trusted.

export {
  type CoefficientOverTime,
  type CoefficientOverTimeOptions,
  type CovariateEvents,
  coefficientOverTime,
  type EventsPerCovariate,
  eventsPerCovariate,
  type LeaveClusterOut,
  type LogMinusLogCurve,
  leaveClusterOut,
  logMinusLog,
  type TiedEvents,
  tiedEvents,
  type WithoutCluster,
} from "./diagnostics";

// Competing risks.

export {
  type CompetingOutcome,
  type CumulativeIncidence,
  type CumulativeIncidenceOptions,
  cumulativeIncidence,
  type FineGrayData,
  type FineGrayFit,
  type FineGrayInput,
  type FineGrayOptions,
  type FineGrayOutcome,
  fineGray,
  fineGrayData,
  type GrayInput,
  type GrayOptions,
  type GrayTest,
  grayTest,
  type IncidenceAtTime,
  type IncidenceCurve,
  incidenceAtTimes,
  type PredictedIncidence,
  predictIncidence,
} from "./competing";

// Times that are known to lie in intervals only.

export {
  type IntervalOutcome,
  type MassInterval,
  type TurnbullAtTime,
  type TurnbullCurve,
  type TurnbullOptions,
  turnbull,
  turnbullAtTimes,
} from "./turnbull";
