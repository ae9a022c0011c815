/** survival/diagnostics */
export {
  type CoefficientOverTime,
  type CoefficientOverTimeOptions,
  coefficientOverTime,
} from "./coefficient-over-time";
export { type CovariateEvents, type EventsPerCovariate, eventsPerCovariate } from "./events-per-covariate";
export { type LeaveClusterOut, leaveClusterOut, type WithoutCluster } from "./leave-cluster-out";
export { type LogMinusLogCurve, logMinusLog } from "./log-minus-log";
export { type TiedEvents, tiedEvents } from "./tied-events";
