/**
 * Figures as plain Plotly values. Showing them is lib/notebook's part; how a new one is made stands in README.md.
 */

// Every figure

export {
  type CampaignDays,
  type CampaignFigureOptions,
  type Figure,
  type FigureOptions,
  withProvenance,
} from "./figure";
export { finding } from "./finding";
export type { Json, Layout, Trace } from "./plotly";

// Survival curves

export { type IncidenceFigureOptions, incidenceFigure } from "./incidence-figure";
export { type LogMinusLogFigureOptions, logMinusLogFigure } from "./log-minus-log-figure";
export { type PredictionFigureOptions, predictionFigure } from "./prediction-figure";
export { type RiskTable, riskTable } from "./risk-table";
export { type SurvivalFigureOptions, survivalFigure } from "./survival-figure";

// People, one row each

export { type CustodyFigureOptions, custodyFigure } from "./custody-figure";
export type { CustodyRow } from "./custody-spell";
export { type FollowUpFigureOptions, type FollowUpRow, followUpFigure } from "./follow-up-figure";
export { type LexisFigureOptions, lexisFigure } from "./lexis-figure";

// Rows and intervals

export { type BiasFigureOptions, type BiasRow, biasFigure } from "./bias-figure";
export { type CountFigureOptions, type CountRow, countFigure } from "./count-figure";
export { type ForestFigureOptions, type ForestModel, forestFigure } from "./forest-figure";
export { type IntervalFigureOptions, type IntervalRow, intervalFigure } from "./interval-figure";

// Numbers against numbers

export { type BandFigureOptions, bandFigure } from "./band-figure";
export { type LineFigureOptions, lineFigure, type MeasuredLine } from "./line-figure";
export { type OverlapFigureOptions, type OverlapRow, overlapFigure } from "./overlap-figure";
export { type PermutationFigureOptions, permutationFigure } from "./permutation-figure";
export { type ShareFigureOptions, type ShareLine, shareFigure } from "./share-figure";
export type { BandPoint } from "./traces";

// What a model rests on

export { type DriftFigureOptions, driftFigure, type RowLabel } from "./drift-figure";
export { type InfluenceFigureOptions, type InfluencePoint, influenceFigure } from "./influence-figure";

// Series over time

export * from "./autocorrelation-figure";
export * from "./series-figure";
export type { SeriesKind, SeriesLine } from "./series-lines";

// The paper's own: who is left, what the evidence weighs, all defensible analyses

export { type BeliefFigureOptions, beliefFigure } from "./belief-figure";
export * from "./causal-graph-figure";
export * from "./evidence-weight-figure";
export { type FlowFigureOptions, type FlowPart, type FlowStage, flowFigure } from "./flow-figure";
export { type PriorNeededFigureOptions, type PriorNeededRow, priorNeededFigure } from "./prior-needed-figure";
export { type SpecificationCurveOptions, specificationCurveFigure } from "./specification-curve-figure";
