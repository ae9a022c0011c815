import { InvalidInputError } from "../statistics";
import { checkWhole } from "../statistics/inner";

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
 * @example daysInMonth(2016, 2) // 29
 */
export function daysInMonth(year: number, month: number): number {
  checkWhole("daysInMonth", "year", year, 0);
  checkWhole("daysInMonth", "month", month, 1);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * The day number (days since 1970-01-01) of an ISO day such as `"2015-09-01"`.
 *
 * @throws {InvalidInputError} if the text is not a day that exists, years 1000 to 9999.
 * @example dayNumber("1970-01-02") // 1
 */
export function dayNumber(isoDay: string): number {
  return checkDay("dayNumber", "isoDay", isoDay);
}

/** The number of a day; the message of the error begins with the function that was called. */
export function checkDay(action: string, argument: string, isoDay: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDay);
  const [year, month, day] = match === null ? [0, 0, 0] : match.slice(1).map(Number);
  if (!isCalendarDay(year, month, day)) {
    throw new InvalidInputError(`${action}: "${isoDay}" is not a day of the calendar (YYYY-MM-DD)`, argument);
  }
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Whether such a day exists: `isCalendarDay(2015, 2, 29)` is false. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
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
    const message = `isoDay: ${day} is not the number of a day in the years 1000 to 9999`;
    throw new InvalidInputError(message, "day");
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
  const start = new Date(checkDay("addMonths", "isoDay", isoDayText) * DAY);
  const index = start.getUTCFullYear() * 12 + start.getUTCMonth() + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  if (year < 1000 || year > 9999) {
    const message = `addMonths: ${months} months from ${isoDayText} leave the years 1000 to 9999`;
    throw new InvalidInputError(message, "months");
  }
  const day = Math.min(start.getUTCDate(), daysInMonth(year, month));
  return isoDay(Date.UTC(year, month - 1, day) / DAY);
}

/**
 * Calendar months from one day to another, with day precision.
 *
 * The rule: whole months are counted by anniversaries of the earlier day (the 31st has its
 * anniversary on the last day of a shorter month); what is left over is counted in days, divided by
 * the number of days from the last anniversary to the next. So 1 September 2015 to 1 September 2018
 * is exactly 36, and 1 to 16 September is 15/30.
 *
 * A fixed month of 30.44 days would put the third anniversary at 36.01 or 35.98 and thereby on
 * either side of a follow-up of 36 months.
 *
 * Swapping the two days changes the sign. The result never decreases when `to` moves later or
 * `from` moves earlier.
 *
 * @param from ISO day
 * @param to ISO day
 * @returns months; negative when `to` is before `from`
 * @throws {InvalidInputError} if either is not a day.
 * @example monthsBetween("2015-09-01", "2016-05-25") // 8 + 24/31
 */
export function monthsBetween(from: string, to: string): number {
  const start = checkDay("monthsBetween", "from", from);
  const end = checkDay("monthsBetween", "to", to);
  if (end < start) return -monthsBetween(to, from);
  // Comparing the day of the month over-counts by at most one, hence the step back.
  let whole = (yearOf(to) - yearOf(from)) * 12 + (monthOf(to) - monthOf(from));
  if (dayNumber(addMonths(from, whole)) > end) whole -= 1;
  const last = dayNumber(addMonths(from, whole));
  const next = dayNumber(addMonths(from, whole + 1));
  return whole + (end - last) / (next - last);
}

const yearOf = (day: string) => Number(day.slice(0, 4));
const monthOf = (day: string) => Number(day.slice(5, 7));
