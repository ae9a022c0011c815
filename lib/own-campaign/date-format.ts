import { type PartialDate, partialDate } from "../dates";

/** Reads a date cell: null where the text is no date of the format. */
export type DateReader = (text: string) => PartialDate | null;

const PARTS: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  m: "(?<m>\\d{1,2})",
  d: "(?<d>\\d{1,2})",
};

/**
 * A reader of dates in a format of C's `strptime`, as R's `as.Date(text, format)` has it, which also takes dates that are
 * known to the month or the year: without the parts that are not known ("2015/07", "07.2015", "2015"), or with zeros in
 * their place ("2015/07/00"). Nothing is guessed: "2015/07" is all days of that month.
 *
 * @param format `%Y`, `%m` and `%d`, each once, with one and the same character between them
 * @throws RangeError for another format
 * @example dateReader("%d.%m.%Y")("07.2015")?.latest // "2015-07-31"
 */
export function dateReader(format: string): DateReader {
  const match = /^%([Ymd])(.)%([Ymd])\2%([Ymd])$/.exec(format);
  const order = match === null ? [] : [match[1], match[3], match[4]];
  if (new Set(order).size !== 3) {
    throw new RangeError(
      `dateFormat is "${format}"; %Y, %m and %d are needed, each once, with one character between them, such as "%Y-%m-%d" or "%d.%m.%Y"`,
    );
  }
  const separator = (match?.[2] ?? "").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const pattern = (parts: readonly string[]) =>
    new RegExp(`^${parts.map((part) => PARTS[part]).join(separator)}$`);
  const patterns = [order, order.filter((part) => part !== "d"), ["Y"]].map(pattern);
  const known = new Map<string, PartialDate | null>();
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

function read(text: string, patterns: readonly RegExp[]): PartialDate | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const [month, day] = [groups.m, groups.d].map((part) =>
      part === undefined || Number(part) === 0 ? null : part.padStart(2, "0"),
    );
    if (month === null && day !== null) return null; // a day of no month
    try {
      return partialDate([groups.Y, month, day].filter((part) => part !== null).join("-"));
    } catch {
      return null;
    }
  }
  return null;
}
