import { type DateInterval, dateInterval, type PartialDate, partialDate } from "../dates";
import { InvalidInputError } from "../statistics";

/** A date of a cell, and whether a time of day stood behind it. */
export interface CellDate {
  readonly date: PartialDate;
  /** The days that it can have been. */
  readonly interval: DateInterval;
  /** What it says of the order of day and month: nothing can be exchanged in it, something can, or it would not matter. */
  readonly order: "certain" | "either" | "same" | null;
  readonly timed: boolean;
}

/** How the dates of a file are written. */
export interface DateFormat {
  /** Null where the text is no date of the format. */
  readonly read: (text: string) => CellDate | null;
  /** The same with day and month exchanged, as a format and a reader; null where months have names. */
  readonly exchanged: { readonly format: string; readonly read: (text: string) => CellDate | null } | null;
  /** Whether the year stands first, so that nobody exchanges day and month. */
  readonly yearFirst: boolean;
}

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** What a part matches. */
const PARTS: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  m: "(?<m>\\d{1,2})",
  b: "(?<b>\\p{L}{3,9})\\.?",
  d: "(?<d>\\d{1,2})",
  a: "\\p{L}+\\.?",
  H: "\\d{1,2}",
  M: "\\d{2}",
  S: "\\d{2}(?:[.,]\\d+)?",
  f: "\\d+",
  p: "[AaPp]\\.?[Mm]\\.?",
  z: "(?:Z|[+-]\\d{2}(?::?\\d{2})?)",
  Z: "[A-Za-z]+",
};

/** Parts that stand for others, as in C's strptime. */
const SAME: Readonly<Record<string, string>> = {
  F: "%Y-%m-%d",
  D: "%m/%d/%y",
  T: "%H:%M:%S",
  R: "%H:%M",
  e: "%d",
  h: "%b",
  B: "%b",
  A: "%a",
  I: "%H",
  k: "%H",
  l: "%H",
};

/** A time of day behind a date, with fractions, a.m. or p.m. and the offset from UTC. */
const TIME =
  "(?:[T\\s,]\\s*(?:(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-6]\\d(?:[.,]\\d+)?)?(?:\\s*[AaPp]\\.?[Mm]\\.?)?|\\d{4}(?:\\d{2})?|(?:0?\\d|1[0-2])\\s*[AaPp]\\.?[Mm]\\.?)\\s*(?:[A-Z]{1,5}|(?:UTC|GMT)?[+-]\\d{2}(?::?\\d{2})?)?)";

type Token = { readonly part: string } | { readonly literal: string };

/**
 * A reader of dates in a format of C's `strptime`, as R's `as.Date(text, format)` has it: `%Y` or `%y`, `%m`, `%b` or `%B`
 * (English), `%d`, weekdays and what stands between. It also takes dates that are known to the month or the year: without
 * the parts that are not known ("2015/07", "07.2015", "2015"), or with zeros in their place ("2015/07/00"). Nothing is
 * guessed: "2015/07" is all days of that month. A time of day behind a date is read over, in the format or not.
 *
 * @throws {InvalidInputError} for a format without day, month and year, each once
 */
export function dateFormat(format: string): DateFormat {
  const tokens = dateTokens(format);
  const parts = tokens.flatMap((token) => ("part" in token ? [token.part] : []));
  const once = (...names: string[]) => parts.filter((part) => names.includes(part)).length === 1;
  if (!once("Y", "y") || !once("m", "b") || !once("d") || parts.some((part) => PARTS[part] === undefined)) {
    throw new InvalidInputError(
      `loadCampaign: the mapping's dateFormat is "${format}"; %Y, %m and %d are needed, each once, such as "%Y-%m-%d", "%d.%m.%Y" or "%B %d, %Y" (%y: two digits; %b or %B: the month's English name; a time of day as %H:%M:%S)`,
      "mapping",
    );
  }
  const swap: Readonly<Record<string, string>> = { m: "d", d: "m" };
  const swapped = tokens.map((token) => ("part" in token ? { part: swap[token.part] ?? token.part } : token));
  return {
    read: reader(tokens),
    exchanged: parts.includes("b")
      ? null
      : { format: format.replace(/%([md])/g, (_, part: string) => `%${swap[part]}`), read: reader(swapped) },
    yearFirst: parts.indexOf("d") > parts.findIndex((part) => part === "Y" || part === "y"),
  };
}

/** The parts of a format and what stands between; without a time of day at the end, which every date may have. */
function dateTokens(format: string): Token[] {
  let text = format.replace(/%[-_#0E^O]?([A-Za-z%])/g, "%$1");
  for (let i = 0; i < 3; i++) text = text.replace(/%([A-Za-z])/g, (all, part: string) => SAME[part] ?? all);
  const tokens: Token[] = Array.from(text.matchAll(/%([A-Za-z])|%(%)|([^%]+|%)/g), ([, part, percent, literal]) =>
    part === undefined ? { literal: percent ?? literal } : { part },
  );
  const lastDate = tokens.findLastIndex((token) => "part" in token && "YymbdaA".includes(token.part));
  const firstTime = tokens.findIndex((token) => "part" in token && "HMSfpzZ".includes(token.part));
  // What stands before the time belongs to it: a space, a comma, a T.
  return firstTime > lastDate ? tokens.slice(0, Math.max(lastDate + 1, 0)) : tokens;
}

function reader(tokens: readonly Token[]): (text: string) => CellDate | null {
  const full = new RegExp(`^${source(tokens)}(?<time>${TIME})?$`, "u");
  const month = without(tokens, "d");
  const year = tokens.filter((token) => "part" in token && "Yy".includes(token.part));
  const suffix = tokens[tokens.findIndex((token) => year.includes(token)) + 1];
  const ended = suffix !== undefined && "literal" in suffix && /\p{L}/u.test(suffix.literal);
  const yearAlone = `${source(year)}${ended ? `(?:${source([suffix])})?` : ""}`;
  const patterns = [full, new RegExp(`^${source(month)}$`, "u"), new RegExp(`^${yearAlone}$`, "u")];
  const known = new Map<string, CellDate | null>();
  return (text) => {
    let date = known.get(text);
    if (date === undefined) {
      date = read(text, patterns);
      // Days repeat; a file of a million rows has some thousands.
      if (known.size < 100_000) known.set(text, date);
    }
    return date;
  };
}

/** A format without one part, and without what stands between it and the others. */
function without(tokens: readonly Token[], part: string): Token[] {
  const at = tokens.findIndex((token) => "part" in token && token.part === part);
  const next = tokens[at + 1];
  // A word belongs to the part before it (2019年3月4日), anything else to the part that it leads to or away from.
  const behind = next !== undefined && "literal" in next;
  const before = tokens[at - 1];
  const from = behind || before === undefined || "part" in before ? at : at - 1;
  return [...tokens.slice(0, from), ...tokens.slice(behind ? at + 2 : at + 1)];
}

/** Parts beside each other without anything between have their full width. */
function source(tokens: readonly Token[]): string {
  const isNumber = (token: Token | undefined) => token !== undefined && "part" in token && "Yymd".includes(token.part);
  return tokens
    .map((token, i) => {
      if ("literal" in token) {
        return token.literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
      }
      const tight = "md".includes(token.part) && (isNumber(tokens[i - 1]) || isNumber(tokens[i + 1]));
      return tight ? PARTS[token.part].replace("{1,2}", "{2}") : PARTS[token.part];
    })
    .join("");
}

function read(text: string, patterns: readonly RegExp[]): CellDate | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const year = groups.Y ?? `${Number(groups.y) < 69 ? 20 : 19}${groups.y}`;
    const named = groups.b === undefined ? groups.m : monthNumber(groups.b);
    const [month, day] = [named, groups.d].map((part) =>
      part === undefined || Number(part) === 0 ? null : part.padStart(2, "0"),
    );
    if (month === null && (day !== null || groups.b !== undefined)) return null; // a day of no month
    try {
      const date = partialDate([year, month, day].filter((part) => part !== null).join("-"));
      return { date, interval: dateInterval(date, null), order: orderOf(date), timed: groups.time !== undefined };
    } catch {
      return null;
    }
  }
  return null;
}

function orderOf({ precision, text }: PartialDate): CellDate["order"] {
  if (precision !== "day") return null;
  const [month, day] = [text.slice(5, 7), text.slice(8)];
  return Number(day) > 12 ? "certain" : month === day ? "same" : "either";
}

/** The number of a month by its English name or the beginning of it; "0" for none. */
function monthNumber(name: string): string {
  return String(
    MONTHS.findIndex(
      (month) => month.startsWith(name.toLowerCase()) || (name.toLowerCase() === "sept" && month === "september"),
    ) + 1,
  );
}
