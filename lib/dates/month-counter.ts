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
export function monthCounter(
  unit: "calendar months" | "months" | "days" = "calendar months",
): (from: string, to: string) => number {
  const days = new Map<string, Day>();
  const read = (text: string): Day => {
    let day = days.get(text);
    if (day === undefined) {
      const number = dayNumber(text);
      const date = new Date(number * DAY);
      day = { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), number };
      if (days.size < MOST) days.set(text, day);
    }
    return day;
  };
  const count = (start: Day, end: Day): number => {
    if (end.number < start.number) return -count(end, start);
    // Comparing the month alone over-counts by at most one, hence the step back.
    let whole = (end.year - start.year) * 12 + end.month - start.month;
    let last = anniversary(start, whole);
    if (last > end.number) {
      whole -= 1;
      last = anniversary(start, whole);
    }
    return whole + (end.number - last) / (anniversary(start, whole + 1) - last);
  };
  if (unit === "calendar months") return (from, to) => count(read(from), read(to));
  const length = unit === "days" ? 1 : DAYS_A_MONTH;
  return (from, to) => (read(to).number - read(from).number) / length;
}

/** The day number some months later; the last day of a month that is too short. */
function anniversary({ year, month, day }: Day, months: number): number {
  const wanted = Date.UTC(year, month + months, day);
  return (day <= 28 ? wanted : Math.min(wanted, Date.UTC(year, month + months + 1, 0))) / DAY;
}
