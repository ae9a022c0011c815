/** Amnesty International's numbers: which document, which case, which country. */
export { amnestyCode } from "./country-codes";
export type { AmnestyIndex, Series } from "./index-number";
export { isIndexOf, parseIndex } from "./index-number";
export type { ReportHeader, ReportKind, UrgentActionNumber } from "./report-header";
export { parseReportHeader, parseUrgentAction } from "./report-header";
