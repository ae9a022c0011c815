/** Missing covariates of a Cox model: drawn several times, and what follows pooled. */
export {
  type ImputationInput,
  type ImputationOptions,
  type Imputations,
  imputeChained,
} from "./impute-chained";
export { nelsonAalen } from "./nelson-aalen";
export { type PooledTerm, poolCox } from "./pool-cox";
export { type LogisticPosterior, logisticPosterior } from "./posterior";
export { type PooledEstimate, poolRubin } from "./rubin";
