/** The method on other data: somebody's file, read by a mapping of its columns, and everything computed from it. */
export { type AnalyseOptions, analyseCampaign, type CampaignAnalysis } from "./analyse";
export type { CampaignData } from "./campaign-data";
export { type Computed, computed, whenComputed } from "./computed";
export { endsFigure, releaseFigure, type SpellRowsOptions, spellRows, spellsFigure } from "./figures";
export { type FileFormat, fileFormat } from "./file-format";
export { CECC_STATUSES, type CeccOptions, ceccMapping } from "./formats";
export { type LoadCampaignOptions, loadCampaign } from "./load-campaign";
export type {
  CampaignMapping,
  CompetingCause,
  CovariateColumn,
  DateColumns,
  StatusEntry,
  StatusMeaning,
  TreatmentRule,
} from "./mapping";
export { type CampaignModel, campaignModels } from "./models";
export type { LoadReport, RowExample, StatusCount, Tally } from "./report";
export { reportTable, statusTable } from "./report-table";
export type { OwnOutcome } from "./spell";
