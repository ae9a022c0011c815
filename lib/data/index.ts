/** Data: loaders that read, check and type the project's files, codings, and outcomes for survival analysis. */
export { codings, findCoding } from "./coding";
export type { CodedDataset, Dataset, LoadOptions } from "./dataset";
export type { Campaign, Coding, Decision } from "./descriptor";
export type { Journalist } from "./load-journalists";
export { loadJournalists, withJournalists } from "./load-journalists";
export type { CodedLoadOptions } from "./load-women";
export { loadFreeThe20, loadLongList } from "./load-women";
export type { BeforeLaunch, Clock, OutcomeOptions, Outcomes } from "./outcome-types";
export { releaseOutcomes } from "./outcomes";
export type { Problem } from "./problem";
export { DataError, describeProblem } from "./problem";
export { campaign, projectRoot } from "./project";
export type { Provenance, Sourced } from "./provenance";
export { isSynthetic, provenancesOf } from "./provenance";
export type { Published, PublishedNumber } from "./published";
export { loadPublished, publishedNumber } from "./published";
export type {
  Certainty,
  CodingName,
  Custody,
  FreeThe20Row,
  JournalistRow,
  LongListRow,
  PublishedId,
  Region,
  ReleaseEvidence,
  ReleaseKind,
  Sex,
  StatusAtEnd,
  TargetCountry,
} from "./rows";
export type { FeaturedWoman, Woman } from "./woman";
