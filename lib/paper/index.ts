/**
 * What only this paper needs: its control group, its table, its clocks, its choices, its claims.
 *
 * Its rooms stand on three floors and look down only: attainable, claims, clocks, mechanisms, multiverse, selection, table-one |
 * control-group | campaign-multiverse, headlines. Each has an index.ts for its neighbours; this one is for notebooks.
 */

// Which p values are attainable at all

export * from "./attainable";

// What a choice of easy cases alone would look like

export * from "./selection";

// The second control group, from Urgent Actions to the rows of Table 1

export {
  type AttritionStage,
  type AttritionStep,
  attritionStages,
  attritionTable,
} from "./control-group/attrition";
export * from "./control-group/bias";
export { type ControlGroup, type ControlGroupOptions, controlGroup } from "./control-group/control-group";
export * from "./control-group/report-count-test";
export * from "./control-group/table-one-data";

// Table 1 and its printed numbers

export * from "./table-one/columns";
export * from "./table-one/compare";
export type { Incomplete } from "./table-one/complete-rows";
export * from "./table-one/models";

// Clocks, and days that the sources leave open

export * from "./clocks/clocked-rows";
export {
  type Bound,
  type ChosenDays,
  type DateBounds,
  type DateBoundsOptions,
  dateBounds,
  type UncertainDay,
} from "./clocks/date-bounds";
export { featuredRatio } from "./clocks/featured-ratio";
export { listSpells, prisonerSpells, type Spell } from "./clocks/spell";

// All defensible analyses of a question, and those of this campaign

export { campaignChoices, tableOneSpecification } from "./campaign-multiverse/campaign-choices";
export { campaignMultiverse } from "./campaign-multiverse/campaign-multiverse";
export {
  type Choice,
  defensible,
  type Excluded,
  type Level,
  type Specification,
  specifications,
  specificationText,
} from "./multiverse/choices";
export * from "./multiverse/curve-test";
export * from "./multiverse/dealt-fits";
export {
  type Analysis,
  type Estimated,
  type Multiverse,
  type MultiverseDesign,
  multiverse,
  type SpecificationResult,
} from "./multiverse/multiverse";
export {
  type ChoiceEffect,
  type ChoiceEffects,
  choiceEffects,
  type EstimatedResult,
  estimatedResults,
  type MultiverseSummary,
  multiverseSummary,
} from "./multiverse/summary";

// From effect to cause: explanations, evidence, tests, beliefs

export {
  type BeliefStep,
  type Beliefs,
  type Judged,
  probabilityIfFalse,
  updateBeliefs,
} from "./mechanisms/beliefs";
export * from "./mechanisms/evidence";
export * from "./mechanisms/hypothesis";
export * from "./mechanisms/process-tracing-test";
export * from "./mechanisms/second-reader";
export * from "./mechanisms/sensitivity";

// What was found, in six lines

export { type Headline, headlines, headlinesTable } from "./headlines";

// Claims of the paper, and the ledger of verdicts

export {
  type Basis,
  type Claim,
  type ClaimOptions,
  claim,
  claimTable,
  isClaim,
  type JudgedCheck,
  ofTheWorld,
  type Unknowable,
  unknowable,
} from "./claims/claim";
export { type ComputedVerdict, computedVerdicts } from "./claims/computed-verdicts";
export {
  type Check,
  type ClaimText,
  claimTexts,
  type RecordedVerdict,
  type Rule,
  type Verdict,
} from "./claims/ledger";
export * from "./claims/ledger-table";
export * from "./claims/wording";
