/** An inner door: time between days, counted for a file of a million rows. */
import { dayNumber } from "./calendar";

const DAY = 86_400_000;
/** Days that are kept with their parts; a file of a million rows has some thousands. */
const MOST = 100_000;

interface Day {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  readonly number: number;
}

/** Days of a month of one length: a twelfth of the 365.2425 days of the Gregorian year. */
export const DAYS_A_MONTH = 30.436875;

/**
 * monthsBetween() of lib/dates for a million rows: the same rule and the same numbers, with each day's text read once. Or
 * months of one length, or days, for clocks that start on different days: there a calendar month is shorter for one row
 * than for another, and 30 days from 1 February are more of them than 31 from 1 July.
 *
 * @returns a function of two ISO days
 * @example monthCounter()("2015-09-01", "2016-05-25") // 8 + 24/31
 */
export function monthCounter(unit: CountedUnit = "calendar months"): (from: string, to: string) => number {
  const number = remembered(dayNumber);
  const between = dayCounter(unit);
  return (from, to) => between(number(from), number(to));
}

/** The same of two day numbers (see {@link dayNumber}). */
export function dayCounter(unit: CountedUnit): (from: number, to: number) => number {
  const length = unit === "days" ? 1 : DAYS_A_MONTH;
  if (unit !== "calendar months") return (from, to) => (to - from) / length;
  const read = remembered(dayOf);
  return (from, to) => count(read(from), read(to));
}

type CountedUnit = "calendar months" | "months" | "days";

/** What a function gives, found out once for each of so many days. */
function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = find(key);
      if (known.size < MOST) known.set(key, value);
    }
    return value;
  };
}

function dayOf(number: number): Day {
  const date = new Date(number * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), number };
}

function count(start: Day, end: Day): number {
  if (end.number < start.number) return -count(end, start);
  // Comparing the month alone over-counts by at most one, hence the step back.
  let whole = (end.year - start.year) * 12 + end.month - start.month;
  let last = anniversary(start, whole);
  if (last > end.number) {
    whole -= 1;
    last = anniversary(start, whole);
  }
  return whole + (end.number - last) / (anniversary(start, whole + 1) - last);
}

/** The day number some months later; the last day of a month that is too short. */
function anniversary({ year, month, day }: Day, months: number): number {
  const months0 = year * 12 + month + months;
  return Math.min(firstOf(months0) + day, firstOf(months0 + 1)) - 1;
}

/** The day number of the first day of a month, counted from January of the year 0: what Date.UTC says, without asking it a million times. */
function firstOf(months: number): number {
  // Years begin with March, so that the day of a leap year is their last.
  const year = Math.floor((months - 2) / 12);
  const month = months - 2 - 12 * year;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leapDays + Math.floor((153 * month + 2) / 5) - FIRST_OF_MARCH;
}

/** From 1 March of the year 0 to 1 January 1970. */
const FIRST_OF_MARCH = 719_468;
