import type { FileFormat } from "./file-format";
import type { StatusMeaning } from "./mapping";

/** A row that serves as an example: where it stands, and what stands there. */
export interface RowExample {
  /** Row as a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly value: string;
}

/** How many rows something is true of, and the first few of them. */
export interface Tally {
  readonly what: string;
  readonly count: number;
  readonly examples: readonly RowExample[];
}

/** What a status of the file was taken for. */
export interface StatusCount {
  readonly status: string;
  readonly means: StatusMeaning;
  readonly alleged: boolean;
  readonly count: number;
}

/** Everything that happened between a file and the numbers: what was read, used, set aside, assumed, and why. */
export interface LoadReport {
  readonly file: string;
  readonly format: FileFormat;
  readonly columns: { readonly used: readonly string[]; readonly unused: readonly string[] };
  readonly rows: { readonly read: number; readonly used: number; readonly setAside: number };
  /** Why rows are not used; each row has one reason, so that the counts add up to `rows.setAside`. */
  readonly setAside: readonly Tally[];
  /** What was assumed of rows that are used; a row can be in several. */
  readonly assumed: readonly Tally[];
  /** Dates that are not known to the day, among the rows used. */
  readonly uncertain: readonly Tally[];
  /** Statuses in the order of the mapping, then those of no row left out; over all rows read. */
  readonly statuses: readonly StatusCount[];
  /** Rows used whose status is only alleged, and what was done with them. */
  readonly alleged: { readonly count: number; readonly taken: "event" | "censored" | "set aside" };
  /** Rows used by how their time ended. */
  readonly outcomes: Readonly<Record<"released" | "died" | "escaped" | "censored", number>>;
  /** Rows used in each arm; null without a treatment. */
  readonly arms: { readonly treated: number; readonly control: number } | null;
  /** Values of the treatment's column and the arm they mean, most frequent first, up to twenty. */
  readonly treatmentValues: readonly {
    readonly value: string;
    readonly treated: boolean;
    readonly count: number;
  }[];
  /** Covariates: how they were read, and how many of the rows used have no value. */
  readonly covariates: readonly {
    readonly name: string;
    readonly kind: "number" | "category";
    readonly levels: number | null;
    readonly missing: number;
  }[];
  /** What an analysis has to mind. */
  readonly warnings: readonly string[];
}

const EXAMPLES = 3;

/** Counts rows by what is true of them, and keeps the first few as examples. */
export class Tallies {
  readonly #found = new Map<string, { count: number; examples: RowExample[] }>();

  add(what: string, row: number, value: string): void {
    let tally = this.#found.get(what);
    if (tally === undefined) {
      tally = { count: 0, examples: [] };
      this.#found.set(what, tally);
    }
    tally.count += 1;
    if (tally.examples.length < EXAMPLES) tally.examples.push({ row, value });
  }

  /** Most frequent first; among equals, the one that was met first. */
  list(): Tally[] {
    const all = Array.from(this.#found, ([what, tally]) => ({ what, ...tally }));
    return all.sort((a, b) => b.count - a.count);
  }
}
