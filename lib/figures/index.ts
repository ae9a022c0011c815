/** Figures as plain Plotly values. Showing them is lib/notebook's part. */
export {
  type AutocorrelationFigureOptions,
  type AutocorrelationRow,
  autocorrelationFigure,
} from "./autocorrelation-figure";
export { type BandFigureOptions, bandFigure } from "./band-figure";
export { type BeliefFigureOptions, beliefFigure } from "./belief-figure";
export { type BiasFigureOptions, type BiasRow, biasFigure } from "./bias-figure";
export { type CountFigureOptions, type CountRow, countFigure } from "./count-figure";
export { type CustodyFigureOptions, custodyFigure } from "./custody-figure";
export type { CustodyRow } from "./custody-spell";
export type { RowLabel } from "./drift-figure";
export { type DriftFigureOptions, driftFigure } from "./drift-figure";
export {
  type EvidenceWeightFigureOptions,
  evidenceWeightFigure,
  type WeightRow,
} from "./evidence-weight-figure";
export type { Figure } from "./figure";
export { withProvenance } from "./figure";
export type { FlowPart, FlowStage } from "./flow-figure";
export { type FlowFigureOptions, flowFigure } from "./flow-figure";
export { type FollowUpFigureOptions, type FollowUpRow, followUpFigure } from "./follow-up-figure";
export type { ForestModel } from "./forest-figure";
export { type ForestFigureOptions, forestFigure } from "./forest-figure";
export { type IncidenceFigureOptions, incidenceFigure } from "./incidence-figure";
export { type InfluenceFigureOptions, type InfluencePoint, influenceFigure } from "./influence-figure";
export { type InterruptedFigureOptions, interruptedFigure } from "./interrupted-figure";
export { type IntervalFigureOptions, type IntervalRow, intervalFigure } from "./interval-figure";
export { type LexisFigureOptions, lexisFigure } from "./lexis-figure";
export { type LogMinusLogFigureOptions, logMinusLogFigure } from "./log-minus-log-figure";
export { type OverlapFigureOptions, type OverlapRow, overlapFigure } from "./overlap-figure";
export { type PermutationFigureOptions, permutationFigure } from "./permutation-figure";
export type { Json, Layout, Trace } from "./plotly";
export { type PredictionFigureOptions, predictionFigure } from "./prediction-figure";
export { type PriorNeededFigureOptions, type PriorNeededRow, priorNeededFigure } from "./prior-needed-figure";
export { type RiskTable, riskTable } from "./risk-table";
export { type SeriesFigureOptions, type SeriesMark, seriesFigure } from "./series-figure";
export type { SeriesKind, SeriesLine } from "./series-lines";
export { type ShareFigureOptions, type ShareLine, shareFigure } from "./share-figure";
export { type SpecificationCurveOptions, specificationCurveFigure } from "./specification-curve-figure";
export { type SurvivalFigureOptions, survivalFigure } from "./survival-figure";
export type { BandPoint } from "./traces";
