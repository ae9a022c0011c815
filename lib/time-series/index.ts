/** Time series: interrupted regressions with errors that allow for memory, change points, weighted comparisons. */
export {
  type Autocorrelation,
  type AutocorrelationTest,
  autocorrelation,
  breuschGodfrey,
  durbinWatson,
  ljungBox,
} from "./autocorrelation";
export {
  type BlockBootstrapOptions,
  type HalfLifeBootstrap,
  halfLifeBootstrap,
  movingBlocks,
} from "./block-bootstrap";
export { type ChangePointOptions, type ChangePoints, changePoints, type Segment } from "./change-points";
export { type CoefficientRow, coefficientTest } from "./coefficient-test";
export {
  type InterruptedFit,
  type InterruptedOptions,
  interruptedTimeSeries,
  interventionTerms,
} from "./interrupted";
export { INTERRUPTION_MODELS, type InterruptionModel } from "./interruption";
export { type LeastSquaresFit, linearRegression, ordinaryCovariance } from "./linear-model";
export { type NeweyWest, type NeweyWestOptions, neweyWest, neweyWestBandwidth } from "./newey-west";
export { type PlaceboDates, type PlaceboOptions, type PlaceboRow, placeboDates } from "./placebo-dates";
export { type SimplexLeastSquares, simplexLeastSquares } from "./simplex-least-squares";
export {
  type DonorWeight,
  type SyntheticControl,
  type SyntheticControlUnit,
  syntheticControl,
} from "./synthetic-control";
export type { TimeSeries } from "./types";
