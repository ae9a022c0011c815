import { studentTQuantile } from "../statistics";
import { exp, log } from "../statistics/elementary";
import { checkConfidence, checkFields, checkFlag, checkOneOf } from "../statistics/inner";
import { type CoefficientRow, type LeastSquaresFit, leastSquares, testCoefficients } from "./linear-model";
import { type NeweyWest, type NeweyWestOptions, robustCovariance } from "./newey-west";
import { HALF_LIFE, pulseFit } from "./pulse";
import {
  checkSeries,
  INTERRUPTION_MODELS,
  type InterruptionModel,
  interventionIndex,
  since,
  type TimeSeries,
  undisturbed,
} from "./series";

/** Options of {@link interruptedTimeSeries}. */
export interface InterruptedOptions extends NeweyWestOptions {
  /** Day of the intervention; the period that holds it counts as after. */
  readonly intervention: string;
  /** "level and slope" unless told. */
  readonly model?: InterruptionModel;
  /** A term for each day of the week, for daily series; false unless told. */
  readonly weekdays?: boolean;
  /** Level of all intervals; 0.95 unless told. */
  readonly confidence?: number;
}

/** The fit of {@link interruptedTimeSeries}. */
export interface InterruptedFit {
  readonly series: TimeSeries;
  readonly intervention: string;
  /** Index of the first period after it. */
  readonly index: number;
  readonly model: InterruptionModel;
  readonly fit: LeastSquaresFit;
  readonly errors: NeweyWest;
  readonly confidence: number;
  /** One row a term, with Newey–West errors. */
  readonly terms: readonly CoefficientRow[];
  /** Pointwise interval of the fitted line. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** The fitted line without the terms of the intervention: what the model expects had nothing happened. */
  readonly counterfactual: readonly number[];
  /** Periods until half of the pulse is gone, with its interval by the delta method on the log scale; null without a pulse. */
  readonly halfLife: { readonly estimate: number; readonly lower: number; readonly upper: number } | null;
  /** n log(RSS/n) + 2 terms: smaller is better, between models of one series; −Infinity where the line fits without a rest. */
  readonly aic: number;
  readonly provenance: TimeSeries["provenance"];
}

/** Terms of each model that come with the intervention. */
const EFFECTS: Readonly<Record<InterruptionModel, readonly string[]>> = {
  "level and slope": ["level", "slope after"],
  "pulse and level": ["level", "pulse", HALF_LIFE],
};

/**
 * An interrupted time series: did level or slope of a series change at a day, by more than it moves anyway?
 *
 * With t the period, s = t − T the periods since the intervention and D = 1 from it on:
 *
 * - "level and slope" (segmented regression; Wagner et al. 2002, Journal of Clinical Pharmacy and Therapeutics 27:299):
 *   y = a + b·t + level·D + (slope after)·s·D
 * - "pulse and level": y = a + b·t + level·D + pulse·2^(−s/h)·D. The pulse is what passes, with half-life h; the level is
 *   what stays. Fitted by nonlinear least squares; its fifth term is log(h).
 *
 * Errors are Newey and West's, since neighbouring periods are alike; see {@link neweyWest} for the lag. Where few periods carry
 * an estimate, as with a pulse, they are too small: in 150 simulated series of 300 days with a half-life of 9, its 95 %
 * interval held it in 79 to 84 of 100, and the bootstrap's in 83 to 85.
 *
 * @param series equally spaced, at least two periods on either side
 * @throws {InvalidInputError} where the intervention is not inside the series, the design is not of full rank, or the pulse's
 *   half-life cannot be found (naming why)
 * @example interruptedTimeSeries(series, { intervention: "2015-09-01", lag: 7 }).terms
 */
export function interruptedTimeSeries(series: TimeSeries, options: InterruptedOptions): InterruptedFit {
  checkFields("interruptedTimeSeries", "options", options, [
    "intervention",
    "model",
    "weekdays",
    "confidence",
    "lag",
    "adjust",
  ]);
  checkFlag("interruptedTimeSeries", "weekdays", options.weekdays);
  return interrupted("interruptedTimeSeries", series, options);
}

/** The same under the name of the function that was called. */
export function interrupted(action: string, series: TimeSeries, options: InterruptedOptions): InterruptedFit {
  const { intervention, model = "level and slope", weekdays = false, confidence = 0.95 } = options;
  checkOneOf(action, "model", model, INTERRUPTION_MODELS);
  checkSeries(action, series);
  checkConfidence(action, confidence);
  const index = interventionIndex(action, series, intervention);
  const base = undisturbed(action, series, weekdays);
  const after = since(series.values.length, index);
  const level = after.map((s) => (s === null ? 0 : 1));
  const fit =
    model === "pulse and level"
      ? pulseFit(action, series.values, { terms: [...base.terms, "level"], columns: [...base.columns, level] }, after)
      : leastSquares(
          action,
          series.values,
          [...base.terms, "level", "slope after"],
          [...base.columns, level, after.map((s) => s ?? 0)],
        );
  const errors = robustCovariance(action, fit, options);
  const terms = testCoefficients(action, fit, errors.covariance, confidence);
  const quantile = studentTQuantile((1 + confidence) / 2, fit.degreesOfFreedom);
  const half = series.values.map((_, i) => quantile * Math.sqrt(Math.max(0, varianceAt(fit, errors.covariance, i))));
  const n = series.values.length;
  const logHalfLife = terms.find(({ term }) => term === HALF_LIFE);
  return {
    series,
    intervention,
    index,
    model,
    fit,
    errors,
    confidence,
    terms,
    lower: fit.fitted.map((value, i) => value - half[i]),
    upper: fit.fitted.map((value, i) => value + half[i]),
    counterfactual: series.values.map((_, i) =>
      base.columns.reduce((sum, column, j) => sum + column[i] * fit.coefficients[j], 0),
    ),
    halfLife:
      logHalfLife === undefined
        ? null
        : {
            estimate: exp(logHalfLife.estimate),
            lower: exp(logHalfLife.lower),
            upper: exp(logHalfLife.upper),
          },
    aic: n * log(fit.residualSumOfSquares / n) + 2 * fit.terms.length,
    provenance: series.provenance,
  };
}

/**
 * The terms that come with the intervention, without the constant, the trend and the days of the week.
 *
 * @example interventionTerms(fit).map(({ term, pValue }) => [term, pValue])
 */
export function interventionTerms({ model, terms }: InterruptedFit): CoefficientRow[] {
  return terms.filter(({ term }) => EFFECTS[model].includes(term));
}

/** Variance of the fitted value of a row. */
function varianceAt(fit: LeastSquaresFit, covariance: readonly (readonly number[])[], row: number): number {
  return fit.design.reduce(
    (sum, left, i) =>
      sum + left[row] * fit.design.reduce((inner, right, j) => inner + covariance[i][j] * right[row], 0),
    0,
  );
}
