/** Amnesty International's Urgent Actions: reports, prisoners, people, and the numbers of documents. */
export { anyConcern, CONCERNS, type Concern, type Concerns } from "./concerns";
export { amnestyCode } from "./country-codes";
export { type AmnestyIndex, isIndexOf, parseIndex, type Series } from "./index-number";
export { loadPublicConcerns, type PublicConcerns } from "./load-concerns";
export { loadPrisoners } from "./load-prisoners";
export { loadUrgentActions } from "./load-reports";
export { people } from "./people";
export {
  parseReportHeader,
  parseUrgentAction,
  type ReportHeader,
  type ReportKind,
  type UrgentActionNumber,
} from "./report-header";
export { normalisedSpelling } from "./spellings";
export type {
  ControlPrisoner,
  ControlWoman,
  Flag,
  Person,
  Prisoner,
  Prisoners,
  ReportRow,
  Reports,
} from "./types";
