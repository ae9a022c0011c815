/** Days, dates known to the year, the month or the day, and intervals. UTC only. */

// Days and months.

export { addMonths, dayNumber, daysInMonth, isoDay, monthsBetween } from "./calendar";

// Dates that are not known to the day, and one day for each.

export * from "./interval";
export { type PartialDate, partialDate } from "./partial-date";
