/** Stays by the hundred million: counts made where the data are, in files, databases, or several of them at once. */

// From rows to counts

export { explainCounts, survivalCounts } from "./counts";
export type { CountsPlan } from "./plan";
export { countsTable } from "./report-table";
export type { CountsReport, RoundingLoss, SurvivalCounts } from "./result";

// What is asked

export type { CountsCovariate, CountsDates, CountsQuestion, CountsUnit, CountsValue } from "./question";

// Where the rows are

export type { FileSource } from "./clients/duckdb";
export type { PostgresSource } from "./clients/postgresql";
export type { TrinoSource } from "./clients/trino";
export type { CountsSource } from "./source";

// Stays that describe nobody, to try it on

export { type SimulatedStays, simulateStays } from "./simulate";
