/** Missing covariates of a Cox model: drawn several times, and what follows pooled. */

// Drawing.

export * from "./impute-chained";
export { nelsonAalen } from "./nelson-aalen";
export { type LogisticPosterior, logisticPosterior } from "./posterior";

// Pooling.

export { type PooledEstimate, type PooledTerm, type PooledTest, poolCox, poolJointTest, poolRubin } from "./rubin";
