/** A specification curve: all defensible analyses of one question, whatever the question is. */
export { type ChoiceEffect, type ChoiceEffects, choiceEffects } from "./choice-effects";
export {
  type Choice,
  type Excluded,
  type Level,
  type Specification,
  specifications,
  specificationText,
} from "./choices";
export { type CurveStatistic, type CurveTest, type CurveTestOptions, curveTest } from "./curve-test";
export type { Estimated } from "./fit-specification";
export {
  type Analysis,
  type Multiverse,
  type MultiverseDesign,
  multiverse,
  type SpecificationResult,
} from "./multiverse";
export { type EstimatedResult, estimatedResults, type MultiverseSummary, multiverseSummary } from "./summary";
