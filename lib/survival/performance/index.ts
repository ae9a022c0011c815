/** How good a model predicts. */

export { brier, type PredictionScore } from "./brier";
export { type CalibrationGroup, calibration } from "./calibration";
export { type UnoConcordance, unoConcordance } from "./uno-concordance";
