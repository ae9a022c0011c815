import { type Fault, refuseAll, shown } from "../files";
import { DAY, HOUR, type Stamp, stampText, WEEK } from "./stamps";
import type { Granularity, RawExport, RawValue } from "./types";

/** A value with its moment on the scale of its file: minutes, or months. */
export interface Placed {
  readonly value: RawValue;
  readonly at: number;
}

/** The periods of a file: their length, and the values of each series in order. */
export interface Periods {
  readonly granularity: Granularity;
  /** From one period to the next, in minutes, or in months where they are months. */
  readonly step: number;
  /** How a moment is written; see stampText(). */
  readonly unit: Stamp["precision"];
  readonly zoned: boolean;
  readonly bySeries: ReadonlyMap<string, readonly Placed[]>;
  readonly notes: readonly string[];
}

/** Two neighbours of a series. */
interface Step {
  readonly after: Placed;
  readonly before: Placed;
  readonly distance: number;
}

/**
 * Puts the values of a file in order and finds out how long its periods are.
 *
 * Where the file states how long they are, that is so, and a service that leaves out empty periods may leave out any
 * number of them. Else the distance that most neighbours have is the length of a period. A multiple of it is a gap, which
 * only services that leave out empty periods may have; a distance that is no multiple, or one gap of the same length
 * after another, means that two granularities are mixed.
 *
 * @throws DataError naming the rows: a date that stands twice for a series, dates of different precision, mixed
 *   granularity, gaps where the service has none, a period that is not as the file's own heading says
 */
export function findPeriods(raw: RawExport, file: string): Periods {
  const { precision, zoned } = onePrecision(raw, file);
  const bySeries = new Map<string, Placed[]>();
  for (const value of raw.values) {
    const list = bySeries.get(value.series);
    const placed = { value, at: value.stamp.at };
    if (list === undefined) bySeries.set(value.series, [placed]);
    else list.push(placed);
  }
  const notes = new Set<string>();
  if (precision === "minute" && !zoned && !raw.mayHaveGaps) straighten(bySeries, notes);
  const unit = monthStarts(bySeries, precision);
  const steps: Step[] = [];
  const twice: Fault[] = [];
  for (const list of bySeries.values()) {
    list.sort((a, b) => a.at - b.at);
    for (let i = 1; i < list.length; i++) {
      const [before, after] = [list[i - 1], list[i]];
      if (after.at === before.at) twice.push(repeated(after.value, before.value));
      else steps.push({ before, after, distance: after.at - before.at });
    }
  }
  if (twice.length > 0) throw refuseAll(file, twice);
  const { granularity, step } =
    raw.mayHaveGaps && raw.stated !== null ? asStated(raw.stated, steps, file) : asFound(raw, steps, unit, file);
  return { granularity, step, unit: shownAs(unit, granularity), zoned, bySeries, notes: [...notes] };
}

/** The one precision that all dates of a file have. */
function onePrecision({ values }: RawExport, file: string): Stamp {
  const [first] = values;
  const odd = values.filter(
    ({ stamp }) => stamp.precision !== first.stamp.precision || stamp.zoned !== first.stamp.zoned,
  );
  if (odd.length > 0) {
    const reason = (stamp: Stamp) =>
      stamp.precision === first.stamp.precision
        ? `does not say its offset from UTC as ${shown(first.stamp.text)} does, or the other way round`
        : `is not as precise as ${shown(first.stamp.text)} in the first row`;
    throw refuseAll(
      file,
      odd.map(({ row, column, stamp }) => {
        const message = `${shown(stamp.text)} ${reason(stamp)}; one granularity is needed`;
        return { row, column, value: stamp.text, rule: "granularity", message };
      }),
    );
  }
  return first.stamp;
}

/** The length of a period where the file states it: what lies between two is any number of them. */
function asStated(stated: NonNullable<RawExport["stated"]>, steps: readonly Step[], file: string) {
  const { granularity, where } = stated;
  const step = LENGTH[granularity];
  const odd = steps.find(({ distance }) => distance % step !== 0);
  if (odd !== undefined) {
    const message = `says ${granularity}; the dates ${shown(odd.before.value.stamp.text)} and ${shown(odd.after.value.stamp.text)} lie ${apart(odd.distance, "minute")} apart`;
    throw refuseAll(file, [{ row: odd.after.value.row, column: where, value: null, rule: "granularity", message }]);
  }
  return { granularity, step };
}

/** The length of a period where the file does not state it, or the service leaves out none. */
function asFound(raw: RawExport, steps: readonly Step[], precision: Stamp["precision"], file: string) {
  const step = precision === "month" ? 1 : mostCommon(steps);
  const granularity = step === null ? statedOr(raw, precision) : granularityOf(precision, step);
  if (granularity === null) throw refuseAll(file, [uneven(steps[0], precision, null)]);
  const known = step ?? LENGTH[granularity];
  const odd = steps.findIndex((one, i) => {
    if (one.distance === known) return false;
    if (!raw.mayHaveGaps || one.distance % known !== 0) return true;
    return [steps[i - 2], steps[i - 1]].every(
      (other) => other?.distance === one.distance && other.after.value.series === one.after.value.series,
    );
  });
  if (odd >= 0) throw refuseAll(file, [uneven(steps[odd], precision, granularity)]);
  // A page's views of a month come with the first day of it.
  if (raw.stated !== null && step !== null && raw.stated.granularity !== granularity) {
    const message = `says ${raw.stated.granularity}; the dates lie ${apart(known, precision)} apart`;
    throw refuseAll(file, [{ row: null, column: raw.stated.where, value: null, rule: "granularity", message }]);
  }
  return { granularity, step: known };
}

/**
 * Hours of a place's clock, in the order of the file: where it is put back an hour stands twice, where it is put forward
 * one is lacking. What follows is moved by that hour, so that each hour stands once and none is lacking.
 */
function straighten(bySeries: Map<string, Placed[]>, notes: Set<string>): void {
  for (const [name, list] of bySeries) {
    const steps = list.slice(1).map((after, i) => ({ after, before: list[i], distance: after.at - list[i].at }));
    const step = mostCommon(steps) ?? 0;
    const odd = steps.flatMap(({ distance }, i) => (distance === step ? [] : [i]));
    const [at] = odd;
    if (odd.length !== 1 || step > HOUR || Math.abs(steps[at].distance - step) !== HOUR) continue;
    const shift = step - steps[at].distance;
    bySeries.set(
      name,
      list.map(({ value, at: moment }, i) => ({ value, at: moment + (i > at ? shift : 0) })),
    );
    const change = shift > 0 ? "put back" : "put forward";
    notes.add(
      `The file's clock was ${change} an hour at ${steps[at].after.value.stamp.text}; later hours are shown by the clock as it was before.`,
    );
  }
}

/** Days that are all the first of a month are months; their values are moved to that scale. */
function monthStarts(bySeries: Map<string, Placed[]>, precision: Stamp["precision"]): Stamp["precision"] {
  const others = precision === "day" ? [...bySeries.values()] : [];
  const first = others.every((list) => list.every(({ value }) => value.stamp.text.endsWith("-01")));
  if (precision !== "day" || !first || new Set(others.flatMap((list) => list.map(({ at }) => at))).size < 2) {
    return precision;
  }
  for (const [name, list] of bySeries) {
    const months = (day: string) => (Number(day.slice(0, 4)) - 1970) * 12 + Number(day.slice(5, 7)) - 1;
    bySeries.set(
      name,
      list.map(({ value }) => ({ value, at: months(value.stamp.text) })),
    );
  }
  return "month";
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
function mostCommon(steps: readonly { readonly distance: number }[]): number | null {
  const counts = new Map<number, number>();
  for (const { distance } of steps) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  let best: number | null = null;
  for (const [distance, n] of counts) {
    const most = best === null ? 0 : (counts.get(best) ?? 0);
    if (best === null || n > most || (n === most && distance < best)) best = distance;
  }
  return best;
}

function repeated({ row, column, stamp, series }: RawValue, before: RawValue): Fault {
  const where = before.row === null ? before.column : `row ${before.row}`;
  const message = `${shown(stamp.text)} of the series ${shown(series)} stands in ${where} already`;
  return { row, column, value: stamp.text, rule: "duplicate-date", message };
}

function uneven(
  { before, after, distance }: Step,
  precision: Stamp["precision"],
  granularity: Granularity | null,
): Fault {
  const { row, column, stamp } = after.value;
  const found = `${shown(stamp.text)} comes ${apart(distance, precision)} after ${shown(before.value.stamp.text)}`;
  const needed =
    granularity === null
      ? "periods of minutes, hours, a day, a week or a month are known"
      : `most rows of this file lie one ${granularity === "minutes" ? "step" : granularity} apart, and one granularity without gaps is needed`;
  return { row, column, value: stamp.text, rule: "granularity", message: `${found}; ${needed}` };
}

function apart(distance: number, precision: Stamp["precision"]): string {
  const plural = (n: number, unit: string) => `${n} ${unit}${n === 1 ? "" : "s"}`;
  if (precision === "month") return plural(distance, "month");
  if (distance % DAY === 0) return plural(distance / DAY, "day");
  return distance % HOUR === 0 ? plural(distance / HOUR, "hour") : plural(distance, "minute");
}

/** Periods between the first and the last of a series that have no value. */
export function missingPeriods(list: readonly Placed[], { step, unit }: Periods): string[] {
  const missing: string[] = [];
  for (let i = 1; i < list.length; i++) {
    for (let at = list[i - 1].at + step; at < list[i].at; at += step) missing.push(stampText(at, unit));
  }
  return missing;
}
