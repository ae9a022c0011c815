import { InvalidInputError } from "../statistics";
import { daysInMonth, isCalendarDay } from "./calendar";

/**
 * A date as a source reports it: to the year, the month or the day.
 *
 * `"2016-10"` does not mean 1 October. It means some day of that month, and `earliest` and `latest`
 * (ISO days, both included) say which ones.
 */
export interface PartialDate {
  /** As written: `"2016"`, `"2016-10"` or `"2016-10-08"`. */
  readonly text: string;
  readonly precision: "year" | "month" | "day";
  readonly earliest: string;
  readonly latest: string;
}

/**
 * Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
 *
 * @throws {InvalidInputError} if the text has another form or names a month or day that does not exist.
 * @example partialDate("2016-02").latest // "2016-02-29"
 */
export function partialDate(text: string): PartialDate {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (match === null) throw notADate(text);
  const year = Number(match[1]);
  const month = match[2] === undefined ? null : Number(match[2]);
  const day = match[3] === undefined ? null : Number(match[3]);
  if (!isCalendarDay(year, month ?? 1, day ?? 1)) throw notADate(text);
  if (month === null) {
    return { text, precision: "year", earliest: `${text}-01-01`, latest: `${text}-12-31` };
  }
  if (day === null) {
    return {
      text,
      precision: "month",
      earliest: `${text}-01`,
      latest: `${text}-${daysInMonth(year, month)}`,
    };
  }
  return { text, precision: "day", earliest: text, latest: text };
}

function notADate(text: string): InvalidInputError {
  return new InvalidInputError(`partialDate: "${text}" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)`, "text");
}
