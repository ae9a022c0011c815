/** Tables: a plain value that says where its rows come from, its HTML and text, and the tables of this project's results. */
export { casesTable } from "./cases-table";
export { codingsTable } from "./codings-table";
export { curveTable } from "./curve-table";
export { escapeHtml } from "./escape";
export { logRankTable, pText } from "./log-rank-table";
export * from "./regression";
export {
  type Cell,
  type ColumnChoice,
  type Link,
  type Table,
  type TableColumn,
  type TableOptions,
  table,
} from "./table";
export { tableHtml } from "./table-html";
export { tableText } from "./table-text";
