import { dayNumber } from "../dates";
import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import { CONSTANT } from "./linear-model";
import type { TimeSeries } from "./types";

/** What an interruption can do to a series. */
export const INTERRUPTION_MODELS = ["level and slope", "pulse and level"] as const;
export type InterruptionModel = (typeof INTERRUPTION_MODELS)[number];

/**
 * Refuses a series whose dates and values do not fit.
 *
 * @param called the public function that was called, for errors
 * @throws {InvalidInputError} where there are not as many dates as values, or a value is not finite (naming its index)
 */
export function checkSeries(called: string, { name, dates, values }: TimeSeries): void {
  if (dates.length !== values.length) {
    throw new InvalidInputError(
      `${called}: "${name}" has ${values.length} values and ${dates.length} dates; one date for each value is needed`,
      "series",
    );
  }
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new InvalidInputError(
    `${called}: "${name}" is ${values[at]} on ${dates[at]}; a number is needed`,
    "series",
    at,
  );
}

/** Columns of a regression, by name. */
export interface Design {
  readonly terms: readonly string[];
  readonly columns: readonly (readonly number[])[];
}

/**
 * Index of the first period that holds the intervention or comes after it.
 *
 * @param called the public function that was called, for errors
 * @throws {InvalidInputError} where the day or one of the series' dates is none, or fewer than two periods lie before it, or fewer than two from it on
 */
export function interventionIndex(called: string, series: TimeSeries, intervention: string): number {
  calledAs(called, () => dayNumber(intervention));
  const after = series.dates.findIndex((date) => date.slice(0, 10) > intervention);
  const first = after === -1 ? series.dates.length : after;
  // The period before the first that starts later holds the day, unless the series ended before it.
  const index =
    series.dates[first - 1]?.slice(0, 10) === intervention ||
    calledAs(called, () => holds(series, first - 1, intervention))
      ? first - 1
      : first;
  if (index < 2 || series.dates.length - index < 2) {
    throw new InvalidInputError(
      `${called}: the intervention on ${intervention} has ${Math.max(0, index)} periods before it and ${series.dates.length - index} from it on; ` +
        `at least two on each side are needed ("${series.name}" runs from ${series.dates[0]} to ${series.dates.at(-1)})`,
      "intervention",
    );
  }
  // Of several periods of one day (hours), the first.
  return series.dates.findIndex((date) => date === series.dates[index] || date.slice(0, 10) === intervention);
}

function holds({ dates, period }: TimeSeries, index: number, day: string): boolean {
  if (index < 0) return false;
  const start = dates[index].slice(0, 10);
  if (period === "month") return start.slice(0, 7) === day.slice(0, 7);
  return dayNumber(day) - dayNumber(start) < (period === "week" ? 7 : 1);
}

/** The part of the design that is there without an intervention: constant, time, and days of the week. */
export function undisturbed(called: string, series: TimeSeries, weekdays: boolean): Design {
  const time = series.dates.map((_, i) => i);
  const design = { terms: [CONSTANT, "time"], columns: [time.map(() => 1), time] };
  if (!weekdays) return design;
  if (series.period !== "day") {
    throw new InvalidInputError(
      `${called}: days of the week need a daily series; "${series.name}" is by ${series.period}`,
      "weekdays",
    );
  }
  // 1970-01-01 was a Thursday. Sunday is what the others are compared with.
  const weekday = calledAs(called, () => series.dates.map((date) => (dayNumber(date) + 4) % 7));
  return {
    terms: [...design.terms, ...WEEKDAYS],
    columns: [...design.columns, ...WEEKDAYS.map((_, k) => weekday.map((day) => (day === k + 1 ? 1 : 0)))],
  };
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Periods since the intervention, 0 in its own; null before it. */
export function since(n: number, index: number): (number | null)[] {
  return Array.from({ length: n }, (_, i) => (i >= index ? i - index : null));
}
