import { checkProbability } from "../statistics/inner";
import { checkCurve, type SurvivalCurve } from "./kaplan-meier";
import { checkIncreasing, type Vector } from "./outcome";

/** A curve at one time: a row of a life table, and a cell of the numbers at risk under a figure. */
export interface CurveAtTime {
  readonly time: number;
  /**
   * At risk just before the time: those who have entered before it (or at 0, the beginning) and whose own time is the
   * same or later. 0 beyond the last.
   */
  readonly atRisk: number;
  /** Events after the time before in the list, up to and including this one. */
  readonly events: number;
  /** Censored in the same span. */
  readonly censored: number;
  readonly survival: number;
  readonly standardError: number | null;
  readonly cumulativeHazard: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * A curve at given times; R's `summary(fit, times = …, extend = TRUE)`.
 *
 * @param curve a curve from kaplanMeier
 * @param times increasing times of at least 0 in the curve's unit, such as 0, 12, 24, 36
 * @returns a row for each time; beyond the last observed time the curve stays as it ended. With left truncation
 *   `atRisk` counts those who had entered by then; R's summary gives the number at the next observed time instead,
 *   which is not the number at risk at the time asked for (7 of 19 at month 0, when nobody has entered yet).
 * @throws {InvalidInputError} if times are not finite, not at least 0 or do not increase
 * @example atTimes(curve, [0, 12, 24, 36]).map((row) => row.atRisk)
 */
export function atTimes(curve: SurvivalCurve, times: Vector): CurveAtTime[] {
  checkCurve("atTimes", "curve", curve);
  const rows: CurveAtTime[] = [];
  let next = 0; // the first of the curve's times that lies beyond the row's
  for (const time of checkIncreasing("atTimes", times)) {
    let at = next;
    while (at < curve.time.length && curve.time[at] < time) at++;
    let events = 0;
    let censored = 0;
    for (; next < curve.time.length && curve.time[next] <= time; next++) {
      events += curve.events[next];
      censored += curve.censored[next];
    }
    rows.push({ time, atRisk: atRiskAt(curve, time, at), events, censored, ...stateAfter(curve, next - 1) });
  }
  return rows;
}

/** What the curve is after its k-th time; before the first it is at 1. */
function stateAfter(
  { survival, standardError, cumulativeHazard, lower, upper }: SurvivalCurve,
  k: number,
): Pick<CurveAtTime, "survival" | "standardError" | "cumulativeHazard" | "lower" | "upper"> {
  if (k < 0) return { survival: 1, standardError: 0, cumulativeHazard: 0, lower: 1, upper: 1 };
  return {
    survival: survival[k],
    standardError: standardError[k],
    cumulativeHazard: cumulativeHazard[k],
    lower: lower[k],
    upper: upper[k],
  };
}

/**
 * Those who entered before a time less those who left before it; without left truncation the number changes at observed
 * times only. `at` is the curve's first time that is not before.
 */
function atRiskAt({ entered, atRisk, time: times, events, censored }: SurvivalCurve, time: number, at: number): number {
  if (at >= times.length) return 0;
  if (entered === undefined) return atRisk[at];
  let sum = 0;
  // Who enters at 0 is there from the beginning, as who has no entry.
  for (let i = 0; i < entered.time.length && (entered.time[i] < time || entered.time[i] <= 0); i++) {
    sum += entered.weight[i];
  }
  for (let i = 0; i < at; i++) sum -= events[i] + censored[i];
  return sum;
}

export interface SurvivalQuantile {
  /** The time by which the share p has had the event; null if the curve does not fall so far. */
  readonly estimate: number | null;
  /** Limits from where the curve's limits cross; null where they do not. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Two probabilities closer than this are equal: S after several steps is a rounded product. */
const TOLERANCE = 1 / 0x4000000;

/** Neighbouring steps closer than this are one: a limit that should stay level moves in its last digits. */
const ROUNDING = 1e-13;

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
  checkCurve("quantile", "curve", curve);
  checkProbability("quantile", "p", p);
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
    // What differs by rounding from the step before is that step.
    if (Math.abs(1 - s - steps[steps.length - 1].share) <= ROUNDING) continue;
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
