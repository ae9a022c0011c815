/** Amnesty International's Urgent Actions: reports, prisoners, people, and the numbers of documents. */

// Reports, the people whom they name, and what became of them

export * from "./concerns";
export { loadPrisoners } from "./load-prisoners";
export { loadUrgentActions, people } from "./load-reports";
export { normalisedSpelling } from "./spellings";
export * from "./types";

// Numbers of documents

export { type AmnestyIndex, amnestyCode, isIndexOf, parseIndex, type Series } from "./index-number";
export * from "./report-header";
