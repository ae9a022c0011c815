/** Missing covariates of a Cox model: drawn several times, and what follows pooled. */
export * from "./impute-chained";
export { nelsonAalen } from "./nelson-aalen";
export * from "./pool-cox";
export { type LogisticPosterior, logisticPosterior } from "./posterior";
export * from "./rubin";
