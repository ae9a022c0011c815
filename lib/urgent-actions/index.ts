/** The paper's second control group: from Amnesty International's Urgent Actions to the rows of Table 1. */
export type { AttritionStep } from "./attrition";
export {
  type BiasCovariate,
  type BiasLine,
  type BiasOptions,
  biasCovariates,
  standardizedBias,
} from "./bias";
export { anyConcern, CONCERNS, type Concern, type Concerns } from "./concerns";
export { type ControlGroup, type ControlGroupOptions, controlGroup } from "./control-group";
export { type FeaturedWeights, featuredWeights } from "./featured-weights";
export { loadPublicConcerns, type PublicConcerns } from "./load-concerns";
export { loadPrisoners } from "./load-prisoners";
export { loadUrgentActions } from "./load-reports";
export { people } from "./people";
export { normalisedSpelling } from "./spellings";
export { attritionStages } from "./stages";
export {
  TABLE_ONE_COVARIATES,
  type TableOneCovariate,
  type TableOneData,
  tableOneData,
} from "./table-one-data";
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
