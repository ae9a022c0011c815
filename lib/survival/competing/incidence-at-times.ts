import { InvalidInputError } from "../../statistics";
import { checkFinite, type Vector } from "../outcome";
import type { CumulativeIncidence } from "./cumulative-incidence";

/** Incidences at one time. */
export interface IncidenceAtTime {
  readonly time: number;
  readonly eventFree: number;
  readonly eventFreeStandardError: number;
  readonly causes: readonly {
    readonly cause: string;
    /** Events after the time before in the list, up to and including this one. */
    readonly events: number;
    readonly incidence: number;
    readonly standardError: number;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
}

/**
 * Cumulative incidences at given times; R's `summary(fit, times = , extend = TRUE)` for `Surv(time, factor)`.
 *
 * @param curve a result of cumulativeIncidence
 * @param times increasing times of at least 0 in the curve's unit, such as 12, 24, 36
 * @returns a row for each time; beyond the last observed time the curves stay as they ended. Before the first
 *   observed time incidences and their limits are 0, as in R
 * @throws {InvalidInputError} if times are not finite, not at least 0 or do not increase
 * @example incidenceAtTimes(curve, [12, 24, 36]).map((row) => row.causes[0].incidence)
 */
export function incidenceAtTimes(curve: CumulativeIncidence, times: Vector): IncidenceAtTime[] {
  const action = "incidenceAtTimes";
  const checked = checkFinite(action, "times", times, times.length);
  const rows: IncidenceAtTime[] = [];
  let next = 0; // the first of the curve's times beyond the row's
  checked.forEach((time, i) => {
    if (time < 0 || (i > 0 && time <= checked[i - 1])) {
      const found = i === 0 ? `${time}` : `${time} after ${checked[i - 1]}`;
      const message = `${action}: times[${i}] is ${found}; increasing times of at least 0 are needed`;
      throw new InvalidInputError(message, "times", i);
    }
    const from = next;
    while (next < curve.time.length && curve.time[next] <= time) next++;
    const at = next - 1;
    rows.push({
      time,
      eventFree: at < 0 ? 1 : curve.eventFree[at],
      eventFreeStandardError: at < 0 ? 0 : curve.eventFreeStandardError[at],
      causes: curve.causes.map((cause) => ({
        cause: cause.cause,
        events: cause.events.slice(from, next).reduce((sum, events) => sum + events, 0),
        incidence: at < 0 ? 0 : cause.incidence[at],
        standardError: at < 0 ? 0 : cause.standardError[at],
        lower: at < 0 ? 0 : cause.lower[at],
        upper: at < 0 ? 0 : cause.upper[at],
      })),
    });
  });
  return rows;
}
