/** What one looks at before one believes a Cox model. */
export * from "./coefficient-over-time";
export * from "./events-per-covariate";
export * from "./leave-cluster-out";
export * from "./log-minus-log";
export * from "./tied-events";
