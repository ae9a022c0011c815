import { dayNumber, isoDay } from "../dates";
import { type Fault, refuseAll } from "../files";
import type { Granularity, RawExport, RawValue } from "./types";

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A date of an export as a number, with how precise it is. */
interface Stamp {
  readonly precision: "minute" | "day" | "month";
  /** Minutes since 1970-01-01; for months, months since January 1970. */
  readonly at: number;
}

/**
 * Reads the date forms of the exports: `2015-09` (a month), `2015-09-01` (a day or a week), `2015-09-01T05`,
 * `2015-09-01T05:15`, `2015-09-01 05:15:00` and `20150901T051500Z` (a moment), `2015090100` (Wikimedia's day or hour).
 * Hours are taken as they stand; no time zone is assumed.
 *
 * @returns null where the text is no such date, or not one of the calendar
 */
export function readStamp(text: string): Stamp | null {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null) {
    const day = dayOf(`${text}-01`);
    return day === null ? null : { precision: "month", at: Number(month[1]) * 12 + Number(month[2]) - 1 };
  }
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::00)?)?Z?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})00Z$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, year, monthOfYear, dayOfMonth, hour, minute] = match;
  const day = dayOf(`${year}-${monthOfYear}-${dayOfMonth}`);
  if (day === null || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return null;
  const at = day * DAY + Number(hour ?? 0) * 60 + Number(minute ?? 0);
  return { precision: hour === undefined ? "day" : "minute", at };
}

/** The forms above in words, for messages. */
export const STAMP_FORMS = "a date such as 2015-09-01, 2015-09 or 2015-09-01T05";

/** The first moment of a period as text; {@link AttentionRow.date}. */
export function stampText(at: number, unit: "minute" | "day" | "month"): string {
  if (unit === "month") {
    return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
  }
  const day = isoDay(Math.floor(at / DAY));
  if (unit === "day") return day;
  const minutes = at - Math.floor(at / DAY) * DAY;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function dayOf(text: string): number | null {
  try {
    return dayNumber(text);
  } catch {
    return null;
  }
}

/** A value with its moment on the scale of its file: minutes, or months. */
export interface Placed extends RawValue {
  readonly at: number;
}

/** The periods of a file: their length, and the values of each series in order. */
export interface Periods {
  readonly granularity: Granularity;
  /** From one period to the next, in minutes, or in months where they are months. */
  readonly step: number;
  /** How a moment is written; see stampText(). */
  readonly unit: Stamp["precision"];
  readonly bySeries: ReadonlyMap<string, readonly Placed[]>;
}

/**
 * Puts the values of a file in order and finds out how long its periods are.
 *
 * The distance that most neighbours have is the length of a period. A multiple of it is a gap, which only services that
 * leave out empty periods may have; a distance that is no multiple, or one gap of the same length after another, means
 * that two granularities are mixed.
 *
 * @throws DataError naming the rows: a date that stands twice for a series, dates of different precision, mixed
 *   granularity, gaps where the service has none, a period that is not as the file's own heading says
 */
export function findPeriods(raw: RawExport, file: string): Periods {
  const stamps = raw.values.map((value) => ({ value, stamp: readStamp(value.stamp) }));
  const precision = stamps[0].stamp?.precision ?? "day";
  const odd = stamps.filter(({ stamp }) => stamp?.precision !== precision);
  if (odd.length > 0)
    throw refuseAll(
      file,
      odd.map(({ value }) => mixedForm(value, stamps[0].value)),
    );
  const bySeries = new Map<string, Placed[]>();
  for (const { value, stamp } of stamps) {
    const list = bySeries.get(value.series) ?? [];
    list.push({ ...value, at: stamp?.at ?? 0 });
    bySeries.set(value.series, list);
  }
  for (const list of bySeries.values()) list.sort((a, b) => a.at - b.at);
  const twice = [...bySeries.values()].flatMap((list) =>
    list.flatMap((value, i) => (i > 0 && list[i - 1].at === value.at ? [repeated(value, list[i - 1])] : [])),
  );
  if (twice.length > 0) throw refuseAll(file, twice);

  const distances = [...bySeries.values()].flatMap((list) =>
    list.slice(1).map((value, i) => ({ value, before: list[i], distance: value.at - list[i].at })),
  );
  const step = precision === "month" ? 1 : mostCommon(distances.map(({ distance }) => distance));
  const granularity = step === null ? statedOr(raw, precision) : granularityOf(precision, step);
  if (granularity === null) {
    throw refuseAll(file, [uneven(distances[0].value, distances[0].before, precision, null)]);
  }
  const known = step ?? LENGTH[granularity];
  const faults = distances.flatMap(({ value, before, distance }, i): Fault[] => {
    const runs = [distances[i - 2], distances[i - 1]].every(
      (other) => other?.distance === distance && other.value.series === value.series,
    );
    const fits = distance === known || (raw.mayHaveGaps && distance % known === 0 && !runs);
    return fits ? [] : [uneven(value, before, precision, granularity)];
  });
  if (faults.length > 0) throw refuseAll(file, faults.slice(0, 1));
  // A page's views of a month come with the first day of it.
  if (raw.stated !== null && step !== null && raw.stated.granularity !== granularity) {
    const message = `says ${raw.stated.granularity}; the dates lie ${apart(known, precision)} apart`;
    throw refuseAll(file, [
      { row: null, column: raw.stated.where, value: null, rule: "granularity", message },
    ]);
  }
  return { granularity, step: known, unit: shownAs(precision, granularity), bySeries };
}

const LENGTH: Readonly<Record<Granularity, number>> = {
  minutes: 1,
  hour: HOUR,
  day: DAY,
  week: WEEK,
  month: 1,
};

function statedOr(raw: RawExport, precision: Stamp["precision"]): Granularity {
  if (raw.stated !== null) return raw.stated.granularity;
  if (precision === "month") return "month";
  return precision === "day" ? "day" : "hour";
}

function granularityOf(precision: Stamp["precision"], step: number): Granularity | null {
  if (precision === "month") return "month";
  if (step === WEEK) return "week";
  if (step === DAY) return "day";
  if (precision === "minute" && step % HOUR === 0 && step < DAY) return "hour";
  return precision === "minute" && step < HOUR ? "minutes" : null;
}

/** Days that are written with an hour, as Wikimedia does, are shown as days. */
function shownAs(precision: Stamp["precision"], granularity: Granularity): Stamp["precision"] {
  return granularity === "day" || granularity === "week" ? "day" : precision;
}

/** The distance that most have, the shortest of those if there are several; null where there is none. */
function mostCommon(distances: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const distance of distances) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  let best: number | null = null;
  for (const [distance, n] of counts) {
    const most = best === null ? 0 : (counts.get(best) ?? 0);
    if (best === null || n > most || (n === most && distance < best)) best = distance;
  }
  return best;
}

function mixedForm({ row, column, stamp }: RawValue, first: RawValue): Fault {
  const message = `${JSON.stringify(stamp)} is not as precise as ${JSON.stringify(first.stamp)} in the first row; one granularity is needed`;
  return { row, column, value: stamp, rule: "granularity", message };
}

function repeated({ row, column, stamp, series }: Placed, before: Placed): Fault {
  const where = before.row === null ? before.column : `row ${before.row}`;
  const message = `${JSON.stringify(stamp)} of the series ${JSON.stringify(series)} stands in ${where} already`;
  return { row, column, value: stamp, rule: "duplicate-date", message };
}

function uneven(
  value: Placed,
  before: Placed,
  precision: Stamp["precision"],
  granularity: Granularity | null,
): Fault {
  const distance = apart(value.at - before.at, precision);
  const found = `${JSON.stringify(value.stamp)} comes ${distance} after ${JSON.stringify(before.stamp)}`;
  const needed =
    granularity === null
      ? "periods of minutes, hours, a day, a week or a month are known"
      : `most rows of this file lie one ${granularity === "minutes" ? "step" : granularity} apart, and one granularity without gaps is needed`;
  return {
    row: value.row,
    column: value.column,
    value: value.stamp,
    rule: "granularity",
    message: `${found}; ${needed}`,
  };
}

function apart(distance: number, precision: Stamp["precision"]): string {
  const plural = (n: number, unit: string) => `${n} ${unit}${n === 1 ? "" : "s"}`;
  if (precision === "month") return plural(distance, "month");
  if (distance % DAY === 0) return plural(distance / DAY, "day");
  return distance % HOUR === 0 ? plural(distance / HOUR, "hour") : plural(distance, "minute");
}

/** Periods between the first and the last of a series that have no value. */
export function missingPeriods(list: readonly Placed[], { step, unit }: Periods): string[] {
  return list.slice(1).flatMap((value, i) => {
    const between = (value.at - list[i].at) / step - 1;
    return Array.from({ length: between }, (_, k) => stampText(list[i].at + (k + 1) * step, unit));
  });
}
