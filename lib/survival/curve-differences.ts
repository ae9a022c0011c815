import { InvalidInputError, normalQuantile } from "../statistics";
import { square } from "../statistics/elementary";
import { checkConfidence, checkFields } from "../statistics/inner";
import { atTimes } from "./curve-values";
import { checkCurve, type SurvivalCurve } from "./kaplan-meier";
import { checkIncreasing, type Vector } from "./outcome";

/** How far two curves are apart at one time. */
export interface SurvivalDifference {
  readonly time: number;
  /** Survival of the first curve less that of the second: a share, −1 to 1. */
  readonly difference: number;
  /** Null where a curve is at 0, of which there is no variance, or is predicted by a model. */
  readonly standardError: number | null;
  /** Limits, within −1 and 1; null with the standard error. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Differences of two survival curves at times fixed beforehand, S₁(t) − S₂(t), with their limits; from both levels and their
 * standard errors in R's `summary(survfit(Surv(time, event) ~ group), times = …, extend = TRUE)`.
 *
 * One wants them because a hazard ratio says nothing of how many: "after a year 36 more of a hundred were free". The groups
 * are independent, so the variance is the sum of Greenwood's, V₁(t) + V₂(t), and the limits are the difference ±
 * z·√(V₁ + V₂) (Klein, Logan, Harhoff and Andersen 2007, Statistics in Medicine 26:4505, section 2). With few at risk they
 * are too narrow. A time that was picked because the curves are far apart there has no honest limits at all.
 *
 * @param first a curve from kaplanMeier
 * @param second another one, of other people
 * @param times increasing times of at least 0 in the curves' unit, such as 12, 24, 36
 * @param options `confidence`, the coverage of the limits at each time, 0.95 unless told
 * @returns a difference for each time
 * @throws {InvalidInputError} if times do not increase, or one lies beyond the last observed time of a curve that is still
 *   above 0, naming the curve
 * @example survivalDifferences(featured, others, [12, 24, 36])[0].difference // −0.4
 */
export function survivalDifferences(
  first: SurvivalCurve,
  second: SurvivalCurve,
  times: Vector,
  options: { readonly confidence?: number } = {},
): SurvivalDifference[] {
  const action = "survivalDifferences";
  checkFields(action, "options", options, ["confidence"]);
  const { confidence = 0.95 } = options;
  checkConfidence(action, confidence);
  checkCurve(action, "first", first);
  checkCurve(action, "second", second);
  const asked = Array.from(checkIncreasing(action, times));
  for (const curve of [first, second]) checkSeen(action, curve, asked);
  const z = normalQuantile(0.5 + confidence / 2);
  // Curves that one model predicts are not independent.
  const predicted = "row" in first || "row" in second;
  const others = atTimes(second, asked);
  return atTimes(first, asked).map(({ time, survival, standardError }, i) => {
    const other = others[i];
    const difference = survival - other.survival;
    const errors = [standardError, other.standardError];
    const known = !predicted && survival > 0 && other.survival > 0;
    if (!known || errors[0] === null || errors[1] === null)
      return { time, difference, standardError: null, lower: null, upper: null };
    const error = Math.sqrt(square(errors[0]) + square(errors[1]));
    const within = (limit: number): number => Math.min(Math.max(limit, -1), 1);
    return {
      time,
      difference,
      standardError: error,
      lower: within(difference - z * error),
      upper: within(difference + z * error),
    };
  });
}

/** No time at which nobody knows where the curve is: after its last one it says nothing, unless it is at 0. */
function checkSeen(action: string, { label, time, survival }: SurvivalCurve, asked: readonly number[]): void {
  const last = time[time.length - 1];
  const beyond = asked.findIndex((each) => each > last);
  if (beyond < 0 || survival[survival.length - 1] === 0) return;
  const found = `times[${beyond}] is ${asked[beyond]}, but the curve "${label}" was observed to ${last} only`;
  throw new InvalidInputError(`${action}: ${found}; a time up to that is needed`, "times", beyond);
}
