/** Whether a Cox model can be trusted: events, single clusters, and hazards that are not proportional. */

// Before a fit.

export * from "./event-counts";

// Proportional hazards.

export {
  type CoefficientOverTime,
  type CoefficientOverTimeOptions,
  coefficientOverTime,
} from "./coefficient-over-time";
export { type LogMinusLogCurve, logMinusLog } from "./log-minus-log";

// Who carries the estimate.

export { type LeaveClusterOut, leaveClusterOut, type WithoutCluster } from "./leave-cluster-out";
export * from "./wild-score";
