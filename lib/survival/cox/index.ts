/** Cox's proportional hazards model: fit, residuals, influence, prediction, the test of proportionality. */
export type { CoxInput } from "./design";
export { type CoxOptions, cox } from "./fit";
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
  influence,
  type MatrixResidual,
  type RowInfluence,
  type RowResidual,
  residuals,
} from "./residuals";
export type {
  AliasedWarning,
  ConvergenceWarning,
  CoxCertificate,
  CoxFit,
  CoxTerm,
  CoxTest,
  CoxWarning,
  FewClustersWarning,
  FewEventsWarning,
  SeparationWarning,
  StratumWarning,
} from "./types";
