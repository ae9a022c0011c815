import type { Annotation, MarkerSymbol, Position, ScatterTrace, Shape } from "./plotly";
import { seriesStyle, TEXT } from "./theme";

/**
 * A label to the right of the plot in the colours of a series, tied to the end of its line by a thin line.
 *
 * @param y where the line ends
 * @param tie how far right of and below that place the label stands, in pixels
 */
export function tiedLabel(
  name: string,
  text: string,
  series: number,
  y: number,
  tie: { readonly right: number; readonly down: number },
): Annotation {
  const { color, ink } = seriesStyle(series);
  return {
    name,
    text,
    x: 1,
    y,
    xref: "paper",
    yref: "y",
    showarrow: true,
    arrowhead: 0,
    arrowwidth: 1,
    arrowcolor: color,
    ax: tie.right,
    ay: Math.round(tie.down),
    xanchor: "left",
    yanchor: "middle",
    font: { size: TEXT.small, color: ink },
  };
}

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

/** An estimate with its limits at places on the horizontal axis, from left to right. */
export interface BandPoint {
  readonly x: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A line with the band of its limits below it; what hovering says of a point is `say`'s part. */
export function bandLine(
  points: readonly BandPoint[],
  name: string,
  series: number,
  say: (point: BandPoint) => string,
): ScatterTrace[] {
  const style = seriesStyle(series);
  const back = [...points].reverse();
  return [
    {
      type: "scatter",
      mode: "lines",
      name: `${name}: limits`,
      x: [...points.map(({ x }) => x), ...back.map(({ x }) => x)],
      y: [...points.map(({ upper }) => upper), ...back.map(({ lower }) => lower)],
      fill: "toself",
      fillcolor: style.tint,
      line: { color: style.color, width: 0.75, dash: "dot" },
      hoverinfo: "skip",
      showlegend: false,
    },
    {
      type: "scatter",
      mode: "lines",
      name,
      x: points.map(({ x }) => x),
      y: points.map(({ estimate }) => estimate),
      line: { color: style.color, width: 2.5, dash: style.dash },
      hoverinfo: "text",
      hovertext: points.map(say),
      showlegend: false,
    },
  ];
}

const MARKS: readonly { readonly symbol: MarkerSymbol; readonly shown: string; readonly series: number }[] = [
  { symbol: "circle-open", shown: "○", series: 0 },
  { symbol: "diamond", shown: "◆", series: 1 },
  { symbol: "square-open", shown: "□", series: 2 },
  { symbol: "cross-open", shown: "✛", series: 3 },
];

/** The mark of the group in place `index`. */
export function groupMark(index: number) {
  return MARKS[index % MARKS.length];
}
