/** resampling */

export { type BootstrapOptions, bootstrap, type StatisticValue } from "./bootstrap";
export { type BootstrapCox, type BootstrapCoxOptions, bootstrapCox } from "./bootstrap-cox";
export { type BootstrapInterval, type BootstrapIntervals, bootstrapIntervals } from "./bootstrap-intervals";
export type { Bootstrap, BootstrapStatistic, FailurePolicy } from "./bootstrap-summary";
export { ReplicateError, ThreadError } from "./errors";
export type { RunOptions, ThreadOptions } from "./options";
export {
  type Alternative,
  type PermutationTestOptions,
  type PermutationTestResult,
  permutationTest,
} from "./permutation-test";
export { type PermuteLogRankOptions, permuteLogRank } from "./permute-log-rank";
export { type Power, type PowerOptions, powerBySimulation, simulateTrial } from "./power";
export { takeRows } from "./sampling";
export { schoenfeldPower } from "./schoenfeld";
export type { SimulatedTrial, Trial } from "./trial";
export { bundleWorker } from "./worker-source";
