import type { DateInterval } from "../../dates";
import type { RowProvenance } from "../../files";
import type { CodedDataset, Dataset } from "../schema/dataset";
import type { Certainty, Custody, Region, ReportKind, Sex, TargetCountry } from "../schema/rows";
import type { Concerns } from "./concerns";
import type { AmnestyIndex } from "./index-number";
import type { UrgentActionNumber } from "./report-header";

/** Something in the files that a reader has to know of and that stops nothing. */
export interface Flag {
  readonly kind: "similar spellings" | "merged spellings" | "unused spelling" | "coding without a row";
  readonly file: string;
  /** Rows as a spreadsheet counts them, the header being row 1. */
  readonly rows: readonly number[];
  readonly message: string;
}

/** A person named in a report: a row of urgent_actions.csv with its numbers read. */
export interface ReportRow extends Concerns {
  /** Row of the file, the header being row 1. */
  readonly row: number;
  readonly index: AmnestyIndex;
  readonly ua: UrgentActionNumber;
  readonly kind: ReportKind;
  /** ISO day of the report. */
  readonly date: string;
  readonly country: TargetCountry;
  /** Identifier or name, after spellings that stand in same_person.csv have been merged. */
  readonly person: string;
  readonly sex: Sex | null;
  readonly sources: readonly string[];
  readonly provenance: RowProvenance;
}

/** Rows of urgent_actions.csv. */
export interface Reports extends Dataset<ReportRow> {
  readonly flags: readonly Flag[];
}

/** What was found out about a woman: a row of prisoners.csv with its dates as intervals. */
export interface Prisoner {
  readonly row: number;
  readonly person: string;
  readonly country: TargetCountry;
  /** As footnote 6 groups the countries; null for North Korea, which it leaves out. */
  readonly region: Region | null;
  readonly featured: boolean;
  readonly custody: Custody;
  /** When the detention began; null where none is reported. */
  readonly detention: DateInterval | null;
  /** When she was released; null if she does not count as released under the coding. */
  readonly releaseInterval: DateInterval | null;
  /** Whether she counts as released under the coding. */
  readonly counted: boolean;
  /** Why the coding decides about her as it does; null where the record leaves nothing to decide. */
  readonly codingReason: string | null;
  /** ISO day, the last on which she is known to be held; null where the end of follow-up stands for it. */
  readonly observedUntil: string | null;
  readonly certainty: Certainty | null;
  /** What published pages state of a featured woman of the public record; null for all others: reports tell. */
  readonly concerns: Concerns | null;
  readonly notes: string | null;
  readonly provenance: RowProvenance;
}

/** Rows of prisoners.csv under a coding of the unclear cases. */
export interface Prisoners extends CodedDataset<Prisoner> {
  readonly flags: readonly Flag[];
}

/** A person of the data, with what reports say put together; null where the reports on her are not known. */
export interface Person extends Concerns {
  readonly id: string;
  readonly country: TargetCountry;
  readonly sex: Sex | null;
  /** Number of different reports. */
  readonly reports: number | null;
  /** ISO day of the first report. */
  readonly firstReport: string | null;
  /** Year of the first report: when the person entered the data. */
  readonly yearOfEntry: number | null;
  /** Synthetic if any of the person's rows is. */
  readonly provenance: RowProvenance;
}

/** A person named in a report. */
export interface ReportedPerson extends Person {
  readonly reports: number;
  readonly firstReport: string;
  readonly yearOfEntry: number;
}

/** A woman of the data set: one of the 455. */
export interface ControlWoman extends Person {
  readonly region: Region | null;
  readonly featured: boolean;
  /** null where prisoners.csv has no row for her. */
  readonly custody: Custody | null;
  readonly certainty: Certainty | null;
}

/** A woman held for two months or more: one of the 251. */
export interface ControlPrisoner extends ControlWoman {
  readonly custody: "two months or more";
  readonly detention: DateInterval;
  readonly releaseInterval: DateInterval | null;
  /** Months from detention to release, else to the last day of observation. */
  readonly time: number;
  /** Whether she was released at `time`. */
  readonly event: boolean;
}
