/** An inner door: checks of rows and groups, and log-rank scores, for rooms that compute with them. */
export { checkGroups, groupRows } from "./groups";
export { logRankScores } from "./log-rank-sums";
export { checkOutcome } from "./outcome";
