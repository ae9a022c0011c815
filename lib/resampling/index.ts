export { type BootstrapOptions, bootstrap, type StatisticValue } from "./bootstrap";
export * from "./bootstrap-cox";
export * from "./bootstrap-intervals";
export type {
  Bootstrap,
  BootstrapStatistic,
  FailurePolicy,
} from "./bootstrap-summary";
export * from "./errors";
export type { RunOptions, ThreadOptions } from "./options";
export * from "./permutation-test";
export * from "./permute-log-rank";
export { type Power, type PowerOptions, powerBySimulation, simulateTrial } from "./power";
export { takeRows } from "./sampling";
export * from "./schoenfeld";
export type { SimulatedTrial, Trial } from "./trial";
export { bundleWorker } from "./worker-source";
