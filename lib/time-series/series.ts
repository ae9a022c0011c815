import { dayNumber } from "../dates";
import type { Provenance } from "../files";
import { InvalidInputError } from "../statistics";
import { checkAllFinite, checkOneOf, lengthOf, shown } from "../statistics/inner";
import { CONSTANT } from "./linear-model";

const PERIODS = ["minutes", "hour", "day", "week", "month"] as const;

/** Values at equal distances in time, in order. */
export interface TimeSeries {
  readonly name: string;
  /** What a value counts or measures. */
  readonly unit: string;
  readonly period: (typeof PERIODS)[number];
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
 * How many periods of a series end before a day. The period that holds the day is none of them: a week that begins on the
 * Sunday before a launch on a Tuesday has days after the launch in it.
 *
 * @param series first day (or moment) of each period, in order; gaps may lie between them
 * @throws {InvalidInputError} where the day, or a date that matters, is no day of the calendar
 * @example periodsBefore({ dates: ["2015-08-23", "2015-08-30", "2015-09-06"], period: "week" }, "2015-09-01") // 1
 */
export function periodsBefore(series: Pick<TimeSeries, "dates" | "period">, day: string): number {
  lengthOf("periodsBefore", "series.dates", series.dates);
  checkOneOf("periodsBefore", "series.period", series.period, PERIODS);
  return countBefore("periodsBefore", "day", series, day);
}

/** The same under the name of the function that was called, and of its argument. */
function countBefore(action: string, argument: string, series: Pick<TimeSeries, "dates" | "period">, day: string) {
  dayOf(action, argument, day);
  const { dates } = series;
  const after = dates.findIndex((date) => date.slice(0, 10) > day);
  const first = after === -1 ? dates.length : after;
  // The period before the first that starts later holds the day, unless the series ended before it.
  if (!holds(action, argument, series, first - 1, day)) return first;
  // Of several periods of one day (hours), the first.
  const same = dates.findIndex((date) => date.slice(0, 10) === day);
  return same === -1 ? first - 1 : same;
}

/**
 * Index of the first period that holds the intervention or comes after it.
 *
 * @throws {InvalidInputError} where fewer than two periods lie before it, or fewer than two from it on
 */
export function interventionIndex(action: string, series: TimeSeries, intervention: string): number {
  const index = countBefore(action, "intervention", series, intervention);
  if (index < 2 || series.dates.length - index < 2) {
    throw new InvalidInputError(
      `${action}: the intervention on ${intervention} has ${Math.max(0, index)} periods before it and ${series.dates.length - index} from it on; ` +
        `at least two on each side are needed ("${series.name}" runs from ${series.dates[0]} to ${series.dates.at(-1)})`,
      "intervention",
    );
  }
  return index;
}

function holds(
  action: string,
  argument: string,
  { dates, period }: Pick<TimeSeries, "dates" | "period">,
  index: number,
  day: string,
): boolean {
  if (index < 0) return false;
  const start = dates[index].slice(0, 10);
  if (period === "month") return start.slice(0, 7) === day.slice(0, 7);
  return dayOf(action, argument, day) - dayOf(action, "series", start) < (period === "week" ? 7 : 1);
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
