/** An inner door: from the data package's description of a table to its checked, typed rows. */
export { type CodedDataset, type Dataset, describeDataset, type LoadOptions, readResource } from "./dataset";
export type { Campaign, Coding, Decision, Regions } from "./descriptor";
export { campaign, projectPackage, projectRoot } from "./project";
export {
  type Certainty,
  type CodingName,
  type Custody,
  type EvidenceCountry,
  type Expectation,
  evidenceRow,
  type FreeThe20Row,
  type JournalistRow,
  type LongListRow,
  type PublishedId,
  REGION,
  type Region,
  type ReleaseEvidence,
  type ReleaseKind,
  type Sex,
  type StatusAtEnd,
  TARGET_COUNTRY,
  type TargetCountry,
} from "./rows";
export { intervalOf } from "./rules";
