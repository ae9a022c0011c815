export * from "./at-times";
export * from "./competing/index";
export * from "./concordance";
export type { IntervalType } from "./confidence-interval";
export type { CoxInput } from "./cox/design";
export { type CoxOptions, cox } from "./cox/fit";
export * from "./cox/influence";
export * from "./cox/predict";
export * from "./cox/proportional-hazards";
export {
  type EventResidual,
  type EventResiduals,
  type MatrixResidual,
  type RowResidual,
  residuals,
} from "./cox/residuals";
export type * from "./cox/types";
export type * from "./cox/warnings";
export * from "./errors";
export * from "./kaplan-meier";
export {
  type GroupedInput,
  type LogRankGroup,
  type LogRankOptions,
  type LogRankTest,
  logRank,
} from "./log-rank";
export * from "./log-rank-trend";
export * from "./model-frame";
export type { Labels, Outcome, Vector } from "./outcome";
export * from "./pairwise-log-rank";
export * from "./permutation-log-rank";
export * from "./quantile";
export * from "./restricted-mean";
export * from "./turnbull";
export * from "./turnbull-at-times";
