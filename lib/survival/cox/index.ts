/** Cox's proportional hazards model: fit, residuals, influence, prediction, the test of proportionality. */
export {
  type AdjustedCurves,
  type AdjustedDifference,
  type AdjustedEstimate,
  type AdjustedOptions,
  type Arm,
  adjustedCurves,
} from "./adjusted-curves";
export { compareFits, type FitComparison, jointTest } from "./compare-fits";
export type { CoxInput } from "./design";
export * from "./episodes";
export { type CoxOptions, cox } from "./fit";
export type { FrailtyOptions } from "./frailty";
export {
  type BaselineHazard,
  baselineHazard,
  linearPredictors,
  type PredictedCurve,
  type PredictOptions,
  predictSurvival,
} from "./predict";
export {
  type PredictedValue,
  type PredictRow,
  type PredictRowsOptions,
  type PredictType,
  predict,
} from "./predict-rows";
export * from "./proportional-hazards";
export {
  type EventResidual,
  type EventResiduals,
  influence,
  type MatrixResidual,
  type RowInfluence,
  type RowResidual,
  residuals,
} from "./residuals";
export { termOf } from "./term-of";
export * from "./types";
