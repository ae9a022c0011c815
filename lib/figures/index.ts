/** Figures as plain Plotly values. Printing and showing them is lib/notebook's part. */
export { composeFigure, type Figure, type FigureParts, withProvenance } from "./figure";
export type { Json, Layout, Trace } from "./plotly";
export { type RiskTable, riskTable } from "./risk-table";
export { type SurvivalFigureOptions, survivalFigure } from "./survival-figure";
