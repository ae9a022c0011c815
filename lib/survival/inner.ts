/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { checkGroups, groupRows } from "./groups";
export { logRankScores } from "./log-rank-sums";
export { checkConfidence, checkLength, checkOutcome, shown } from "./outcome";
export { sumTolerance, unevenness, unevennessTolerance } from "./split-up";
