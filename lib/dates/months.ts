import { calledAs } from "../statistics/inner";
import { addMonths, dayNumber } from "./calendar";

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
  return calledAs("monthsBetween", () => months(from, to));
}

function months(from: string, to: string): number {
  const start = dayNumber(from);
  const end = dayNumber(to);
  if (end < start) return -months(to, from);
  // Comparing the day of the month over-counts by at most one, hence the step back.
  let whole = (yearOf(to) - yearOf(from)) * 12 + (monthOf(to) - monthOf(from));
  if (dayNumber(addMonths(from, whole)) > end) whole -= 1;
  const last = dayNumber(addMonths(from, whole));
  const next = dayNumber(addMonths(from, whole + 1));
  return whole + (end - last) / (next - last);
}

const yearOf = (day: string) => Number(day.slice(0, 4));
const monthOf = (day: string) => Number(day.slice(5, 7));
