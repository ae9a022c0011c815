import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, widest, wrap } from "./label";
import { tiedLabel } from "./marks";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { spread } from "./spread";
import { INK, seriesStyle, TEXT } from "./theme";

const PLOT_HEIGHT = 320;
const LINE = 16;
const MEDIAN_LINE = 17;
const WIDTH = 16; // characters
const TICK = 12; // length of the line from the curve's end to its label, in pixels

export interface EndLabels {
  readonly annotations: readonly Annotation[];
  /** Dotted lines that lead from a curve that ends early to its label. */
  readonly shapes: readonly Shape[];
  /** Right margin in pixels that the labels need. */
  readonly margin: number;
  /** Height of the plot in pixels: more than usual where many labels have to stand beside it. */
  readonly plotHeight: number;
}

/**
 * A label to the right of each curve's end, in its colour, instead of a legend that one has to match line
 * by line. Labels of curves that end close together are moved apart and stay tied to their curve by a thin
 * line. Below the name stands a detail, such as how many had the event.
 */
export function endLabels(
  curves: readonly StepCurve[],
  detail: (curve: StepCurve) => string,
  end: number,
): EndLabels {
  const lines = curves.map((curve) => [
    ...wrap(curve.label, WIDTH).map((text) => ({ text, bold: true })),
    ...wrap(detail(curve), WIDTH + 2).map((text) => ({
      text,
      bold: false,
    })),
  ]);
  const sizes = lines.map((block) => block.length * LINE + 6);
  const plotHeight = Math.max(
    PLOT_HEIGHT,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const pixels = plotHeight / 1.06; // per unit of S; see the range of the vertical axis
  const centres = spread(
    curves.map((curve, index) => ({
      wanted: (1 - curve.last) * pixels,
      size: sizes[index] ?? LINE,
    })),
    -10,
    plotHeight - 10,
  );
  return {
    plotHeight,
    annotations: curves.map((curve, index) => {
      const text = (lines[index] ?? [])
        .map((line) => (line.bold ? `<b>${escapeLabel(line.text)}</b>` : escapeLabel(line.text)))
        .join("<br>");
      const tie = { right: TICK, down: (centres[index] ?? 0) - (1 - curve.last) * pixels };
      return { ...tiedLabel("curve-label", text, index, curve.last, tie), align: "left", borderpad: 2 };
    }),
    shapes: curves.map((curve, index) => ({
      type: "line",
      name: "curve-leader",
      x0: curve.end,
      x1: 1.02 * end,
      y0: curve.last,
      y1: curve.last,
      xref: "x",
      yref: "y",
      line: { color: seriesStyle(index).color, width: 1, dash: "dot" },
    })),
    margin:
      TICK +
      10 +
      Math.max(
        ...lines.map((block) => Math.max(...block.map((line) => widest([line.text], TEXT.small, line.bold)))),
      ),
  };
}

export interface MedianMarks {
  readonly traces: readonly ScatterTrace[];
  readonly shapes: readonly Shape[];
  readonly annotations: readonly Annotation[];
}

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
      const rise = 4 + (right ? levels - 1 - slot : slot - levels) * MEDIAN_LINE;
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

/** A vertical line at a time with its label above the plot, on the side that has more room. */
export function landmarkLine(
  landmark: { readonly time: number; readonly label: string },
  end: number,
): { shape: Shape; annotation: Annotation } {
  const right = landmark.time <= 0.6 * end;
  return {
    shape: {
      type: "line",
      name: "landmark",
      x0: landmark.time,
      x1: landmark.time,
      y0: -0.02,
      y1: 1.04,
      xref: "x",
      yref: "y",
      line: { color: INK, width: 1, dash: "longdash" },
    },
    annotation: {
      name: "landmark",
      text: escapeLabel(landmark.label),
      x: landmark.time,
      y: 1.04,
      xref: "x",
      yref: "y",
      xanchor: right ? "left" : "right",
      yanchor: "bottom",
      yshift: 24,
      showarrow: false,
      font: { size: TEXT.small, color: INK },
    },
  };
}
