export type { CompetingOutcome } from "./causes";
export * from "./cumulative-incidence";
export * from "./fine-gray";
export { type FineGrayData, type FineGrayOutcome, fineGrayData } from "./fine-gray-data";
export * from "./gray-test";
export * from "./incidence-at-times";
export * from "./predict-incidence";
