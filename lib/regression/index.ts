/** Models side by side, for a notebook, a web page and a paper. */
export { journalTable } from "./journal-table";
export { regressionLatex } from "./latex";
export { regressionMarkdown } from "./markdown";
export { type RegressionTableOptions, regressionTable } from "./regression-table";
export type * from "./types";
