import { log } from "../../statistics/elementary";
import { checkCurve, type SurvivalCurve } from "../kaplan-meier";

/** A Kaplan–Meier curve on the scale on which proportional hazards are parallel. */
export interface LogMinusLogCurve {
  readonly label: string;
  /** Times of events, increasing, at which 0 < S < 1. */
  readonly time: readonly number[];
  /** log(−log S) from that time on: the logarithm of the cumulative hazard. */
  readonly value: readonly number[];
}

/**
 * log(−log S) of a Kaplan–Meier curve; R's `plot(survfit(…), fun = "cloglog")`.
 *
 * One wants it to see by eye whether two groups' hazards are proportional: then S₁ = S₀^θ, and the two curves are log θ
 * apart at all times (Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, section 4.5). Curves
 * that cross are none such.
 *
 * @param curve of kaplanMeier()
 * @returns steps; empty where the curve has no event with survivors
 * @example kaplanMeier({ time, event, group }).map(logMinusLog)
 */
export function logMinusLog(curve: SurvivalCurve): LogMinusLogCurve {
  checkCurve("logMinusLog", "curve", curve);
  const kept = curve.time.flatMap((time, k) => {
    const survival = curve.survival[k];
    const isStep = curve.events[k] > 0 && survival > 0 && survival < 1 && time > 0;
    return isStep ? [{ time, value: log(-log(survival)) }] : [];
  });
  return { label: curve.label, time: kept.map(({ time }) => time), value: kept.map(({ value }) => value) };
}
