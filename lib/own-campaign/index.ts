/** The method on other data: somebody's file, read by a mapping of its columns, and everything computed from it. */

// What the columns of a file mean

export { CECC_STATUSES, type CeccOptions, ceccMapping, type FileFormat, fileFormat } from "./formats";
export type {
  CampaignMapping,
  CompetingCause,
  CovariateColumn,
  DateColumns,
  StatusEntry,
  StatusMeaning,
  TimeUnit,
  TreatmentRule,
} from "./mapping";

// From a file to rows, and what became of each

export type { CampaignData } from "./campaign-data";
export { type LoadCampaignOptions, loadCampaign } from "./read";
export {
  type LoadReport,
  type RowExample,
  reportTable,
  type StatusCount,
  statusTable,
  type Tally,
} from "./report";
export type { OwnOutcome } from "./spell";

// What is computed, and what it looks like

export * from "./analyse";
export { endsFigure, releaseFigure, type SpellRowsOptions, spellRows, spellsFigure } from "./figures";
export { type CampaignModel, campaignModels } from "./models";
