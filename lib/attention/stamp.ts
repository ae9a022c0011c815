import { dayNumber, isoDay } from "../dates";

/** A date of an export as a number, with how precise it is. */
export interface Stamp {
  readonly precision: "minute" | "day" | "month";
  /** Minutes since 1970-01-01; for months, months since January 1970. */
  readonly at: number;
}

const DAY = 1440;

/**
 * Reads the date forms of the exports: `2015-09` (a month), `2015-09-01` (a day or a week), `2015-09-01T05`,
 * `2015-09-01T05:15`, `2015-09-01 05:15:00` and `20150901T051500Z` (a moment), `2015090100` (Wikimedia's day or hour).
 * Hours are taken as they stand; no time zone is assumed.
 *
 * @returns null where the text is no such date, or not one of the calendar
 */
export function readStamp(text: string): Stamp | null {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null) {
    const day = dayOf(`${text}-01`);
    return day === null ? null : { precision: "month", at: Number(month[1]) * 12 + Number(month[2]) - 1 };
  }
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::00)?)?Z?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})00Z$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, year, monthOfYear, dayOfMonth, hour, minute] = match;
  const day = dayOf(`${year}-${monthOfYear}-${dayOfMonth}`);
  if (day === null || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return null;
  const at = day * DAY + Number(hour ?? 0) * 60 + Number(minute ?? 0);
  return { precision: hour === undefined ? "day" : "minute", at };
}

/** The forms above in words, for messages. */
export const STAMP_FORMS = "a date such as 2015-09-01, 2015-09 or 2015-09-01T05";

/** The first moment of a period as text; {@link AttentionRow.date}. */
export function stampText(at: number, unit: "minute" | "day" | "month"): string {
  if (unit === "month") {
    return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
  }
  const day = isoDay(Math.floor(at / DAY));
  if (unit === "day") return day;
  const minutes = at - Math.floor(at / DAY) * DAY;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function dayOf(text: string): number | null {
  try {
    return dayNumber(text);
  } catch {
    return null;
  }
}
