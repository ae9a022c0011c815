/** How good a model predicts. */

export { type CalibrationGroup, calibration } from "./calibration";
export { brier, type PredictionScore } from "./scoring";
export { type UnoConcordance, unoConcordance } from "./uno-concordance";
