import type { Position, Shape } from "./plotly";

/** A line over the whole height of the plot at a value of the horizontal axis: a launch, an observed value, no difference. */
export function verticalLine(at: Position, name: string, line: Shape["line"], layer?: Shape["layer"]): Shape {
  return {
    type: "line",
    name,
    x0: at,
    x1: at,
    y0: 0,
    y1: 1,
    xref: "x",
    yref: "paper",
    line,
    ...(layer === undefined ? {} : { layer }),
  };
}
