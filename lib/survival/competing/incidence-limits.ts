import { square } from "../../statistics/elementary";
import { type IntervalType, type SurvivalLimits, survivalLimits } from "../confidence-interval";

/**
 * Pointwise limits of probabilities of a state, R's `survfit(Surv(time, factor) ~ ..., conf.type = )`.
 *
 * The scales are those of a survival curve's limits, each applied to the probability itself: "log" is symmetric on
 * the scale of log F. A probability of 0 has limits on the plain scale only, as in R.
 *
 * @param variance of the probabilities themselves
 */
export function incidenceLimits(
  probability: readonly number[],
  variance: Float64Array,
  z: number,
  type: IntervalType,
): SurvivalLimits {
  const varianceOfLog = Float64Array.from(variance, (v, i) => {
    if (probability[i] === 0 && type !== "plain") return NaN;
    return v === 0 ? 0 : v / square(probability[i]);
  });
  return survivalLimits(probability, varianceOfLog, z, type);
}
