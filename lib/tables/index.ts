/** Tables of this project's results; `table()` in lib/notebook makes any other. */
export { attritionTable } from "./attrition-table";
export { casesTable } from "./cases-table";
export { codingsTable } from "./codings-table";
export { curveTable } from "./curve-table";
export { logRankTable, pText } from "./log-rank-table";
