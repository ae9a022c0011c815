/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { checkGroups } from "./group-events";
export { groupRows } from "./groups";
export { logRankScores } from "./log-rank-scores";
export { completeCases } from "./model-frame";
export { checkConfidence, checkLength, checkOutcome, shown } from "./outcome";
export { sumTolerance, unevenness, unevennessTolerance } from "./split-up";
