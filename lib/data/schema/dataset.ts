import type { Provenance } from "../../files";
import type { Campaign, Coding, Regions } from "./descriptor";

/** Rows with all that a result needs to say about their origin. */
export interface Dataset<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  /** The file or files read, as shown to the user: relative to the project for its own. */
  readonly file: string;
  /** True if all rows are the project's own, false if any file came from another folder. */
  readonly own: boolean;
  /** Distinct provenance of the rows. */
  readonly provenance: readonly Provenance[];
  /** Launch, end of follow-up and the months between. */
  readonly campaign: Campaign;
  /** Target countries by region, for steps that say where somebody was held. */
  readonly regions: Regions;
}

/** Rows under a named coding of the unclear cases. */
export interface CodedDataset<Row> extends Dataset<Row> {
  readonly coding: Coding;
}

/** Options of all loaders. */
export interface LoadOptions {
  /**
   * Folder to read from instead of the project's data/; the same file names and columns, as .csv,
   * .tab or .tsv. Goes before the environment variable HRD_DATA.
   */
  readonly from?: string;
}
