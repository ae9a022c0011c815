/**
 * What only this paper needs: its control group, its table, its clocks, its choices, its claims.
 *
 * Its rooms stand on three floors and look down only: attainable, claims, clocks, mechanisms, multiverse, table-one |
 * control-group | campaign-multiverse. Each has an index.ts for its neighbours; this one is for notebooks.
 */

// Which p values are attainable at all

export {
  type ArrestClockOptions,
  type ArrestClockResult,
  type Attainable,
  type AttainableOptions,
  attainableLogRank,
  highestPSinceArrest,
  type Times,
} from "./attainable";

// The second control group, from Urgent Actions to the rows of Table 1

export {
  type AttritionStage,
  type AttritionStep,
  attritionStages,
  attritionTable,
} from "./control-group/attrition";
export {
  type BiasCovariate,
  type BiasLine,
  type BiasOptions,
  biasCovariates,
  type FeaturedWeights,
  featuredWeights,
  standardizedBias,
} from "./control-group/bias";
export { type ControlGroup, type ControlGroupOptions, controlGroup } from "./control-group/control-group";
export {
  TABLE_ONE_COVARIATES,
  type TableOneCovariate,
  type TableOneData,
  tableOneData,
} from "./control-group/table-one-data";

// Table 1 and its printed numbers

export {
  ASSUMED_SIGNS,
  COLUMN_READINGS,
  type ColumnReading,
  covariatesOf,
  MODEL_NUMBERS,
  type ModelNumber,
  SIGNS_AS_PRINTED,
  type Sign,
  type SignPattern,
  TABLE_ONE_BLOCKS,
  TABLE_ONE_COLUMNS,
  type TableOneBlock,
  type TableOneColumns,
} from "./table-one/columns";
export {
  besidePrinted,
  compareWithPrinted,
  type PrintedComparison,
  type PrintedNumber,
  printedComparisonTable,
} from "./table-one/compare";
export type { Incomplete } from "./table-one/complete-rows";
export {
  type TableOneModel,
  type TableOneOptions,
  type TableOneRows,
  tableOneModels,
} from "./table-one/models";

// Clocks, and days that the sources leave open

export {
  type ClockedRow,
  type ClockedRows,
  type ClockOptions,
  clockedRows,
  TIME_ZEROS,
  type TimeZero,
  type TimeZeroNote,
} from "./clocks/clocked-rows";
export {
  type Bound,
  type ChosenDays,
  type DateBounds,
  type DateBoundsOptions,
  dateBounds,
  type UncertainDay,
} from "./clocks/date-bounds";
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
export {
  type CurveStatistic,
  type CurveTest,
  type CurveTestOptions,
  curveTest,
  curveTestTable,
} from "./multiverse/curve-test";
export { type DealtFits, type DealtFitsOptions, dealtFits } from "./multiverse/dealt-fits";
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
export {
  type Evidence,
  equalPriors,
  evidenceTable,
  ILLUSTRATIVE_SCALE,
  likelihoodsFromWords,
  loadEvidence,
  readingTable,
  type WordScale,
  wordScale,
} from "./mechanisms/evidence";
export {
  EXPLANANDUM,
  HYPOTHESES,
  HYPOTHESIS_IDS,
  HYPOTHESIS_NAMES,
  type Hypothesis,
  type HypothesisId,
  hypothesesTable,
  hypothesis,
} from "./mechanisms/hypothesis";
export {
  decibels,
  type Finding,
  IMPLICATIONS,
  type Implication,
  implicationsTable,
  type ProcessTracingTest,
  processTracingTest,
  type TestStrength,
} from "./mechanisms/process-tracing-test";
export {
  type BeliefSensitivity,
  beliefSensitivity,
  type PieceSensitivity,
  type PriorNeeded,
} from "./mechanisms/sensitivity";

// Claims of the paper, and the ledger of verdicts

export {
  type Basis,
  type Claim,
  type ClaimOptions,
  claim,
  claimTable,
  isClaim,
  type JudgedCheck,
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
export {
  type LedgerCount,
  type LedgerOptions,
  type LedgerRow,
  ledgerCounts,
  ledgerRows,
  ledgerTable,
} from "./claims/ledger-table";
export {
  type Citation,
  type CitationCandidate,
  type Citations,
  type Conclusion,
  type ConclusionsCompared,
  citationCandidates,
  compareConclusions,
  type DecidedCandidate,
  decidedCitations,
} from "./claims/wording";
