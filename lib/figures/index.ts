/** Figures as plain Plotly values. Printing and showing them is lib/notebook's part. */
export { type CustodyFigureOptions, custodyFigure } from "./custody-figure";
export type { CustodyRow } from "./custody-spell";
export type { Figure } from "./figure";
export { type ForestFigureOptions, forestFigure } from "./forest-figure";
export type { ForestModel } from "./forest-rows";
export { type IntervalFigureOptions, type IntervalRow, intervalFigure } from "./interval-figure";
export { type PermutationFigureOptions, permutationFigure } from "./permutation-figure";
export type { Json, Layout, Trace } from "./plotly";
export { type PredictionFigureOptions, predictionFigure } from "./prediction-figure";
export { withProvenance } from "./provenance-mark";
export { type RiskTable, riskTable } from "./risk-table";
export { type SurvivalFigureOptions, survivalFigure } from "./survival-figure";
