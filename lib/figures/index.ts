/** Figures as plain Plotly values. Printing and showing them is lib/notebook's part. */
export { type BiasFigureOptions, type BiasRow, biasFigure } from "./bias-figure";
export { type CountFigureOptions, type CountRow, countFigure } from "./count-figure";
export { type CustodyFigureOptions, custodyFigure } from "./custody-figure";
export type { CustodyRow } from "./custody-spell";
export type { Figure } from "./figure";
export { type FlowFigureOptions, type FlowPart, type FlowStage, flowFigure } from "./flow-figure";
export { type FollowUpFigureOptions, type FollowUpRow, followUpFigure } from "./follow-up-figure";
export { type ForestFigureOptions, forestFigure } from "./forest-figure";
export type { ForestModel } from "./forest-rows";
export { type IncidenceFigureOptions, incidenceFigure } from "./incidence-figure";
export { type IntervalFigureOptions, type IntervalRow, intervalFigure } from "./interval-figure";
export { type OverlapFigureOptions, type OverlapRow, overlapFigure } from "./overlap-figure";
export { type PermutationFigureOptions, permutationFigure } from "./permutation-figure";
export type { Json, Layout, Trace } from "./plotly";
export { type PredictionFigureOptions, predictionFigure } from "./prediction-figure";
export { withProvenance } from "./provenance-mark";
export { type RiskTable, riskTable } from "./risk-table";
export { type SurvivalFigureOptions, survivalFigure } from "./survival-figure";
