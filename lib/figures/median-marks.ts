import type { StepCurve } from "./curve";
import { formatNumber } from "./label";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { seriesStyle, TEXT } from "./theme";

export interface MedianMarks {
  readonly traces: readonly ScatterTrace[];
  readonly shapes: readonly Shape[];
  readonly annotations: readonly Annotation[];
}

const LINE = 17; // pixels

/**
 * The median of each curve that reaches one half: a diamond where the curve crosses it, a line down to the
 * axis and the number beside it. Each number has a height of its own, in the order of the medians, so that
 * close ones stay readable.
 */
export function medianMarks(curves: readonly StepCurve[], end: number): MedianMarks {
  const reached = curves
    .flatMap((curve, index) => {
      const median = curve.median;
      return median === null ? [] : [{ median, index, style: seriesStyle(index) }];
    })
    .sort((a, b) => a.median - b.median || a.index - b.index);
  const levels = reached.filter(({ median }) => median <= 0.75 * end).length;
  return {
    traces: reached.map(({ median, style }) => ({
      type: "scatter",
      mode: "markers",
      name: "Median",
      x: [median],
      y: [0.5],
      marker: { symbol: "diamond", size: 8, color: style.color, line: { color: "#ffffff", width: 1 } },
      hoverinfo: "text",
      hovertext: [`Median ${formatNumber(median, 1)}`],
      showlegend: false,
    })),
    shapes: reached.map(({ median, style }) => ({
      type: "line",
      name: "median",
      x0: median,
      x1: median,
      y0: -0.02,
      y1: 0.5,
      xref: "x",
      yref: "y",
      layer: "below",
      line: { color: style.color, width: 1, dash: "dot" },
    })),
    // Beside the diamond, on the side of the curve where it cannot run: above to the right, below to the
    // left.
    annotations: reached.map(({ median, style }, slot) => {
      const right = median <= 0.75 * end;
      const rise = 4 + (right ? levels - 1 - slot : slot - levels) * LINE;
      return {
        name: "median",
        text: `median ${formatNumber(median, 1)}`,
        x: median,
        y: 0.5,
        xref: "x",
        yref: "y",
        xanchor: right ? "left" : "right",
        yanchor: right ? "bottom" : "top",
        xshift: right ? 4 : -4,
        yshift: right ? rise : -rise,
        showarrow: false,
        font: { size: TEXT.small, color: style.ink },
        bgcolor: "rgba(255,255,255,0.75)",
        borderpad: 1,
      };
    }),
  };
}
