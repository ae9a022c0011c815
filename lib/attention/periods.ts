import { attentionError, type Fault } from "./fault";
import { readStamp, type Stamp, stampText } from "./stamp";
import type { Granularity, RawExport, RawValue } from "./types";

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

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

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
    throw attentionError(
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
  if (twice.length > 0) throw attentionError(file, twice);

  const distances = [...bySeries.values()].flatMap((list) =>
    list.slice(1).map((value, i) => ({ value, before: list[i], distance: value.at - list[i].at })),
  );
  const step = precision === "month" ? 1 : mostCommon(distances.map(({ distance }) => distance));
  const granularity = step === null ? statedOr(raw, precision) : granularityOf(precision, step);
  if (granularity === null) {
    throw attentionError(file, [uneven(distances[0].value, distances[0].before, precision, null)]);
  }
  const known = step ?? LENGTH[granularity];
  const faults = distances.flatMap(({ value, before, distance }, i): Fault[] => {
    const runs = [distances[i - 2], distances[i - 1]].every(
      (other) => other?.distance === distance && other.value.series === value.series,
    );
    const fits = distance === known || (raw.mayHaveGaps && distance % known === 0 && !runs);
    return fits ? [] : [uneven(value, before, precision, granularity)];
  });
  if (faults.length > 0) throw attentionError(file, faults.slice(0, 1));
  // A page's views of a month come with the first day of it.
  if (raw.stated !== null && step !== null && raw.stated.granularity !== granularity) {
    const message = `says ${raw.stated.granularity}; the dates lie ${apart(known, precision)} apart`;
    throw attentionError(file, [
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
