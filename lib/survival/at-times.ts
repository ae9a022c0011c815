import { InvalidInputError } from "../statistics";
import type { SurvivalCurve } from "./kaplan-meier";
import { checkFinite, type Vector } from "./outcome";

/** A curve at one time: a row of a life table, and a cell of the numbers at risk under a figure. */
export interface CurveAtTime {
  readonly time: number;
  /** At risk just before the time: those who have entered before it and whose own time is the same or later. 0 beyond the last. */
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
 * A curve at given times; R's `summary(fit, times = , extend = TRUE)`.
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
  const action = "atTimes";
  const checked = checkFinite(action, "times", times, times.length);
  const rows: CurveAtTime[] = [];
  let next = 0; // the first of the curve's times that lies beyond the row's
  checked.forEach((time, i) => {
    if (time < 0 || (i > 0 && time <= checked[i - 1])) {
      const found = i === 0 ? `${time}` : `${time} after ${checked[i - 1]}`;
      throw new InvalidInputError(
        `${action}: times[${i}] is ${found}; increasing times of at least 0 are needed`,
        "times",
        i,
      );
    }
    let at = next;
    while (at < curve.time.length && curve.time[at] < time) at++;
    let events = 0;
    let censored = 0;
    for (; next < curve.time.length && curve.time[next] <= time; next++) {
      events += curve.events[next];
      censored += curve.censored[next];
    }
    const last = next - 1;
    rows.push({
      time,
      atRisk:
        curve.entered === undefined ? atRiskAt(curve, at) : enteredAndStayed(curve, curve.entered, time, at),
      events,
      censored,
      survival: last < 0 ? 1 : curve.survival[last],
      standardError: last < 0 ? 0 : curve.standardError[last],
      cumulativeHazard: last < 0 ? 0 : curve.cumulativeHazard[last],
      lower: last < 0 ? 1 : curve.lower[last],
      upper: last < 0 ? 1 : curve.upper[last],
    });
  });
  return rows;
}

/** Without left truncation the number changes at observed times only. */
function atRiskAt(curve: SurvivalCurve, at: number): number {
  return at < curve.time.length ? curve.atRisk[at] : 0;
}

/** Those who entered before a time less those who left before it; `at` is the curve's first time that is not before. */
function enteredAndStayed(
  curve: SurvivalCurve,
  entered: NonNullable<SurvivalCurve["entered"]>,
  time: number,
  at: number,
): number {
  if (at >= curve.time.length) return 0;
  let atRisk = 0;
  for (let i = 0; i < entered.time.length && entered.time[i] < time; i++) atRisk += entered.weight[i];
  for (let i = 0; i < at; i++) atRisk -= curve.events[i] + curve.censored[i];
  return atRisk;
}
