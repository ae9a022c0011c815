import { type DateInterval, dateInterval, type PartialDate, partialDate } from "../dates";
import { DataError, didYouMean, type Problem } from "../files";
import { InvalidInputError } from "../statistics";
import type { FileFormat } from "./formats";
import type { CampaignMapping, DateColumns } from "./mapping";

/** The cell of a date, and of its bounds, by place in the record; −1 where there is no such column. */
export interface DatePlaces {
  readonly name: string;
  readonly date: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Where in a record the mapping's columns stand. */
export interface Places {
  readonly header: readonly string[];
  readonly id: number;
  readonly detained: DatePlaces;
  readonly released: DatePlaces;
  readonly died: DatePlaces | null;
  readonly escaped: DatePlaces | null;
  readonly lastSeen: DatePlaces | null;
  readonly zero: DatePlaces | null;
  readonly treatment: DatePlaces | null;
  readonly status: number;
  readonly country: number;
  readonly provenance: number;
  readonly covariates: readonly {
    readonly name: string;
    readonly place: number;
    readonly as?: "number" | "category";
  }[];
  readonly used: readonly string[];
}

/**
 * Finds the mapping's columns in the header.
 *
 * @throws DataError naming every column that is not there, with the nearest one, and columns that stand there twice
 */
export function findColumns(
  header: readonly string[],
  mapping: CampaignMapping,
  file: string,
  format: FileFormat,
): Places {
  const names = header.map((name) => name.trim());
  const problems: Problem[] = [];
  const problem = (column: string, rule: string, message: string) =>
    problems.push({ file, row: 1, column, value: null, rule, message });
  const used = new Set<string>();
  const place = (name: string | undefined, part: string): number => {
    if (name === undefined) return -1;
    const found = names.indexOf(name);
    if (found < 0) {
      const advice =
        format.kind === "CECC export" ? "; this is a CECC export, for which ceccMapping() has the names" : "";
      const nearest = didYouMean(name, names.length > 40 ? names.slice(0, 400) : names);
      problem(
        name,
        "columns",
        `the mapping's ${part} names it, and the file has no such column${nearest}; it has ${names.slice(0, 30).join(", ")}${advice}`,
      );
    } else if (names.lastIndexOf(name) !== found && !used.has(name)) {
      problem(
        name,
        "columns",
        `stands there twice (columns ${found + 1} and ${names.lastIndexOf(name) + 1}), so that it is not clear which is meant`,
      );
    }
    used.add(name);
    return found;
  };
  const dates = (columns: DateColumns, part: string): DatePlaces => {
    if (typeof columns === "string") {
      return { name: columns, date: place(columns, part), earliest: -1, latest: -1 };
    }
    return {
      name: columns.date ?? `${columns.earliest} to ${columns.latest}`,
      date: place(columns.date, `${part}.date`),
      earliest: place(columns.earliest, `${part}.earliest`),
      latest: place(columns.latest, `${part}.latest`),
    };
  };
  const optional = (columns: DateColumns | undefined, part: string) =>
    columns === undefined ? null : dates(columns, part);
  const { columns, timeZero, treatment } = mapping;
  const places = {
    header: names,
    id: place(columns.id, "columns.id"),
    detained: dates(columns.detained, "columns.detained"),
    released: dates(columns.released, "columns.released"),
    died: optional(columns.died, "columns.died"),
    escaped: optional(columns.escaped, "columns.escaped"),
    lastSeen: optional(columns.lastSeen, "columns.lastSeen"),
    zero: timeZero !== "detained" && "column" in timeZero ? dates(timeZero.column, "timeZero.column") : null,
    treatment: "column" in treatment ? dates(treatment.column, "treatment.column") : null,
    status: place(columns.status, "columns.status"),
    country: place(columns.country, "columns.country"),
    provenance: place(columns.provenance, "columns.provenance"),
    covariates: (columns.covariates ?? []).map((covariate, i) => {
      const part = `columns.covariates[${i}]`;
      if (typeof covariate === "string") return { name: covariate, place: place(covariate, part) };
      const { column, name = column, as } = covariate;
      return { name, place: place(column, part), ...(as === undefined ? {} : { as }) };
    }),
  };
  if (problems.length > 0) throw new DataError(problems);
  return { ...places, used: names.filter((name) => used.has(name)) };
}

/** What is wrong with a row: where, what stands there, and what is needed. */
export interface RowFault {
  readonly fault: {
    readonly column: string;
    readonly value: string;
    readonly rule: string;
    readonly message: string;
  };
}

/** Whether reading gave a fault. */
export function isFault(found: object | null): found is RowFault {
  return found !== null && "fault" in found;
}

/** Makes a {@link RowFault}. */
export function rowFault(column: string, value: string, rule: string, message: string): RowFault {
  return { fault: { column, value, rule, message } };
}

/** Why a row cannot be used though nothing in it is wrong. */
export interface SetAside {
  readonly setAside: string;
  readonly value: string;
}

/** Makes a {@link SetAside}. */
export function aside(setAside: string, value: string): SetAside {
  return { setAside, value };
}

/** Why a row is not used. */
export type Refused = RowFault | SetAside;

/** Whether reading gave a reason not to use the row. */
export function isRefused(found: object): found is Refused {
  return "fault" in found || "setAside" in found;
}

/** Reads the cells of one file: which ones are empty, and which days dates can be. */
export class CellReader {
  readonly #missing: ReadonlySet<string>;
  readonly #readDate: DateReader;

  constructor(
    private readonly mapping: CampaignMapping,
    private readonly header: readonly string[],
  ) {
    this.#missing = new Set(["", ...(mapping.missing ?? ["NA", "."])]);
    this.#readDate = dateReader(mapping.dateFormat);
  }

  /** The text of a cell without blanks around it; null where it holds no value or there is no such column. */
  text(record: readonly string[], place: number): string | null {
    if (place < 0) return null;
    const text = record[place].trim();
    return this.#missing.has(text) ? null : text;
  }

  /** The days that a date can have been; null where nothing is known of it. */
  interval(record: readonly string[], places: DatePlaces): DateInterval | RowFault | null {
    const date = this.#date(record, places.date);
    if (isFault(date)) return date;
    const earliest = this.#date(record, places.earliest);
    if (isFault(earliest)) return earliest;
    const latest = this.#date(record, places.latest);
    if (isFault(latest)) return latest;
    if ((earliest === null) !== (latest === null)) {
      const [there, lacking] =
        earliest === null ? [places.latest, places.earliest] : [places.earliest, places.latest];
      const message = `is there and ${this.header[lacking]} is empty; both bounds are needed, or none`;
      return rowFault(this.header[there], record[there], "bounds", message);
    }
    if (earliest === null || latest === null) return date === null ? null : dateInterval(date, null);
    try {
      return dateInterval(date, { earliest: earliest.earliest, latest: latest.latest });
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).replace(/^\w+: /, "");
      return rowFault(this.header[places.earliest], record[places.earliest], "bounds", message);
    }
  }

  #date(record: readonly string[], place: number) {
    const text = this.text(record, place);
    if (text === null) return null;
    const date = this.#readDate(text);
    if (date !== null) return date;
    const message = `${JSON.stringify(text)} is not a date as ${this.mapping.dateFormat} asks, of a day, month or year that exists; mend the cell, or name its text in the mapping's missing if it means that the date is not known`;
    return rowFault(this.header[place], text, "date", message);
  }
}

/** Reads a date cell: null where the text is no date of the format. */
type DateReader = (text: string) => PartialDate | null;

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
 * @throws {InvalidInputError} for another format
 */
function dateReader(format: string): DateReader {
  const match = /^%([Ymd])(.)%([Ymd])\2%([Ymd])$/.exec(format);
  const order = match === null ? [] : [match[1], match[3], match[4]];
  if (new Set(order).size !== 3) {
    throw new InvalidInputError(
      `loadCampaign: the mapping's dateFormat is "${format}"; %Y, %m and %d are needed, each once, with one character between them, such as "%Y-%m-%d" or "%d.%m.%Y"`,
      "mapping",
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
