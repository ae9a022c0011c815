/** Every defensible combination of an analyst's choices, run and compared. */
export { campaignChoices, tableOneSpecification } from "./campaign-choices";
export { campaignMultiverse } from "./campaign-multiverse";
export * from "./choice-effects";
export {
  type Choice,
  type Excluded,
  type Level,
  type Specification,
  specifications,
  specificationText,
} from "./choices";
export * from "./curve-test";
export type { Estimated } from "./fit-specification";
export * from "./multiverse";
export { type EstimatedResult, estimatedResults, type MultiverseSummary, multiverseSummary } from "./summary";
