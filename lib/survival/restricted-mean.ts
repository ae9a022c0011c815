import { InvalidInputError, normalQuantile, twoSidedP } from "../statistics";
import { square } from "../statistics/elementary";
import { calledAs, checkConfidence } from "../statistics/inner";
import { areasUpTo, influenceOnArea } from "./curve-area";
import { type CurveInfluence, checkCurve, type SurvivalCurve } from "./kaplan-meier";

export interface RestrictedMean {
  readonly estimate: number;
  /** Null for a curve that a model predicts: its variance is not that of the rows it is drawn over. */
  readonly standardError: number | null;
  /** True if tau lies beyond the last observed time while some survive: the curve was drawn on as it ended. */
  readonly extended: boolean;
}

/**
 * The mean survival time up to tau, R's `print(fit, rmean = tau)`: the area under the curve from 0 to tau.
 *
 * One wants it as a summary that needs no proportional hazards and exists where the median is not reached: "in the
 * first 36 months a woman spent on average so many in prison". Its variance is Σ A(t)²·d/(n(n − d)) over event times,
 * where A(t) is the area from t to tau (Klein and Moeschberger 2003, Survival Analysis, eq. 4.5.2). Of a robust curve, as
 * with weights that are no counts, it is the infinitesimal jackknife's, Σ w²·(∂ area/∂w)² over rows, which does not change
 * when all weights are multiplied; R's print has the formula for counts there too, and
 * `survfit(…, influence = 1)$influence.surv` gives these.
 *
 * @param curve a curve from kaplanMeier
 * @param tau the time up to which the mean is taken, above 0
 * @returns the mean and its standard error in the curve's unit
 * @throws {InvalidInputError} if tau is not a positive number
 * @example restrictedMean(curve, 36).estimate
 */
export function restrictedMean(curve: SurvivalCurve, tau: number): RestrictedMean {
  checkCurve("restrictedMean", "curve", curve);
  if (!(tau > 0 && tau < Infinity)) {
    throw new InvalidInputError(`restrictedMean: tau is ${tau}; a time above 0 is needed`, "tau");
  }
  const { atRisk, events, influence } = curve;
  const isPredicted = "row" in curve || (curve.robust && influence === undefined);
  const { areas, mean, extended } = areasUpTo(curve, tau);
  let variance = 0;
  for (let k = areas.length - 1; k >= 0; k--) {
    const left = atRisk[k] - events[k];
    if (left > 0) variance += (square(areas[k]) * events[k]) / (atRisk[k] * left);
  }
  if (influence !== undefined) variance = varianceOfArea(influence, areas);
  return { estimate: mean, standardError: isPredicted ? null : Math.sqrt(variance), extended };
}

/** Σ of squared influences on the area. */
function varianceOfArea(influence: CurveInfluence, areas: Float64Array): number {
  const onArea = influenceOnArea(influence, areas);
  return influence.rows.reduce(
    (sum, { first, last, event, squares }) => sum + squares * square(onArea(first, last, event)),
    0,
  );
}

export interface RestrictedMeanDifference {
  /** The first curve's mean less the second's. */
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly z: number;
  readonly pValue: number;
}

/**
 * The difference between two independent groups' restricted means, with a normal interval and test (Royston and
 * Parmar 2013, BMC Medical Research Methodology 13:152); what R's survRM2 calls the RMST difference.
 *
 * @param first a curve from kaplanMeier
 * @param second another, of other rows
 * @param tau the time up to which both means are taken; at most the shorter follow-up is sound
 * @throws {InvalidInputError} if tau is not a positive number, or neither curve has an event before it
 * @example
 * const [featured, others] = kaplanMeier({ time, event, group });
 * restrictedMeanDifference(featured, others, 36)
 */
export function restrictedMeanDifference(
  first: SurvivalCurve,
  second: SurvivalCurve,
  tau: number,
  confidence = 0.95,
): RestrictedMeanDifference {
  const action = "restrictedMeanDifference";
  checkConfidence(action, confidence);
  checkCurve(action, "first", first);
  checkCurve(action, "second", second);
  const [a, b] = calledAs(action, () => [restrictedMean(first, tau), restrictedMean(second, tau)]);
  const estimate = a.estimate - b.estimate;
  if (a.standardError === null || b.standardError === null) {
    const message = `${action}: a curve is a model's prediction, of which no standard error of its area is known; curves of kaplanMeier are needed`;
    throw new InvalidInputError(message, a.standardError === null ? "first" : "second");
  }
  const standardError = Math.sqrt(square(a.standardError) + square(b.standardError));
  if (!(standardError > 0)) {
    throw new InvalidInputError(
      `${action}: no curve has an event followed by survivors before tau = ${tau}, so that the ` +
        "difference has no standard error; a later tau is needed",
      "tau",
    );
  }
  const z = estimate / standardError;
  const margin = normalQuantile((1 + confidence) / 2) * standardError;
  return {
    estimate,
    standardError,
    lower: estimate - margin,
    upper: estimate + margin,
    z,
    pValue: twoSidedP(z),
  };
}
