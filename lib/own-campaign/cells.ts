import { type DateInterval, dateInterval, isoDay } from "../dates";
import { DataError, didYouMean, type Problem, plain, shown, trimmed } from "../files";
import { largest } from "../statistics/inner";
import { type CellDate, type DateFormat, dateFormat } from "./date-format";
import { ceccName, type FileFormat } from "./formats";
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
  // What R and others make of a byte order mark is no part of the first name.
  const names = header.map((name, i) => (i === 0 ? trimmed(name).replace(/^(ï»¿|ï\.\.)/, "") : trimmed(name)));
  const known = names.map(plain);
  const problems: Problem[] = [];
  const problem = (column: string, rule: string, message: string) =>
    problems.push({ file, row: 1, column, value: null, rule, message });
  const used = new Set<string>();
  const isCecc = format.kind === "CECC export";
  const { detained } = mapping.columns;
  const asCecc = typeof detained === "string" && ceccName(detained, known) >= 0;
  const advice = isCecc && !asCecc ? "; this is a CECC export, for which ceccMapping() has the names" : "";
  const place = (name: string | undefined, part: string, optional = false): number => {
    if (name === undefined) return -1;
    const exact = known.indexOf(plain(name));
    const found = exact < 0 && isCecc ? ceccName(name, known) : exact;
    if (found < 0) {
      if (optional) return -1;
      const nearest = didYouMean(name, names.length > 40 ? names.slice(0, 400) : names);
      problem(
        name,
        "columns",
        `the mapping's ${part} names it, and the file has no such column${nearest}; it has ${names.slice(0, 30).map(visible).join(", ")}${advice}`,
      );
    } else if (known.lastIndexOf(known[found]) !== found && !used.has(names[found])) {
      problem(
        name,
        "columns",
        `stands there twice (columns ${found + 1} and ${known.lastIndexOf(known[found]) + 1}), so that it is not clear which is meant`,
      );
    }
    if (found >= 0) used.add(names[found]);
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
    covariates: (columns.covariates ?? []).flatMap((covariate, i) => {
      const part = `columns.covariates[${i}]`;
      if (typeof covariate === "string") return [{ name: covariate, place: place(covariate, part) }];
      const { column, name = column, as, optional: mayLack = false } = covariate;
      const at = place(column, part, mayLack);
      return at < 0 && mayLack ? [] : [{ name, place: at, ...(as === undefined ? {} : { as }) }];
    }),
  };
  if (problems.length > 0) throw new DataError(problems);
  return { ...places, used: names.filter((name) => used.has(name)) };
}

/** A name for a list in a message: as it is, or in quotation marks with escapes where it holds what cannot be seen. */
const visible = (name: string): string => (shown(name) === JSON.stringify(name) ? name : shown(name));

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

/** What the dates of a file that were read say of the order of day and month. */
interface DateOrder {
  /** Texts that are dates only with day and month exchanged, and such as are none either way; the first of the former. */
  exchanged: number;
  neither: number;
  example: { readonly place: number; readonly text: string } | null;
  /** Dates whose day is above 12, and others whose day is not the month's number. */
  certain: number;
  either: number;
}

/** Reads the cells of one file: which ones are empty, and which days dates can be. */
export class CellReader {
  readonly #missing: ReadonlySet<string>;
  /** The length of the longest text that means that there is no value. */
  readonly longestMissing: number;
  readonly #format: DateFormat;
  readonly order: DateOrder = { exchanged: 0, neither: 0, example: null, certain: 0, either: 0 };
  /** Columns of the present record whose dates have a time of day; whoever begins a record empties it. */
  readonly timed = new Set<string>();

  constructor(
    private readonly mapping: CampaignMapping,
    private readonly header: readonly string[],
  ) {
    this.#missing = new Set(["", ...(mapping.missing ?? ["NA", "."]).map(plain)]);
    this.longestMissing = largest(Array.from(this.#missing, (text) => text.length));
    this.#format = dateFormat(mapping.dateFormat);
  }

  /** The text of a cell without blanks around it; null where it holds no value or there is no such column. */
  text(record: readonly string[], place: number): string | null {
    return place < 0 ? null : this.value(record[place]);
  }

  /** A cell's text without blanks around it; null where it holds no value. */
  value(cell: string): string | null {
    const text = trimmed(cell);
    return this.#missing.has(text) ? null : text;
  }

  /** The date that a cell's text is; null where it holds no value, undefined where it needs a second look. */
  dateOf(cell: string): CellDate | null | undefined {
    const text = this.value(cell);
    if (text === null) return null;
    const read = this.#format.read(text);
    return read === null || read.timed || otherCalendar(text, read.date.text) !== null ? undefined : read;
  }

  /** Whether cells look like a row: a date of detention, and dates or nothing where other dates stand. */
  looksLikeRow(cells: readonly string[], { detained, released, died, escaped, lastSeen }: Places): boolean {
    const columns = [released, died, escaped, lastSeen].flatMap((column) => (column === null ? [] : [column.date]));
    const isDate = (place: number) => this.#format.read(trimmed(cells[place])) !== null;
    return (
      isDate(Math.max(detained.date, detained.earliest)) &&
      columns.every((place) => this.text(cells, place) === null || isDate(place))
    );
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
      const [there, lacking] = earliest === null ? [places.latest, places.earliest] : [places.earliest, places.latest];
      const message = `is there and ${this.header[lacking]} is empty; both bounds are needed, or none`;
      return rowFault(this.header[there], record[there], "bounds", message);
    }
    if (earliest === null || latest === null) return date === null ? null : date.interval;
    try {
      return dateInterval(date === null ? null : date.date, {
        earliest: earliest.interval.earliest,
        latest: latest.interval.latest,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message.replace(/^\w+: /, "") : String(error);
      return rowFault(this.header[places.earliest], record[places.earliest], "bounds", message);
    }
  }

  #date(record: readonly string[], place: number) {
    const text = this.text(record, place);
    if (text === null) return null;
    const read = this.#format.read(text);
    this.#noteOrder(text, read, place);
    const column = this.header[place];
    if (read !== null) {
      if (read.timed) this.timed.add(column);
      const other = otherCalendar(text, read.date.text);
      return other === null ? read : rowFault(column, text, "year", other);
    }
    const { exchanged } = this.#format;
    const hint =
      exchanged !== null && exchanged.read(text) !== null
        ? `; as ${exchanged.format} it is one: are day and month exchanged?`
        : writtenElsewhere(text);
    const message = `${shown(text)} is not a date as ${this.mapping.dateFormat} asks, of a day, month or year that exists${hint}; mend the cell, or name its text in the mapping's missing if it means that the date is not known`;
    return rowFault(column, text, "date", message);
  }

  #noteOrder(text: string, read: CellDate | null, place: number): void {
    const { order } = this;
    const { exchanged } = this.#format;
    if (read === null) {
      if (exchanged === null || exchanged.read(text) === null) order.neither += 1;
      else {
        order.exchanged += 1;
        order.example ??= { place, text };
      }
    } else if (read.order === "certain") order.certain += 1;
    else if (read.order === "either") order.either += 1;
  }

  /** How dates would be written with day and month exchanged, where somebody might have done that. */
  get exchangedFormat(): string | null {
    return this.#format.exchanged?.format ?? null;
  }

  /** Whether no date shows which of the two is the day. */
  get undecided(): boolean {
    const { order } = this;
    return !this.#format.yearFirst && this.#format.exchanged !== null && order.certain === 0 && order.either > 0;
  }
}

/** What a text is likely to be that is no date of the format. */
function writtenElsewhere(text: string): string {
  if (/^[2-5]\d{4}(\.0)?$/.test(text)) {
    // Day 25569 of a spreadsheet is 1970-01-01.
    return `; as the number of a spreadsheet's day it would be ${isoDay(Math.floor(Number(text)) - 25_569)}`;
  }
  if (/^1[01]\d\D/.test(text)) return "; is the year one of the Minguo calendar, 1911 years behind?";
  return /[\u0660-\u0669\u06f0-\u06f9]/.test(text) ? "; its digits are Arabic, and 0 to 9 are needed" : "";
}

/** Years of other calendars that fall on the present, by what they would be in ours. */
const CALENDARS = [
  [1300, 1460, "Solar Hijri, or another calendar that counts from the Hijra"],
  [1600, 1780, "the Coptic calendar"],
  [2400, 2700, "the Buddhist calendar, which is 543 years ahead"],
  [5600, 5900, "the Hebrew calendar"],
] as const;

/** Why a date is none of somebody's custody; null where it may be. 9999 is a way to say that there is no end. */
function otherCalendar(text: string, iso: string): string | null {
  const year = Number(iso.slice(0, 4));
  if ((year >= 1900 && year <= 2200 && iso !== "1900-01-01") || year === 9999) return null;
  const calendar = CALENDARS.find(([from, to]) => year >= from && year <= to)?.[2];
  const what =
    calendar !== undefined
      ? `${year} is no year of the Gregorian calendar in which this happened; is it ${calendar}? Write Gregorian dates`
      : `${year} is no year in which this happened; it may stand for "not known", or come from another calendar or a spreadsheet's day 0`;
  return `${shown(text)}: ${what}, or name the text in the mapping's missing if the date is not known`;
}
