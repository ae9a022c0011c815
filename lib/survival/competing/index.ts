export type { CompetingOutcome } from "./causes";
export * from "./cumulative-incidence";
export * from "./gray-test";
