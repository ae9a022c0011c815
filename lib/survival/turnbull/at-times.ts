import { InvalidInputError } from "../../statistics";
import { checkFinite, type Vector } from "../outcome";
import type { TurnbullCurve } from "./turnbull";

/** Survival at one time, with what the data leave open. */
export interface TurnbullAtTime {
  readonly time: number;
  /** S with the mass of each interval at its midpoint, as R draws it. */
  readonly survival: number;
  /** The least and the largest S that are equally likely: they differ where the time is inside an interval with mass. */
  readonly least: number;
  readonly largest: number;
}

/**
 * Turnbull's curve at given times; R's `summary(fit, times = , extend = TRUE)`.
 *
 * Where a time lies inside an interval with mass, the likelihood is the same whether that mass comes before it or
 * after, so S is only known to lie from `least` to `largest`. These are no confidence limits.
 *
 * @param curve a curve from turnbull
 * @param times of at least 0 in the curve's unit, in any order
 * @throws {InvalidInputError} if a time is negative or not finite
 * @example turnbullAtTimes(curve, [0, 12, 24, 36]).map((row) => [row.least, row.largest])
 */
export function turnbullAtTimes(curve: TurnbullCurve, times: Vector): TurnbullAtTime[] {
  const action = "turnbullAtTimes";
  const checked = checkFinite(action, "times", times, times.length);
  return Array.from(checked, (time, i) => {
    if (time < 0) {
      const message = `${action}: times[${i}] is ${time}; a time of at least 0 is needed`;
      throw new InvalidInputError(message, "times", i);
    }
    // Sums of what is left, so that S is exactly 1 at the beginning and 0 at the end.
    let [survival, least, largest] = [0, 0, 0];
    let passed = false;
    for (const { lower, upper, probability } of curve.intervals) {
      const begun = lower < time || (lower === time && upper === time);
      if (upper > time) largest += probability;
      if (!begun) least += probability;
      if ((lower + upper) / 2 > time) survival += probability;
      passed ||= begun;
    }
    return passed ? { time, survival, least, largest } : { time, survival: 1, least: 1, largest: 1 };
  });
}
