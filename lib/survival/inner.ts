/** An inner door: checks of rows, counts and groups, complete cases, log-rank scores, for rooms that compute with them. */
export { checkGroups, groupRows } from "./groups";
export { logRankScores } from "./log-rank-sums";
export { completeCases } from "./model-frame";
export { checkInput, checkOutcome, refuseCounts } from "./outcome";
