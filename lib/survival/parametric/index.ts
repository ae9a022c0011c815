/** Models with a form for the baseline: named distributions, splines, and a share that never has the event. */

export type { Distribution } from "./families";
export { type FlexibleFit, type FlexibleOptions, flexibleParametric, type SplineScale } from "./flexible";
export type { ParametricInput, ParametricTerm, ParametricWarning } from "./model";
export { type ParametricFit, type ParametricOptions, parametric } from "./parametric";
export { type CurveRow, type SmoothCurve, smoothCurve } from "./smooth-curve";
export {
  type EndingDistribution,
  type SplitPopulationFit,
  type SplitPopulationInput,
  type SplitPopulationOptions,
  splitPopulation,
} from "./split-population";
