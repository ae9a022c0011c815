import { dayNumber } from "../dates";
import type { Provenance } from "../files";
import { InvalidInputError } from "../statistics";
import { checkAllFinite, shown } from "../statistics/inner";
import { CONSTANT } from "./linear-model";

/** Values at equal distances in time, in order. */
export interface TimeSeries {
  readonly name: string;
  /** What a value counts or measures. */
  readonly unit: string;
  readonly period: "minutes" | "hour" | "day" | "week" | "month";
  /** First day (or moment) of each period. */
  readonly dates: readonly string[];
  readonly values: readonly number[];
  /** Which values are bounds: below what the service shows. */
  readonly below: readonly boolean[];
  /** Incomplete periods at the ends that were left out when periods were put together. */
  readonly incomplete: number;
  readonly file: string;
  readonly own: boolean;
  readonly provenance: readonly Provenance[];
}

/** What an interruption can do to a series. */
export const INTERRUPTION_MODELS = ["level and slope", "pulse and level"] as const;
export type InterruptionModel = (typeof INTERRUPTION_MODELS)[number];

/** Columns of a regression, by name. */
export interface Design {
  readonly terms: readonly string[];
  readonly columns: readonly (readonly number[])[];
}

/** Throws unless there is a finite value for each date. */
export function checkSeries(action: string, { name, dates, values }: TimeSeries): void {
  if (values.length !== dates.length) {
    const message = `${action}: "${name}" has ${values.length} values and ${dates.length} dates; they must be of equal length`;
    throw new InvalidInputError(message, "values");
  }
  checkAllFinite(action, `"${name}"`, values, 0);
}

/**
 * Index of the first period that holds the intervention or comes after it.
 *
 * @throws {InvalidInputError} where fewer than two periods lie before it, or fewer than two from it on
 */
export function interventionIndex(action: string, series: TimeSeries, intervention: string): number {
  dayOf(action, "intervention", intervention);
  const after = series.dates.findIndex((date) => date.slice(0, 10) > intervention);
  const first = after === -1 ? series.dates.length : after;
  // The period before the first that starts later holds the day, unless the series ended before it.
  const index =
    series.dates[first - 1]?.slice(0, 10) === intervention || holds(action, series, first - 1, intervention)
      ? first - 1
      : first;
  if (index < 2 || series.dates.length - index < 2) {
    throw new InvalidInputError(
      `${action}: the intervention on ${intervention} has ${Math.max(0, index)} periods before it and ${series.dates.length - index} from it on; ` +
        `at least two on each side are needed ("${series.name}" runs from ${series.dates[0]} to ${series.dates.at(-1)})`,
      "intervention",
    );
  }
  // Of several periods of one day (hours), the first.
  return series.dates.findIndex((date) => date === series.dates[index] || date.slice(0, 10) === intervention);
}

function holds(action: string, { dates, period }: TimeSeries, index: number, day: string): boolean {
  if (index < 0) return false;
  const start = dates[index].slice(0, 10);
  if (period === "month") return start.slice(0, 7) === day.slice(0, 7);
  return dayOf(action, "intervention", day) - dayOf(action, "series", start) < (period === "week" ? 7 : 1);
}

/** The part of the design that is there without an intervention: constant, time, and days of the week. */
export function undisturbed(action: string, series: TimeSeries, weekdays: boolean): Design {
  const time = series.dates.map((_, i) => i);
  const design = { terms: [CONSTANT, "time"], columns: [time.map(() => 1), time] };
  if (!weekdays) return design;
  if (series.period !== "day") {
    const message = `${action}: days of the week need a daily series; "${series.name}" is by ${series.period}`;
    throw new InvalidInputError(message, "weekdays");
  }
  // 1970-01-01 was a Thursday. Sunday is what the others are compared with.
  const weekday = series.dates.map((date) => (dayOf(action, "series", date) + 4) % 7);
  return {
    terms: [...design.terms, ...WEEKDAYS],
    columns: [...design.columns, ...WEEKDAYS.map((_, k) => weekday.map((day) => (day === k + 1 ? 1 : 0)))],
  };
}

/** The number of a day; the message of the error begins with the function that was called. */
function dayOf(action: string, argument: string, day: string): number {
  try {
    return dayNumber(day);
  } catch {
    const message = `${action}: ${argument} has ${shown(day)}, which is not a day of the calendar (YYYY-MM-DD)`;
    throw new InvalidInputError(message, argument);
  }
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Periods since the intervention, 0 in its own; null before it. */
export function since(n: number, index: number): (number | null)[] {
  return Array.from({ length: n }, (_, i) => (i >= index ? i - index : null));
}
