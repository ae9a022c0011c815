/** The four Cox models of the paper's Table 1, and every printed number beside its recomputed twin. */
export * from "./columns";
export * from "./compare";
export { besidePrinted, printedComparisonTable } from "./comparison-tables";
export type { Incomplete } from "./complete-rows";
export * from "./models";
export * from "./signs";
