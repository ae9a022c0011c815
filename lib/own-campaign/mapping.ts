import { type DatePolicy, dayNumber } from "../dates";
import { didYouMean, type Provenance } from "../files";
import { InvalidInputError } from "../statistics";
import { dateFormat } from "./date-format";

/** The column of a date, or columns of a date and of the first and last day that it can have been. */
export type DateColumns = string | { readonly date?: string; readonly earliest: string; readonly latest: string };

/** What ended a spell in custody: a release, or an event after which there can be none. */
export type CompetingCause = "died" | "escaped";

/** What a status says. `"unusable"` sets its rows aside. */
export type StatusMeaning = "released" | CompetingCause | "held" | "unusable";

/** A status beside its meaning; `alleged` where the source does not vouch for it. */
export interface StatusEntry {
  readonly means: StatusMeaning;
  readonly alleged?: boolean;
}

/** Who is treated: featured by the campaign, named in an appeal, arrested after a law. */
export type TreatmentRule =
  | { readonly kind: "none" }
  | {
      readonly kind: "column";
      readonly column: string;
      /**
       * Values of the column that mean treated, letter for letter; white space and composed letters aside. Where nothing is
       * said of control each must be in the file: a misspelt one would move treated rows to the controls in silence.
       */
      readonly treated: readonly string[];
      /** Values that mean not treated; all other values are errors then. Without it every other value means it. */
      readonly control?: readonly string[];
      /** What an empty cell means; its rows are set aside unless told. */
      readonly empty?: "control" | "set aside";
    }
  | {
      readonly kind: "ids";
      /** Each must be in the file: a misspelt one would move a treated row to the controls in silence. */
      readonly ids: readonly string[];
    }
  | {
      readonly kind: "date";
      readonly column: string;
      /** Treated if the date is this ISO day or later, … */
      readonly from?: string;
      /** … and this ISO day or earlier. */
      readonly until?: string;
      /** What an empty cell means; its rows are set aside unless told. */
      readonly empty?: "control" | "set aside";
    };

/** A column that describes a row: its name, or also how to read it and what to call it. */
export type CovariateColumn =
  | string
  | {
      readonly column: string;
      readonly as?: "number" | "category";
      readonly name?: string;
      /** Whether a file may lack the column; then there is no such covariate. */
      readonly optional?: boolean;
    };

/**
 * What times count: months of one length (30.436875 days, a twelfth of 365.2425), days, or calendar months, which are
 * whole where a day of the calendar returns and have 28 to 31 days.
 */
export type TimeUnit = "months" | "days" | "calendar months";

/**
 * How somebody's file is read as spells in custody. It is the one thing that differs from file to file; everything
 * behind it is the same code.
 */
export interface CampaignMapping {
  /** What the data are about; stands in figures and tables. */
  readonly title: string;
  readonly columns: {
    /** A column whose values differ from row to row; rows are called "row 17" without it. */
    readonly id?: string;
    /** When the detention began. */
    readonly detained: DateColumns;
    /** When it ended by release. */
    readonly released: DateColumns;
    /** When it ended otherwise, where other columns say so. Without them, and with a status, `released` dates any end. */
    readonly died?: DateColumns;
    readonly escaped?: DateColumns;
    /**
     * Last day on which a row without an end is known to have been in custody; the end of follow-up without it. May be the
     * column of `released` where one column has the last day of every row: then the status says what the day is.
     */
    readonly lastSeen?: DateColumns;
    /** A code of what became of the person, read by `statuses`. */
    readonly status?: string;
    /** Rows of one country are a cluster. */
    readonly country?: string;
    /** A column with "own", "synthetic", "public-record" or "published" in each row. */
    readonly provenance?: string;
    readonly covariates?: readonly CovariateColumn[];
  };
  /**
   * Parts `%Y`, `%m`, `%d` with what stands between them: `"%Y-%m-%d"`, `"%d.%m.%Y"`; also `%y`, and `%b` for the month's
   * English name. A month or year alone may stand, too; a time of day behind the date is not used, and counted.
   */
  readonly dateFormat: string;
  /** Every status of the file with its meaning; only with `columns.status`. */
  readonly statuses?: Readonly<Record<string, StatusMeaning | StatusEntry>>;
  /**
   * What becomes of a status that is only alleged: `"event"` takes it at its word, `"censored"` ends observation on its
   * day, `"set aside"` leaves the row out. `"event"` unless told.
   */
  readonly alleged?: "event" | "censored" | "set aside";
  readonly treatment: TreatmentRule;
  /** What the two groups are called; "treated" and "control" unless told. */
  readonly groups?: { readonly treated: string; readonly control: string };
  /** When the clock starts: at each detention, on one ISO day for all, or on the day in a column. */
  readonly timeZero: "detained" | { readonly day: string } | { readonly column: string };
  /**
   * What times count. Unless told: calendar months where one day is time zero for all, so that the third anniversary is
   * 36.0; months of one length where each row starts elsewhere, because there a calendar month would be longer for one row
   * than for another and reverse their order.
   */
  readonly unit?: TimeUnit;
  /** Rows come under observation on this ISO day, where the clock starts earlier (delayed entry). */
  readonly observedFrom?: string;
  /** The last ISO day of observation. */
  readonly endOfFollowUp: string;
  /** How an interval of dates becomes a day; "reported" unless told. */
  readonly policy?: DatePolicy;
  /**
   * What becomes of a row whose status says that custody ended while no column says when: it is set aside unless told,
   * or its end lies anywhere between detention and end of follow-up.
   */
  readonly undated?: "set aside" | "interval";
  /** Cells that hold no value, beside empty ones; "NA" and "." unless told. */
  readonly missing?: readonly string[];
  /** The decimal mark of numbers, where the file leaves it open. */
  readonly decimal?: "." | ",";
  /** What to do with a row that cannot be right: refuse the file (unless told), or set the row aside and count it. */
  readonly faultyRows?: "refuse" | "set aside";
  /** What the rows are where no column says so: "own" unless told. */
  readonly provenance?: Provenance;
}

/** Whether one column has the last day of each row, and the status says whether it is the end. */
export function endsAreLastSeen({ columns }: CampaignMapping): boolean {
  return columns.lastSeen !== undefined && JSON.stringify(columns.lastSeen) === JSON.stringify(columns.released);
}

/** What times count under a mapping. */
export function unitOf({ unit, timeZero }: CampaignMapping): TimeUnit {
  return unit ?? (timeZero !== "detained" && "day" in timeZero ? "calendar months" : "months");
}

/** Statuses with their meaning, each in full. */
export function statusesOf({ statuses = {} }: CampaignMapping): (readonly [string, StatusEntry])[] {
  return Object.entries(statuses).map(([status, entry]) => [
    status,
    typeof entry === "string" ? { means: entry } : entry,
  ]);
}

/**
 * Refuses a mapping that contradicts itself, before any file is read.
 *
 * @throws {InvalidInputError} naming the property, what stands there and what is needed
 */
export function checkMapping(mapping: CampaignMapping): void {
  checkNames(mapping);
  if (mapping.title.trim() === "") fail("title", "is empty", "a title for figures and tables is needed");
  checkClock(mapping);
  dateFormat(mapping.dateFormat);
  checkStatuses(mapping);
  oneOf("alleged", mapping.alleged, ["event", "censored", "set aside"]);
  oneOf("unit", mapping.unit, ["months", "days", "calendar months"]);
  oneOf("decimal", mapping.decimal, [".", ","]);
  oneOf("undated", mapping.undated, ["set aside", "interval"]);
  oneOf("faultyRows", mapping.faultyRows, ["refuse", "set aside"]);
  checkTreatment(mapping.treatment);
  const names = (mapping.columns.covariates ?? []).map((covariate) =>
    typeof covariate === "string" ? covariate : (covariate.name ?? covariate.column),
  );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) fail("columns.covariates", `has "${twice}" twice`, "a name for each is needed");
}

/** What a mapping is made of, part by part: a misspelt property would be ignored in silence. */
const PROPERTIES = [
  "title",
  "columns",
  "dateFormat",
  "statuses",
  "alleged",
  "treatment",
  "groups",
  "timeZero",
  "unit",
  "observedFrom",
  "endOfFollowUp",
  "policy",
  "undated",
  "missing",
  "decimal",
  "faultyRows",
  "provenance",
];
const DATES = ["detained", "released", "died", "escaped", "lastSeen"] as const;
const COLUMNS = ["id", ...DATES, "status", "country", "provenance", "covariates"];
const TREATMENT: Readonly<Record<string, readonly string[]>> = {
  none: [],
  column: ["column", "treated", "control", "empty"],
  ids: ["ids"],
  date: ["column", "from", "until", "empty"],
};

function checkNames(mapping: CampaignMapping): void {
  known("", mapping, PROPERTIES);
  const { columns, treatment, groups, timeZero } = mapping;
  if (typeof columns !== "object" || columns === null) fail("columns", `is ${String(columns)}`, "an object is needed");
  if (typeof treatment !== "object" || treatment === null)
    fail("treatment", `is ${String(treatment)}`, 'an object such as { kind: "none" } is needed');
  known("columns.", columns, COLUMNS);
  for (const name of DATES) known(`columns.${name}.`, columns[name], ["date", "earliest", "latest"]);
  for (const [i, covariate] of (columns.covariates ?? []).entries()) {
    known(`columns.covariates[${i}].`, covariate, ["column", "as", "name", "optional"]);
    if (typeof covariate === "object") oneOf(`columns.covariates[${i}].as`, covariate.as, ["number", "category"]);
  }
  known("treatment.", treatment, ["kind", ...(TREATMENT[treatment.kind] ?? Object.keys(treatment))]);
  if ("empty" in treatment) oneOf("treatment.empty", treatment.empty, ["control", "set aside"]);
  known("groups.", groups, ["treated", "control"]);
  known("timeZero.", timeZero, ["day", "column"]);
  for (const [status, entry] of Object.entries(mapping.statuses ?? {}))
    known(`statuses["${status}"].`, entry, ["means", "alleged"]);
  oneOf("policy", mapping.policy, ["reported", "earliest", "midpoint", "latest"]);
}

/** Refuses a property of a part of the mapping that means nothing there. */
function known(part: string, value: unknown, names: readonly string[]): void {
  if (typeof value !== "object" || value === null) return;
  const unknown = Object.keys(value).find((name) => !names.includes(name) && Reflect.get(value, name) !== undefined);
  if (unknown === undefined) return;
  const elsewhere = part === "" && COLUMNS.includes(unknown);
  const found = `is no property of a mapping${elsewhere ? `, did you mean "columns.${unknown}"?` : didYouMean(unknown, names)}`;
  fail(`${part}${unknown}`, found, names.length === 0 ? "none is known there" : `${names.join(", ")} are known`);
}

function checkClock({ timeZero, observedFrom, endOfFollowUp }: CampaignMapping): void {
  checkDay("endOfFollowUp", endOfFollowUp);
  const needed = `a day before the end of follow-up, ${endOfFollowUp}, is needed`;
  if (timeZero !== "detained" && (typeof timeZero !== "object" || timeZero === null)) {
    fail("timeZero", `is ${JSON.stringify(timeZero)}`, '"detained", { day } or { column } is needed');
  }
  const start = timeZero !== "detained" && "day" in timeZero ? timeZero.day : null;
  if (start !== null) {
    checkDay("timeZero.day", start);
    if (start >= endOfFollowUp) fail("timeZero.day", `is ${start}`, needed);
  }
  if (observedFrom === undefined) return;
  checkDay("observedFrom", observedFrom);
  if (start !== null && observedFrom !== start) {
    const found = `is ${observedFrom} and timeZero.day is ${start}`;
    fail("observedFrom", found, "one of them is needed, since all clocks start on one day");
  }
  if (observedFrom >= endOfFollowUp) fail("observedFrom", `is ${observedFrom}`, needed);
}

function checkStatuses(mapping: CampaignMapping): void {
  const { columns, statuses } = mapping;
  const entries = statusesOf(mapping);
  if (columns.status !== undefined && entries.length === 0) {
    const needed = `the meaning of each status of the column "${columns.status}" is needed, such as { REL: "released" }`;
    fail("statuses", "is empty", needed);
  }
  if (columns.status === undefined && endsAreLastSeen(mapping)) {
    fail(
      "columns.lastSeen",
      "names the column of columns.released",
      "a status that says which of the two a day is, is needed",
    );
  }
  if (columns.status === undefined && statuses !== undefined) {
    const found = "is there and columns.status is not";
    fail("statuses", found, "the name of the column that holds them is needed");
  }
  for (const [status, { means }] of entries) {
    oneOf(`statuses["${status}"]`, means, ["released", "died", "escaped", "held", "unusable"]);
  }
}

function checkTreatment(treatment: CampaignMapping["treatment"]): void {
  switch (treatment.kind) {
    case "none":
      return;
    case "column": {
      const { treated, control } = treatment;
      if (treated.length === 0) fail("treatment.treated", "is empty", "the values that mean treated are needed");
      const both = treated.find((value) => control?.includes(value));
      if (both !== undefined)
        fail("treatment", `has "${both}" under treated and under control`, "one of them is needed");
      return;
    }
    case "ids":
      if (treatment.ids.length === 0) fail("treatment.ids", "is empty", "the ids of the treated rows are needed");
      return;
    case "date": {
      const { from, until } = treatment;
      if (from === undefined && until === undefined)
        fail("treatment", "has neither from nor until", "one of them is needed");
      if (from !== undefined) checkDay("treatment.from", from);
      if (until !== undefined) checkDay("treatment.until", until);
      if (from !== undefined && until !== undefined && from > until) {
        fail("treatment.from", `is ${from}, after until (${until})`, "the earlier day first is needed");
      }
      return;
    }
    default:
      fail("treatment.kind", `is "${String(Reflect.get(treatment, "kind"))}"`, "none, column, ids or date is needed");
  }
}

function oneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  fail(name, `is "${value}"`, `one of ${known.join(", ")} is needed`);
}

function checkDay(name: string, text: string): void {
  try {
    dayNumber(text);
  } catch {
    fail(name, `is "${text}"`, "a day of the calendar is needed, as YYYY-MM-DD");
  }
}

function fail(name: string, found: string, needed: string): never {
  throw new InvalidInputError(`loadCampaign: the mapping's ${name} ${found}; ${needed}`, "mapping");
}
