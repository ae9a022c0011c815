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
export { fitHeader, PAGE_WIDTH } from "./header";
export { isList, isRecord, type Json } from "./plotly";
