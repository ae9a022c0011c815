import type { Sourced } from "../files";
import { checkSourced, plain } from "../files";
import { checkFields } from "../statistics/inner";
import { type Table, table } from "../tables";
import type { Places } from "./cells";
import type { FileFormat } from "./formats";
import { type CampaignMapping, type StatusMeaning, statusesOf, type TimeUnit, unitOf } from "./mapping";
import type { OwnOutcome } from "./spell";

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
  /** Rows without anything in them, which are left out and not counted as read. */
  readonly blankRows: number;
  /** What times count. */
  readonly unit: TimeUnit;
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
    /** "," where numbers have a decimal comma. */
    readonly decimal?: ",";
  }[];
  /** What an analysis has to mind. */
  readonly warnings: readonly string[];
}

/** What times count, in a sentence. */
const UNITS: Readonly<Record<TimeUnit, string>> = {
  months: "Times are months of 30.436875 days, a twelfth of a year: each row's clock starts on a day of its own.",
  days: "Times are days.",
  "calendar months": "Times are calendar months: whole from a day of the month to the same day of the next.",
};

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

/** What was counted while a file was read. */
export interface Collected {
  readonly file: string;
  readonly format: FileFormat;
  readonly places: Places;
  readonly read: number;
  readonly blankRows: number;
  readonly warnings: readonly string[];
  readonly cause: readonly OwnOutcome[];
  readonly treated: Uint8Array | null;
  readonly setAside: readonly Tally[];
  readonly assumed: readonly Tally[];
  readonly uncertain: readonly Tally[];
  /** Rows by the text of their status. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly alleged: number;
  /** Rows that became treated after time zero. */
  readonly late: number;
  /** Rows whose arm rests on the date policy. */
  readonly straddling: number;
  readonly treatmentValues: LoadReport["treatmentValues"];
  readonly covariates: LoadReport["covariates"];
}

/** The report on a file from what was counted. */
export function loadReport(mapping: CampaignMapping, found: Collected): LoadReport {
  const { places, read, cause, treated } = found;
  const used = cause.length;
  const outcomes = { released: 0, died: 0, escaped: 0, censored: 0 };
  for (const one of cause) outcomes[one] += 1;
  const exposed = treated === null ? 0 : treated.reduce((sum, arm) => sum + arm, 0);
  return {
    file: found.file,
    format: found.format,
    columns: { used: places.used, unused: places.header.filter((name) => !places.used.includes(name)) },
    rows: { read, used, setAside: read - used },
    blankRows: found.blankRows,
    unit: unitOf(mapping),
    setAside: found.setAside,
    assumed: found.assumed,
    uncertain: found.uncertain,
    statuses: statusesOf(mapping).flatMap(([status, { means, alleged = false }]) => {
      const count = found.statuses.get(plain(status)) ?? 0;
      return count === 0 ? [] : [{ status, means, alleged, count }];
    }),
    alleged: { count: found.alleged, taken: mapping.alleged ?? "event" },
    outcomes,
    arms: treated === null ? null : { treated: exposed, control: used - exposed },
    treatmentValues: found.treatmentValues,
    covariates: found.covariates,
    warnings: warningsOf(found),
  };
}

function warningsOf({ late, straddling, warnings: others }: Collected): string[] {
  const warnings = [...others];
  if (late > 0) {
    warnings.push(
      `${late} treated rows became treated after time zero: the time before is immortal time, in which they could not have been released and be treated. Start the clock at the treatment, or use treatment as a time-varying covariate.`,
    );
  }
  if (straddling > 0) warnings.push(`Which arm ${straddling} rows are in rests on the date policy.`);
  return warnings;
}

/**
 * What became of a file's rows, as a table: read, used, set aside by reason, what was assumed of those used, and which
 * dates are not known to the day; each with the first rows as examples.
 *
 * @param report of loadCampaign()
 * @param options `data`: the loaded data, so that a table over synthetic rows says so
 * @example show(reportTable(data.report, { data }))
 */
export function reportTable(report: LoadReport, options: { readonly data?: Sourced } = {}): Table {
  checkFields("reportTable", "options", options, ["data"]);
  if (options.data !== undefined) checkSourced("reportTable", "data", options.data);
  const { rows, outcomes, arms, alleged } = report;
  const line = (what: string, count: number, examples = "") => ({ what, count, examples });
  const lines = [
    line("rows read", rows.read),
    ...(report.blankRows === 0 ? [] : [line("blank rows, left out", report.blankRows)]),
    ...report.setAside.map((tally) => tallied("set aside: ", tally)),
    line("rows used", rows.used),
    ...(arms === null ? [] : [line("used: treated", arms.treated), line("used: control", arms.control)]),
    ...(["released", "died", "escaped", "censored"] as const).flatMap((outcome) =>
      outcomes[outcome] === 0 ? [] : [line(`used: ${outcome}`, outcomes[outcome])],
    ),
    ...report.assumed.map((tally) => tallied("assumed: ", tally)),
    ...report.uncertain.map((tally) => tallied("uncertain: ", tally)),
    ...(alleged.count === 0
      ? []
      : [line(`alleged status, taken as ${alleged.taken === "event" ? "stated" : alleged.taken}`, alleged.count)]),
    ...report.covariates.flatMap(({ name, missing }) => (missing === 0 ? [] : [line(`no value: ${name}`, missing)])),
  ];
  const unused = report.columns.unused;
  return table(lines, {
    caption: `${report.file} (${report.format.description})`,
    notes: [
      ...report.warnings,
      UNITS[report.unit],
      ...report.covariates.flatMap(({ name, decimal }) =>
        decimal === undefined ? [] : [`Numbers of ${name} have a decimal comma.`],
      ),
      ...(unused.length === 0 ? [] : [`Columns that the mapping does not use: ${unused.join(", ")}.`]),
    ],
    columns: [
      { label: "What", value: "what" },
      { label: "Rows", value: "count" },
      { label: "For example", value: "examples" },
    ],
    ...(options.data === undefined ? {} : { data: options.data }),
  });
}

/**
 * Statuses of a file and what each was taken for.
 *
 * @example show(statusTable(data.report, { data }))
 */
export function statusTable(report: LoadReport, options: { readonly data?: Sourced } = {}): Table {
  checkFields("statusTable", "options", options, ["data"]);
  if (options.data !== undefined) checkSourced("statusTable", "data", options.data);
  return table(report.statuses, {
    caption: "What each status was taken for",
    columns: [
      { label: "Status", value: "status" },
      { label: "Means", value: "means" },
      { label: "Alleged only", value: (row) => (row.alleged ? "yes" : "") },
      { label: "Rows", value: "count" },
    ],
    ...(options.data === undefined ? {} : { data: options.data }),
  });
}

function tallied(kind: string, { what, count, examples }: Tally) {
  const shown = examples.map(({ row, value }) => (value === "" ? `row ${row}` : `row ${row}: ${value}`));
  const more = count > shown.length ? ", …" : "";
  return { what: `${kind}${what}`, count, examples: `${shown.join(", ")}${more}` };
}
