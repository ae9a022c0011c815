import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";

/**
 * Days as whole numbers since 1970-01-01, in UTC only.
 *
 * A date of arrest has no time of day and no time zone. Counting whole days keeps both out: the same
 * input gives the same output wherever the program runs.
 */

const DAY = 86_400_000;

/**
 * Number of days in a month. `month` runs from 1 to 12; leap years follow the Gregorian rule.
 *
 * @throws {InvalidInputError} unless year and month are whole numbers and the month is one of a year.
 * @example daysInMonth(2016, 2) // 29
 */
export function daysInMonth(year: number, month: number): number {
  if (!(Number.isInteger(month) && month >= 1 && month <= 12)) {
    throw new InvalidInputError(
      `daysInMonth: month is ${month}; a whole number from 1 to 12 is needed`,
      "month",
    );
  }
  if (!(Number.isInteger(year) && year >= 1000 && year <= 9999)) {
    throw new InvalidInputError(
      `daysInMonth: year is ${year}; a whole number from 1000 to 9999 is needed`,
      "year",
    );
  }
  return monthLength(year, month);
}

function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * The day number (days since 1970-01-01) of an ISO day such as `"2015-09-01"`.
 *
 * @throws {InvalidInputError} if the text is not a day that exists, years 1000 to 9999.
 * @example dayNumber("1970-01-02") // 1
 */
export function dayNumber(isoDay: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDay);
  const [year, month, day] = match === null ? [0, 0, 0] : match.slice(1).map(Number);
  if (!isCalendarDay(year, month, day)) {
    throw new InvalidInputError(`dayNumber: "${isoDay}" is not a day of the calendar (YYYY-MM-DD)`, "isoDay");
  }
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Whether such a day exists: `isCalendarDay(2015, 2, 29)` is false. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return false;
  return day >= 1 && day <= monthLength(year, month);
}

/**
 * The ISO day of a day number; the inverse of {@link dayNumber}.
 *
 * @throws {InvalidInputError} if `day` is not a whole number or lies outside the years 1000 to 9999.
 * @example isoDay(1) // "1970-01-02"
 */
export function isoDay(day: number): string {
  const date = new Date(day * DAY);
  const year = date.getUTCFullYear();
  if (!Number.isInteger(day) || !(year >= 1000 && year <= 9999)) {
    throw new InvalidInputError(`isoDay: ${day} is not the number of a day in the years 1000 to 9999`, "day");
  }
  return date.toISOString().slice(0, 10);
}

/**
 * The day `months` calendar months later (earlier if negative). Where the month reached has no such
 * day, its last day is taken: one month after 31 January is 28 or 29 February.
 *
 * @throws {InvalidInputError} if `isoDayText` is not a day, `months` not a whole number, or the years 1000 to 9999 are left.
 * @example addMonths("2015-09-01", 36) // "2018-09-01"
 */
export function addMonths(isoDayText: string, months: number): string {
  if (!Number.isInteger(months)) {
    throw new InvalidInputError(`addMonths: counts whole months, got ${months}`, "months");
  }
  const start = new Date(calledAs("addMonths", () => dayNumber(isoDayText)) * DAY);
  const index = start.getUTCFullYear() * 12 + start.getUTCMonth() + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  if (year < 1000 || year > 9999) {
    throw new InvalidInputError(
      `addMonths: ${months} months from ${isoDayText} leave the years 1000 to 9999`,
      "months",
    );
  }
  const day = Math.min(start.getUTCDate(), monthLength(year, month));
  return isoDay(Date.UTC(year, month - 1, day) / DAY);
}
