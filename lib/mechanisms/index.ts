/** From effect to cause: hypotheses, public evidence, process-tracing tests, and what beliefs become by Bayes' rule. */
export type { BeliefStep, Beliefs, Judged } from "./beliefs";
export { probabilityIfFalse, updateBeliefs } from "./beliefs";
export type { Hypothesis, HypothesisId } from "./hypothesis";
export { EXPLANANDUM, HYPOTHESES, HYPOTHESIS_IDS, HYPOTHESIS_NAMES, hypothesis } from "./hypothesis";
export type { Finding, Implication } from "./implication";
export { IMPLICATIONS } from "./implication";
export type { WordScale } from "./judgements";
export { equalPriors, ILLUSTRATIVE_SCALE, likelihoodsFromWords, wordScale } from "./judgements";
export type { Evidence } from "./load-evidence";
export { loadEvidence } from "./load-evidence";
export type { ProcessTracingTest, TestStrength } from "./process-tracing-test";
export { decibels, processTracingTest } from "./process-tracing-test";
export type { BeliefSensitivity, PieceSensitivity, PriorNeeded } from "./sensitivity";
export { beliefSensitivity } from "./sensitivity";
export { evidenceTable, hypothesesTable, implicationsTable, readingTable } from "./tables";
