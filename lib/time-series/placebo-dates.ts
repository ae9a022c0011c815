import { InvalidInputError } from "../statistics";
import { pow } from "../statistics/elementary";
import { checkFields, checkWhole, lengthOf } from "../statistics/inner";
import { interrupted } from "./interrupted";
import { interventionIndex, type TimeSeries } from "./series";

/** Options of {@link placeboDates}. */
export interface PlaceboOptions {
  readonly intervention: string;
  /** Periods of the window before and from the date on. */
  readonly before: number;
  readonly after: number;
  /** Every how many periods a date is tried; 1 unless told. */
  readonly every?: number;
  /** First day on which nothing of the intervention is left; later dates are tried as well. None are unless told. */
  readonly until?: string;
  readonly weekdays?: boolean;
}

/** The change of level at one date. */
export interface PlaceboRow {
  readonly date: string;
  readonly level: number;
  /** The level divided by its Newey–West error, with a lag of ⌊4 (periods/100)^(2/9)⌋. */
  readonly t: number;
  /** Whether it is the day of the intervention. */
  readonly actual: boolean;
}

/** The intervention's own date among dates on which nothing happened. */
export interface PlaceboDates {
  readonly actual: PlaceboRow;
  readonly placebos: readonly PlaceboRow[];
  /** Placebo dates with a change of level at least as far from zero. */
  readonly asExtreme: number;
  /** (as extreme + 1) / (placebos + 1): neighbouring windows overlap, so it is a rank and not an exact test. */
  readonly rank: number;
  readonly provenance: TimeSeries["provenance"];
}

/**
 * Placebo dates: how large a "change of level" does the same regression find at dates on which nothing happened?
 *
 * Each date has a window of its own, and no window of a placebo holds the intervention or the time until its end. One wants
 * it because an error formula may be wrong, and the series itself tells how often it moves as far.
 *
 * @throws {InvalidInputError} where the window does not fit into the series, or no placebo date is left
 * @example placeboDates(series, { intervention: "2015-09-01", before: 28, after: 28 }).rank
 */
export function placeboDates(series: TimeSeries, options: PlaceboOptions): PlaceboDates {
  const action = "placeboDates";
  checkFields(action, "options", options, ["intervention", "before", "after", "every", "until", "weekdays"]);
  const { intervention, before, after, every = 1, until, weekdays = false } = options;
  for (const [name, value, least] of [
    ["before", before, 3],
    ["after", after, 3],
    ["every", every, 1],
  ] as const) {
    checkWhole(action, name, value, least);
  }
  const n = lengthOf(action, "series.dates", series.dates);
  lengthOf(action, "series.values", series.values);
  // The same lag for all windows: the automatic one jumps about in so few periods.
  const lag = Math.floor(4 * pow((before + after) / 100, 2 / 9));
  const index = interventionIndex(action, series, intervention);
  const at = (row: number): PlaceboRow => {
    const part = slice(series, row - before, row + after);
    const date = series.dates[row];
    const { terms } = interrupted(action, part, { intervention: date.slice(0, 10), weekdays, lag });
    const level = terms.find(({ term }) => term === "level");
    return { date, level: level?.estimate ?? 0, t: level?.t ?? 0, actual: row === index };
  };
  if (index - before < 0 || index + after > n) {
    throw new InvalidInputError(
      `${action}: ${before} periods before and ${after} after ${intervention} do not fit into "${series.name}" (${index} before, ${n - index} from it on)`,
      "before",
    );
  }
  const over = until === undefined ? n : series.dates.findIndex((date) => date >= until);
  const rows = Array.from({ length: Math.ceil(n / every) }, (_, k) => k * every).filter((row) => {
    const [from, to] = [row - before, row + after];
    return from >= 0 && to <= n && (to <= index || (over >= 0 && from >= over));
  });
  if (rows.length === 0) {
    const message = `${action}: no window of this length lies outside the time of the intervention; shorten it`;
    throw new InvalidInputError(message, "before");
  }
  const actual = at(index);
  const placebos = rows.map(at);
  // Levels that differ by rounding are as far from zero as one another.
  const farthest = placebos.reduce((most, { level }) => Math.max(most, Math.abs(level)), Math.abs(actual.level));
  const least = Math.abs(actual.level) - 1e-10 * farthest;
  const asExtreme = placebos.filter(({ level }) => Math.abs(level) >= least).length;
  return {
    actual,
    placebos,
    asExtreme,
    rank: (asExtreme + 1) / (placebos.length + 1),
    provenance: series.provenance,
  };
}

/** Periods from one index to before another. */
function slice(series: TimeSeries, from: number, to: number): TimeSeries {
  return {
    ...series,
    dates: series.dates.slice(from, to),
    values: series.values.slice(from, to),
    below: series.below.slice(from, to),
  };
}
