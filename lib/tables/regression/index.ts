/** Tables of regression models, for a screen, for Markdown and for LaTeX. */
export { journalTable } from "./journal-table";
export { regressionLatex } from "./latex";
export { regressionMarkdown } from "./markdown";
export { type RegressionTableOptions, regressionTable } from "./regression-table";
export type {
  RegressionEstimate,
  RegressionModel,
  RegressionRow,
  RegressionStyle,
  RegressionSummary,
  RegressionTable,
} from "./types";
