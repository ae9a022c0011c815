/** Models with a form for the baseline: named distributions, splines, and a share that never has the event. */

export type { Distribution } from "./families";
export { type FlexibleFit, type FlexibleOptions, flexibleParametric, type SplineScale } from "./flexible";
export type { ParametricTerm, ParametricWarning } from "./model";
export * from "./parametric";
export type { ParametricInput } from "./rows";
export * from "./smooth-curve";
export * from "./split-population";
