/**
 * Tables: plain values that say where their rows come from, and their HTML and text. `show()` prints them.
 */

// A table over any rows

export {
  type Cell,
  type ColumnChoice,
  type Link,
  type Table,
  type TableColumn,
  type TableOptions,
  table,
} from "./table";

// Its forms

export { escapeHtml } from "./escape";
export { significantText } from "./significant";
export { tableHtml } from "./table-html";
export { tableText } from "./table-text";

// The women of the campaign

export { casesTable, codingsTable } from "./record-tables";

// Survival curves and tests

export { curveTable } from "./curve-table";
export { logRankTable, pText } from "./log-rank-table";

// Cox models side by side

export { journalTable, regressionLatex, regressionMarkdown } from "./regression/forms";
export * from "./regression/regression-table";
