/** An inner door: what other rooms and the pages need of figures and no notebook does. */

export {
  type CurvePoint,
  type CurveTable,
  levelText,
  pointAt,
  readCurveTable,
  timeText,
  type Wording,
} from "./curve-table";
export { EDGE, fitHeader, headHtml, leftOfPlot, MARK, markAtEdge, PAGE_WIDTH, splitHeader } from "./header";
export { wrap } from "./label";
export { isList, isRecord, type Json, type Layout } from "./plotly";
