/** Showing values in a notebook. */
export { type MimeBundle, mimeBundle } from "./bundle";
export { escapeHtml } from "./escape";
export { type ProgressBar, type ProgressBarOptions, progressBar } from "./progress-bar";
export { show } from "./show";
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
