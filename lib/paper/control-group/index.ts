/** The paper's second control group: from Urgent Actions to the rows of Table 1. */

export type { AttritionStep } from "./attrition";
export { attritionTable } from "./attrition-table";
export {
  type BiasCovariate,
  type BiasLine,
  type BiasOptions,
  biasCovariates,
  standardizedBias,
} from "./bias";
export { type ControlGroup, type ControlGroupOptions, controlGroup } from "./control-group";
export { type FeaturedWeights, featuredWeights } from "./featured-weights";
export { type AttritionStage, attritionStages } from "./stages";
export {
  TABLE_ONE_COVARIATES,
  type TableOneCovariate,
  type TableOneData,
  tableOneData,
} from "./table-one-data";
