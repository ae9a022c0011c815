/** Competing risks, where one event makes another impossible. */

// What was observed.

export type { CompetingOutcome } from "./causes";

// The share that has had each kind of event.

export * from "./cumulative-incidence";

// Comparing groups.

export { type GrayInput, type GrayOptions, type GrayTest, grayTest } from "./gray-test";

// Fine and Gray's model.

export * from "./fine-gray";
export { type FineGrayData, type FineGrayInput, type FineGrayOutcome, fineGrayData } from "./fine-gray-data";
