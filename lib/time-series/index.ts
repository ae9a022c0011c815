/** Did a series change at a day, by more than it moves anyway? */

// A series, and what an interruption does to it.

export * from "./block-bootstrap";
export {
  type InterruptedFit,
  type InterruptedOptions,
  interruptedTimeSeries,
  interventionTerms,
} from "./interrupted";
export { INTERRUPTION_MODELS, type InterruptionModel, periodsBefore, type TimeSeries } from "./series";

// Regression, and errors that allow for memory.

export * from "./autocorrelation";
export {
  type CoefficientRow,
  coefficientTest,
  type LeastSquaresFit,
  linearRegression,
  ordinaryCovariance,
} from "./linear-model";
export { type NeweyWest, type NeweyWestOptions, neweyWest, neweyWestBandwidth } from "./newey-west";

// What else could have been: other dates, other series, changes that nobody told of.

export { type ChangePointOptions, type ChangePoints, changePoints, type Segment } from "./change-points";
export { type PlaceboDates, type PlaceboOptions, type PlaceboRow, placeboDates } from "./placebo-dates";
export * from "./synthetic-control";
