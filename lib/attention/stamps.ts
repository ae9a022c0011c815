import { dayNumber, isoDay } from "../dates";

export const HOUR = 60;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** A date of an export as a number, with how precise it is. */
export interface Stamp {
  /** As it stands in the file. */
  readonly text: string;
  readonly precision: "minute" | "day" | "month";
  /** Minutes since 1970-01-01; for months, months since January 1970. */
  readonly at: number;
  /** Whether the text says how far it is from UTC, and `at` is in UTC. */
  readonly zoned: boolean;
}

/**
 * Reads the date forms of the exports: `2015-09` (a month), `2015-09-01` (a day or a week), `2015-09-01T05`,
 * `2015-09-01T05:15`, `2015-09-01 05:15:00` and `20150901T051500Z` (a moment), the last three also with an offset such as
 * `-06:00`, `2015090100` (Wikimedia's day or hour), and `Sep-15` (a month, as spreadsheets write it). Without an offset
 * hours are taken as they stand; no time zone is assumed.
 *
 * @returns null where the text is no such date, or not one of the calendar
 */
export function readStamp(text: string): Stamp | null {
  const month = /^(\d{4})-(\d{2})$/.exec(text) ?? spreadsheetMonth(text);
  if (month !== null) {
    const day = dayOf(`${month[1]}-${month[2]}-01`);
    const at = (Number(month[1]) - 1970) * 12 + Number(month[2]) - 1;
    return day === null ? null : { text, precision: "month", at, zoned: false };
  }
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::00(?:\.0+)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})00(Z)$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, year, monthOfYear, dayOfMonth, hour, minute, offset] = match;
  const day = dayOf(`${year}-${monthOfYear}-${dayOfMonth}`);
  if (day === null || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return null;
  const at = day * DAY + Number(hour ?? 0) * 60 + Number(minute ?? 0) - minutesOf(offset);
  return { text, precision: hour === undefined ? "day" : "minute", at, zoned: offset !== undefined };
}

/** readStamp() for a file: each text is read once. */
export function stampReader(): (text: string) => Stamp | null {
  const known = new Map<string, Stamp | null>();
  return (text) => {
    let stamp = known.get(text);
    if (stamp === undefined) {
      stamp = readStamp(text);
      known.set(text, stamp);
    }
    return stamp;
  };
}

/** The forms above in words, for messages. */
export const STAMP_FORMS = "a date such as 2015-09-01, 2015-09 or 2015-09-01T05";

/** The first moment of a period as text; {@link AttentionRow.date}. */
export function stampText(at: number, unit: Stamp["precision"]): string {
  const two = (n: number) => String(n).padStart(2, "0");
  if (unit === "month") return `${1970 + Math.floor(at / 12)}-${two((((at % 12) + 12) % 12) + 1)}-01`;
  const day = isoDay(Math.floor(at / DAY));
  if (unit === "day") return day;
  const minutes = at - Math.floor(at / DAY) * DAY;
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Jan-21`: what a spreadsheet makes of 2021-01. The services begin in 2004. */
function spreadsheetMonth(text: string): [string, string, string] | null {
  const match = /^([A-Z][a-z]{2})-(\d{2})$/.exec(text);
  const month = MONTHS.indexOf(match?.[1] ?? "");
  return match === null || month < 0 ? null : [text, `20${match[2]}`, String(month + 1).padStart(2, "0")];
}

function minutesOf(offset = "Z"): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

function dayOf(text: string): number | null {
  try {
    return dayNumber(text);
  } catch {
    return null;
  }
}

/**
 * Days as a spreadsheet writes them, `12/29/2019` or `29.12.2019`, in the form of the services; all other texts as they
 * are. What stands first, day or month, is what makes all of them days, one after the other at one distance; where both
 * do, or neither, nothing is changed, so that the dates are refused.
 */
export function respelled(texts: readonly string[]): {
  readonly texts: readonly string[];
  readonly order: string | null;
} {
  const parts = texts.map((text) => /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text));
  const unchanged = { texts, order: null };
  if (texts.length === 0 || parts.includes(null)) return unchanged;
  const readings = ([1, 3] as const).flatMap((place) => {
    const days = parts.map((part) => {
      const [month, day] = [part?.[place] ?? "", part?.[4 - place] ?? ""].map((one) => one.padStart(2, "0"));
      return `${(part?.[4] ?? "").padStart(4, "20")}-${month}-${day}`;
    });
    const numbers = days.map(dayOf);
    const apart = numbers.slice(1).map((number, i) => (number ?? 0) - (numbers[i] ?? 0));
    const exist = numbers.every((number) => number !== null) && apart.every((days) => days > 0);
    const months = days.every((day) => day.endsWith("-01")) && apart.every((days) => days > 27 && days < 32);
    const even = apart.length > 1 && (months || apart.every((days) => days === apart[0]));
    return exist ? [{ texts: days, order: place === 1 ? "month/day/year" : "day/month/year", even }] : [];
  });
  const even = readings.filter((reading) => reading.even);
  const [only, ...others] = even.length > 0 ? even : readings;
  // A day above 12 tells them apart as well.
  return only === undefined || others.length > 0 || (texts.length < 2 && even.length === 0) ? unchanged : only;
}
