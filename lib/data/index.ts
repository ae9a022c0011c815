/** Data: loaders that read, check and type the project's files, codings, and outcomes for survival analysis. */

export {
  DataError,
  describeProblem,
  isSynthetic,
  type Problem,
  type Provenance,
  provenancesOf,
  type Sourced,
} from "../files";
export { codings, findCoding } from "./coding";
export { type Journalist, loadJournalists, withJournalists } from "./load-journalists";
export { type CodedLoadOptions, loadFreeThe20, loadLongList } from "./load-women";
export type { BeforeLaunch, Clock, OutcomeOptions, Outcomes } from "./outcome-types";
export { releaseOutcomes } from "./outcomes";
export { loadPublished, type Published, type PublishedNumber, publishedNumber } from "./published";
export {
  type Campaign,
  type Certainty,
  type CodedDataset,
  type Coding,
  type CodingName,
  type Custody,
  campaign,
  type Dataset,
  type Decision,
  type FreeThe20Row,
  type JournalistRow,
  type LoadOptions,
  type LongListRow,
  type PublishedId,
  projectRoot,
  type Region,
  type ReleaseEvidence,
  type ReleaseKind,
  type Sex,
  type StatusAtEnd,
  type TargetCountry,
} from "./schema";
export * from "./urgent-actions";
export type { FeaturedWoman, Woman } from "./woman";
