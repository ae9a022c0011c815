/** Drawing again: bootstrap, permutation and simulation, seeded, the same on any number of threads. */

// The bootstrap.

export { type BootstrapOptions, bootstrap, type StatisticValue } from "./bootstrap";
export { type BootstrapAdjusted, type BootstrapAdjustedOptions, bootstrapAdjusted } from "./bootstrap-adjusted";
export { type BootstrapCox, type BootstrapCoxOptions, bootstrapCox } from "./bootstrap-cox";
export { type BootstrapInterval, type BootstrapIntervals, bootstrapIntervals } from "./bootstrap-intervals";
export type { Bootstrap, BootstrapStatistic, FailurePolicy } from "./bootstrap-summary";
export { takeRows } from "./sampling";

// A model judged on rows that it has not seen.

export * from "./validate-cox";

// Permutation tests.

export * from "./permutation-log-rank";
export * from "./permutation-test";

// What a comparison of a given size could find.

export { type Power, type PowerOptions, powerBySimulation, schoenfeldPower, simulateTrial } from "./power";
export type { SimulatedTrial, Trial } from "./trial";

// Progress, cancellation, threads, and what can go wrong.

export { ReplicateError, type RunOptions, ThreadError, type ThreadOptions } from "./options";
export { bundleWorker } from "./worker-source";
