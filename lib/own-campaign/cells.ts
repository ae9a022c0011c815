import { type DateInterval, dateInterval } from "../dates";
import type { DatePlaces } from "./columns";
import type { DateReader } from "./date-format";

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

/** Reads the cells of one file: which ones are empty, and which days dates can be. */
export class CellReader {
  readonly #missing: ReadonlySet<string>;

  constructor(
    missing: readonly string[],
    private readonly readDate: DateReader,
    private readonly format: string,
    private readonly header: readonly string[],
  ) {
    this.#missing = new Set(["", ...missing]);
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
    if (date !== null && "fault" in date) return date;
    const earliest = this.#date(record, places.earliest);
    if (earliest !== null && "fault" in earliest) return earliest;
    const latest = this.#date(record, places.latest);
    if (latest !== null && "fault" in latest) return latest;
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
      const message = error instanceof Error ? error.message.replace(/^\w+: /, "") : String(error);
      return rowFault(this.header[places.earliest], record[places.earliest], "bounds", message);
    }
  }

  #date(record: readonly string[], place: number) {
    const text = this.text(record, place);
    if (text === null) return null;
    const date = this.readDate(text);
    if (date !== null) return date;
    const message = `${JSON.stringify(text)} is not a date as ${this.format} asks, of a day, month or year that exists; mend the cell, or name its text in the mapping's missing if it means that the date is not known`;
    return rowFault(this.header[place], text, "date", message);
  }
}
