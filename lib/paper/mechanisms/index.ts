/** paper/mechanisms */
export { type BeliefStep, type Beliefs, type Judged, probabilityIfFalse, updateBeliefs } from "./beliefs";
export {
  EXPLANANDUM,
  HYPOTHESES,
  HYPOTHESIS_IDS,
  HYPOTHESIS_NAMES,
  type Hypothesis,
  type HypothesisId,
  hypothesis,
} from "./hypothesis";
export { type Finding, IMPLICATIONS, type Implication } from "./implication";
export {
  equalPriors,
  ILLUSTRATIVE_SCALE,
  likelihoodsFromWords,
  type WordScale,
  wordScale,
} from "./judgements";
export { type Evidence, loadEvidence } from "./load-evidence";
export {
  decibels,
  type ProcessTracingTest,
  processTracingTest,
  type TestStrength,
} from "./process-tracing-test";
export {
  type BeliefSensitivity,
  beliefSensitivity,
  type PieceSensitivity,
  type PriorNeeded,
} from "./sensitivity";
export { evidenceTable, hypothesesTable, implicationsTable, readingTable } from "./tables";
