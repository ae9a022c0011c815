import { type DatePolicy, dayNumber } from "../dates";
import type { Provenance } from "../files";
import { InvalidInputError } from "../statistics";

/** The column of a date, or columns of a date and of the first and last day that it can have been. */
export type DateColumns =
  | string
  | { readonly date?: string; readonly earliest: string; readonly latest: string };

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
      /** Values of the column that mean treated, letter for letter. */
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
  | { readonly column: string; readonly as?: "number" | "category"; readonly name?: string };

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
    /** Last day on which a row without an end is known to have been in custody; the end of follow-up without it. */
    readonly lastSeen?: DateColumns;
    /** A code of what became of the person, read by `statuses`. */
    readonly status?: string;
    /** Rows of one country are a cluster. */
    readonly country?: string;
    /** A column with "own", "synthetic", "public-record" or "published" in each row. */
    readonly provenance?: string;
    readonly covariates?: readonly CovariateColumn[];
  };
  /** Parts `%Y`, `%m`, `%d` with what stands between them: `"%Y-%m-%d"`, `"%d.%m.%Y"`. A month or year alone may stand, too. */
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
  /** What to do with a row that cannot be right: refuse the file (unless told), or set the row aside and count it. */
  readonly faultyRows?: "refuse" | "set aside";
  /** What the rows are where no column says so: "own" unless told. */
  readonly provenance?: Provenance;
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
  if (mapping.title.trim() === "") fail("title", "is empty", "a title for figures and tables is needed");
  checkClock(mapping);
  checkStatuses(mapping);
  oneOf("alleged", mapping.alleged, ["event", "censored", "set aside"]);
  oneOf("undated", mapping.undated, ["set aside", "interval"]);
  oneOf("faultyRows", mapping.faultyRows, ["refuse", "set aside"]);
  checkTreatment(mapping.treatment);
  const names = (mapping.columns.covariates ?? []).map((covariate) =>
    typeof covariate === "string" ? covariate : (covariate.name ?? covariate.column),
  );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) fail("columns.covariates", `has "${twice}" twice`, "a name for each is needed");
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
      if (treated.length === 0)
        fail("treatment.treated", "is empty", "the values that mean treated are needed");
      const both = treated.find((value) => control?.includes(value));
      if (both !== undefined)
        fail("treatment", `has "${both}" under treated and under control`, "one of them is needed");
      return;
    }
    case "ids":
      if (treatment.ids.length === 0)
        fail("treatment.ids", "is empty", "the ids of the treated rows are needed");
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
      fail(
        "treatment.kind",
        `is "${String(Reflect.get(treatment, "kind"))}"`,
        "none, column, ids or date is needed",
      );
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
