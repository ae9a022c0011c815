/** Amnesty International's numbers: which document, which case, which country. */
export type { AmnestyIndex, Series } from "./index-number";
export { parseIndex } from "./index-number";
export type { ReportHeader, ReportKind, UrgentActionNumber } from "./report-header";
export { parseReportHeader, parseUrgentAction } from "./report-header";
