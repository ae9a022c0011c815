import type { ScatterTrace } from "./plotly";
import { seriesStyle } from "./theme";

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
