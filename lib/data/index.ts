/** Data: loaders that read, check and type the project's files, codings, and outcomes for survival analysis. */

// Women and journalists, and what a coding makes of them

export { codings, findCoding } from "./coding";
export {
  type CodedLoadOptions,
  type Journalist,
  loadFreeThe20,
  loadJournalists,
  loadLongList,
  withJournalists,
} from "./load-women";
export * from "./outcomes";
export type { FeaturedWoman, Woman } from "./woman";

// Urgent Actions

export * from "./urgent-actions";

// What the paper prints

export * from "./published";

// The project's folder, and what its data package says of every table

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

// What is wrong with a file, and whose rows it holds

export {
  DataError,
  describeProblem,
  isSynthetic,
  type Problem,
  type Provenance,
  provenancesOf,
  type Sourced,
} from "../files";
