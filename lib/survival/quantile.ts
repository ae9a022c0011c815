import { InvalidInputError } from "./errors";
import type { SurvivalCurve } from "./kaplan-meier";

export interface SurvivalQuantile {
  /** The time by which the share p has had the event; null if the curve does not fall so far. */
  readonly estimate: number | null;
  /** Limits from where the curve's limits cross; null where they do not. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Two probabilities closer than this are equal: S after several steps is a rounded product. */
const TOLERANCE = 1 / 0x4000000; // 2^−26

/**
 * The time by which a share p has had the event, with its interval; R's `quantile(fit, p)`.
 *
 * p = 0.5 is the median survival time. It is the first time at which S ≤ 1 − p. Where S equals 1 − p on a whole step,
 * any time on the step would do, and as in R it is the step's midpoint. The limits are the times at which the curve's
 * lower and upper limits cross 1 − p (Brookmeyer and Crowley 1982, Biometrics 38:29).
 *
 * @param curve a curve from kaplanMeier
 * @param p the share with the event, 0 to 1
 * @returns times in the curve's unit, null where not reached
 * @throws {InvalidInputError} if p is not a probability
 * @example quantile(curve, 0.5).estimate // the median
 */
export function quantile(curve: SurvivalCurve, p: number): SurvivalQuantile {
  if (!(p >= 0 && p <= 1)) {
    throw new InvalidInputError(`quantile: p is ${p}; a probability from 0 to 1 is needed`, "p");
  }
  return {
    estimate: crossing(curve.time, curve.survival, p),
    lower: crossing(curve.time, curve.lower, p),
    upper: crossing(curve.time, curve.upper, p),
  };
}

/** Where the step function 1 − S first reaches p, with R's rule for flat steps. */
function crossing(time: readonly number[], survival: readonly (number | null)[], p: number): number | null {
  // The steps: distinct values of 1 − S and where each begins, from 0 at time 0.
  const steps = [{ share: 0, time: 0 }];
  const seen = new Set([0]);
  for (let i = 0; i < time.length; i++) {
    const s = survival[i];
    if (s === null || seen.has(1 - s)) continue;
    seen.add(1 - s);
    steps.push({ share: 1 - s, time: time[i] });
  }
  const last = steps[steps.length - 1];
  const reachesEnd = survival[survival.length - 1] !== null;
  // At p = 0 the answer is the beginning, unless the curve never leaves 1, when R has NA.
  if (p === 0) return steps.length === 1 && reachesEnd ? null : 0;
  // An upper limit may rise again where few are at risk.
  steps.sort((a, b) => a.share - b.share);
  const largest = steps[steps.length - 1].share;
  if (largest < p) return null;
  const reached = steps.find((step) => step.share + TOLERANCE >= p);
  if (reached === undefined) return null;
  // The curve ends on the very level: the step lasts to the last observed time.
  if (reachesEnd && Math.abs(p - last.share) < TOLERANCE) return (reached.time + time[time.length - 1]) / 2;
  const passed = steps.find((step) => step.share - TOLERANCE >= p);
  return passed === undefined ? null : (reached.time + passed.time) / 2;
}
