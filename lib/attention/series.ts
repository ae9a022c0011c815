import { dayNumber, isoDay } from "../dates";
import { InvalidInputError } from "../statistics";
import { calledAs, checkFields, lengthOf } from "../statistics/inner";
import type { TimeSeries } from "../time-series";
import type { Attention } from "./types";

/** Options of {@link attentionSeries}. */
export interface SeriesOptions {
  /** First and last day to keep; all unless told. */
  readonly from?: string;
  readonly to?: string;
  /**
   * What stands for a period without a row. An error unless told: some services leave out periods in which they counted
   * nothing, where 0 is right; in others a missing row means that nobody looked.
   */
  readonly missing?: 0;
}

/**
 * One series of a file as a regular time series, ready for a regression.
 *
 * @param name as in `attention.series`; may be left out where there is one only
 * @throws {InvalidInputError} where there is no such series, it has gaps and nothing was said about them, or no period is left
 * @example attentionSeries(loadAttention("data/attention/media-cloud-synthetic.csv"), "count").values.length
 */
export function attentionSeries(attention: Attention, name?: string, options: SeriesOptions = {}): TimeSeries {
  checkFields("attentionSeries", "options", options, ["from", "to", "missing"]);
  const names = attention.series.map((one) => one.name);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const described = attention.series.find((one) => one.name === wanted);
  if (described === undefined) {
    const asked = wanted === undefined ? "the name of a series is needed" : `there is no series "${wanted}"`;
    throw new InvalidInputError(
      `attentionSeries: ${attention.file}: ${asked}; it holds ${names.map((one) => `"${one}"`).join(", ")}`,
      "name",
    );
  }
  const rows = attention.rows.filter((row) => row.series === described.name);
  const filled = described.missing.map((date) => ({ date, value: 0, below: false }));
  if (filled.length > 0 && options.missing === undefined) {
    throw new InvalidInputError(
      `attentionSeries: ${attention.file}: "${described.name}" has no row for ${filled.length} periods, the first is ${filled[0].date}; ` +
        "say missing: 0 if the service leaves out periods in which it counted nothing",
      "missing",
    );
  }
  const { from = "", to = "9999" } = options;
  const kept = [...rows, ...filled]
    .filter(({ date }) => date >= from && date.slice(0, to.length) <= to)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  if (kept.length === 0) {
    throw new InvalidInputError(
      `attentionSeries: ${attention.file}: "${described.name}" has no period from ${from} to ${to}; it runs from ${described.from} to ${described.to}`,
      "from",
    );
  }
  return {
    name: described.name,
    unit: described.unit,
    period: attention.granularity,
    dates: kept.map(({ date }) => date),
    values: kept.map(({ value }) => value),
    below: kept.map(({ below }) => below),
    incomplete: 0,
    file: attention.file,
    own: attention.own,
    provenance: attention.provenance,
  };
}

/**
 * The same series in another unit, such as a share in stories per 100,000.
 *
 * @throws {InvalidInputError} where the factor is not a finite number other than 0
 * @example rescaled(attentionSeries(attention, "ratio"), 100_000, "stories per 100,000")
 */
export function rescaled(series: TimeSeries, factor: number, unit: string): TimeSeries {
  if (!Number.isFinite(factor) || factor === 0) {
    throw new InvalidInputError(`rescaled: the factor is ${factor}; a number other than 0 is needed`, "factor");
  }
  return { ...series, unit, values: series.values.map((value) => value * factor) };
}

/** How {@link weekly} puts days together. */
export interface WeeklyOptions {
  /** The sum of the days, for counts, or their mean, for shares; the sum unless told. */
  readonly by?: "sum" | "mean";
  /** First day of a week; Sunday, as in Google Trends, unless told. */
  readonly starts?: "Sunday" | "Monday";
}

/**
 * A daily series by weeks. Incomplete weeks at both ends are left out and counted (`incomplete`).
 *
 * @throws {InvalidInputError} where the series is not daily, a date is none, or no week is complete
 * @example weekly(attentionSeries(attention, "count")).dates[0] // a Sunday
 */
export function weekly(series: TimeSeries, options: WeeklyOptions = {}): TimeSeries {
  if (series.period !== "day") {
    throw new InvalidInputError(`weekly: "${series.name}" is by ${series.period}; a daily series is needed`, "series");
  }
  lengthOf("weekly", "series.dates", series.dates);
  lengthOf("weekly", "series.values", series.values);
  // 1970-01-01 was a Thursday: days 3 and 4 were a Sunday and a Monday.
  const shift = options.starts === "Monday" ? 4 : 3;
  const weeks = new Map<number, number[]>();
  for (const [i, date] of series.dates.entries()) {
    const week = Math.floor((calledAs("weekly", () => dayNumber(date)) - shift) / 7);
    weeks.set(week, [...(weeks.get(week) ?? []), i]);
  }
  const complete = [...weeks].filter(([, days]) => days.length === 7);
  if (complete.length === 0) throw new InvalidInputError(`weekly: "${series.name}" holds no complete week`, "series");
  const total = (days: readonly number[]) => days.reduce((sum, i) => sum + series.values[i], 0);
  return {
    ...series,
    period: "week",
    dates: complete.map(([week]) => isoDay(week * 7 + shift)),
    values: complete.map(([, days]) => (options.by === "mean" ? total(days) / 7 : total(days))),
    below: complete.map(([, days]) => days.some((i) => series.below[i])),
    incomplete: weeks.size - complete.length,
  };
}
