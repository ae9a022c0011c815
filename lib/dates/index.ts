/** Dates known to the year, the month or the day; intervals; months between; and policies. UTC only. */
export { addMonths, dayNumber, daysInMonth, isoDay } from "./calendar";
export type { DateInterval } from "./interval";
export { dateInterval, midpoint } from "./interval";
export { monthsBetween } from "./months";
export type { PartialDate } from "./partial-date";
export { partialDate } from "./partial-date";
export type { DatePolicy } from "./policy";
export { DATE_POLICIES, pointOf } from "./policy";
