/** Dates known to the year, the month or the day; intervals; months between; and policies. UTC only. */
export { addMonths, dayNumber, daysInMonth, isoDay } from "./calendar";
export { type DateInterval, dateInterval, midpoint } from "./interval";
export { monthsBetween } from "./months";
export { type PartialDate, partialDate } from "./partial-date";
export { DATE_POLICIES, type DatePolicy, pointOf } from "./policy";
