import { dayNumber } from "../dates";
import { CONSTANT } from "./linear-model";
import type { TimeSeries } from "./types";

/** What an interruption can do to a series. */
export const INTERRUPTION_MODELS = ["level and slope", "pulse and level"] as const;
export type InterruptionModel = (typeof INTERRUPTION_MODELS)[number];

/** Columns of a regression, by name. */
export interface Design {
  readonly terms: readonly string[];
  readonly columns: readonly (readonly number[])[];
}

/**
 * Index of the first period that holds the intervention or comes after it.
 *
 * @throws RangeError where fewer than two periods lie before it, or fewer than two from it on
 */
export function interventionIndex(series: TimeSeries, intervention: string): number {
  const after = series.dates.findIndex((date) => date.slice(0, 10) > intervention);
  const first = after === -1 ? series.dates.length : after;
  // The period before the first that starts later holds the day, unless the series ended before it.
  const index =
    series.dates[first - 1]?.slice(0, 10) === intervention || holds(series, first - 1, intervention)
      ? first - 1
      : first;
  if (index < 2 || series.dates.length - index < 2) {
    throw new RangeError(
      `interrupted time series: the intervention on ${intervention} has ${Math.max(0, index)} periods before it and ${series.dates.length - index} from it on; ` +
        `at least two on each side are needed ("${series.name}" runs from ${series.dates[0]} to ${series.dates.at(-1)})`,
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
export function undisturbed(series: TimeSeries, weekdays: boolean): Design {
  const time = series.dates.map((_, i) => i);
  const design = { terms: [CONSTANT, "time"], columns: [time.map(() => 1), time] };
  if (!weekdays) return design;
  if (series.period !== "day") {
    throw new RangeError(
      `interrupted time series: days of the week need a daily series; "${series.name}" is by ${series.period}`,
    );
  }
  // 1970-01-01 was a Thursday. Sunday is what the others are compared with.
  const weekday = series.dates.map((date) => (dayNumber(date) + 4) % 7);
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
