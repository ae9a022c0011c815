/** Cox's proportional hazards model: fit, residuals, influence, prediction, the test of proportionality. */
export type { CoxInput } from "./design";
export { type CoxOptions, cox } from "./fit";
export { influence, type RowInfluence } from "./influence";
export {
  type BaselineHazard,
  baselineHazard,
  linearPredictors,
  type PredictedCurve,
  type PredictOptions,
  predictSurvival,
} from "./predict";
export {
  type ProportionalHazardsTest,
  proportionalHazards,
  type TimeTransform,
} from "./proportional-hazards";
export {
  type EventResidual,
  type EventResiduals,
  type MatrixResidual,
  type RowResidual,
  residuals,
} from "./residuals";
export type { CoxCertificate, CoxFit, CoxTerm, CoxTest } from "./types";
export type {
  AliasedWarning,
  ConvergenceWarning,
  CoxWarning,
  FewEventsWarning,
  SeparationWarning,
  StratumWarning,
} from "./warnings";
