import type { Provenance } from "../../files";
import type { CoxFit } from "../../survival/cox";

/** A column of a regression table: a fit under a heading, or the reason why there is none. */
export interface RegressionModel {
  readonly label: string;
  /** null where the model could not be fitted. */
  readonly fit: CoxFit | null;
  /** Why there is no fit, or anything else that the notes shall say of this column. */
  readonly remark?: string;
}

/** What stands in the cells: log hazard ratios with standard errors, or hazard ratios with intervals. */
export type RegressionStyle = "coefficients" | "hazard ratios";

/** One estimate; on the scale of the table's style. */
export interface RegressionEstimate {
  readonly estimate: number;
  /** Of the coefficient, whatever the style; the robust one where the fit has it. */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
  /** One star for each level that the p value is below. */
  readonly stars: "" | "*" | "**" | "***";
}

export interface RegressionRow {
  readonly name: string;
  /** One a model: its estimate, "left out" where the model could not estimate it, null where it is not in the model. */
  readonly cells: readonly (RegressionEstimate | "left out" | null)[];
}

/** A line below the estimates: n, events, log-likelihood, concordance. */
export interface RegressionSummary {
  readonly label: string;
  /** One a model; null where it is not known. */
  readonly values: readonly (number | null)[];
  readonly digits: number;
}

/** Cox models side by side, as plain data. journalTable(), regressionMarkdown() and regressionLatex() print it. */
export interface RegressionTable {
  readonly kind: "regression table";
  readonly caption: string;
  readonly style: RegressionStyle;
  /** Headings of the columns. */
  readonly models: readonly string[];
  readonly rows: readonly RegressionRow[];
  readonly summary: readonly RegressionSummary[];
  /** What brackets and stars mean, ties, robust errors, warnings: one sentence each. */
  readonly notes: readonly string[];
  /** Decimals of estimates and of what stands in the brackets. */
  readonly digits: number;
  readonly provenance: readonly Provenance[];
}
