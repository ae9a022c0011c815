/** Amnesty International's Urgent Actions: reports, prisoners, people, and the numbers of documents. */

// Reports, the people whom they name, and what became of them

export {
  anyConcern,
  CONCERN_READINGS,
  CONCERNS,
  type Concern,
  type ConcernReading,
  type Concerns,
  loadPublicConcerns,
  type PublicConcerns,
} from "./concerns";
export { loadPrisoners } from "./load-prisoners";
export { loadUrgentActions, people } from "./load-reports";
export { normalisedSpelling } from "./spellings";
export type {
  ControlPrisoner,
  ControlWoman,
  Flag,
  Person,
  Prisoner,
  Prisoners,
  ReportedPerson,
  ReportRow,
  Reports,
} from "./types";

// Numbers of documents

export { type AmnestyIndex, amnestyCode, isIndexOf, parseIndex, type Series } from "./index-number";
export {
  parseReportHeader,
  parseUrgentAction,
  type ReportHeader,
  type ReportKind,
  type UrgentActionNumber,
} from "./report-header";
