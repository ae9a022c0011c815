import type { Provenance } from "../files";
import type { CampaignMapping } from "./mapping";
import type { LoadReport } from "./report";
import type { OwnOutcome } from "./spell";

/**
 * Somebody's data as columns, one element a row used, in the file's order; what kaplanMeier(), logRank(), cox() and the
 * others take. Times are months from time zero.
 */
export interface CampaignData {
  readonly title: string;
  readonly file: string;
  readonly mapping: CampaignMapping;
  readonly report: LoadReport;
  /** Distinct kinds of provenance; "own" for a reader's data. */
  readonly provenance: readonly Provenance[];
  readonly n: number;
  /** Row as a spreadsheet counts: the header is row 1. */
  readonly row: Float64Array;
  readonly id: readonly string[];
  /** Months to release, to another end, or to the end of observation. */
  readonly time: Float64Array;
  /** 1: released at `time`. 0: not; other ends of custody are censoring here and causes in `cause`. */
  readonly event: Uint8Array;
  readonly cause: readonly OwnOutcome[];
  /** When observation began, in months; only with delayed entry. */
  readonly entry?: Float64Array;
  /** Name of the arm, or "all". */
  readonly group: readonly string[];
  /** 1 for the treated; null without a treatment. */
  readonly treated: Uint8Array | null;
  /** Names of the arms, the treated first; one name without a treatment. */
  readonly groups: readonly string[];
  /** Months to the first and the last possible day of the end; infinite above for a censored row. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** By name; null where a row has no value. Numbers where all values are, else texts. */
  readonly covariates: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Countries, where the mapping names a column; null where a row has none. */
  readonly country: readonly (string | null)[] | null;
}
