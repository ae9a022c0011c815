import type { DatePolicy } from "../dates";
import type { Provenance } from "../files";

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
