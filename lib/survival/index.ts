/** Survival analysis on plain arrays of doubles: curves, comparisons of groups, Cox models, competing risks. */

// What was observed.

export type { GroupedInput } from "./groups";
export type { Labels, Outcome, Vector } from "./outcome";

// Curves, and what one reads off them.

export type { IntervalType } from "./confidence-interval";
export { type SurvivalDifference, survivalDifferences } from "./curve-differences";
export { atTimes, type CurveAtTime, quantile, type SurvivalQuantile } from "./curve-values";
export { type KaplanMeierOptions, kaplanMeier, type SurvivalCurve } from "./kaplan-meier";
export * from "./restricted-mean";
export * from "./restricted-mean-regression";

// Comparing groups.

export * from "./log-rank";

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

export * from "./diagnostics";

// How well a Cox model predicts.

export * from "./performance";

// Models with a form for the baseline.

export * from "./parametric";

// Competing risks.

export * from "./competing";

// Several states, from one to another.

export * from "./states";

// Times that are known to lie in intervals only.

export * from "./turnbull";
