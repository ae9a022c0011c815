import { largest } from "../statistics/inner";
import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, widest, wrap } from "./label";
import { bold, directLabels, EVENT, labelAbove, leader, segment, textAt } from "./marks";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { TEXT } from "./theme";
import { dots } from "./traces";

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
export function endLabels(curves: readonly StepCurve[], detail: (curve: StepCurve) => string, end: number): EndLabels {
  const blocks = curves.map((curve) => ({
    name: wrap(curve.label, WIDTH),
    detail: wrap(detail(curve), WIDTH + 2),
  }));
  const labels = blocks.map(({ name, detail: below }, i) => ({
    text: [...name.map(bold), ...below.map(escapeLabel)].join("<br>"),
    end: curves[i].last,
    style: curves[i].style,
    size: (name.length + below.length) * LINE + 6,
  }));
  const plotHeight = Math.max(
    PLOT_HEIGHT,
    labels.reduce((sum, { size }) => sum + size, 0),
  );
  // Pixels per unit of S; see the range of the vertical axis.
  const column = { top: 1, pixels: plotHeight / 1.06, from: -10, to: plotHeight - 10, right: TICK };
  return {
    plotHeight,
    annotations: directLabels(labels, column, { name: "curve-label", align: "left", borderpad: 2 }),
    shapes: curves.map((curve) => leader(curve.style, curve.end, 1.02 * end, curve.last)),
    margin:
      TICK +
      10 +
      largest(
        blocks.map(({ name, detail: below }) => Math.max(widest(name, TEXT.small, true), widest(below, TEXT.small))),
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
export function medianMarks(curves: readonly StepCurve[], end: number, speaks = true): MedianMarks {
  const reached = curves
    .flatMap((curve, index) => {
      const { median, style } = curve;
      return median === null ? [] : [{ median, index, style }];
    })
    .sort((a, b) => a.median - b.median || a.index - b.index);
  const levels = reached.filter(({ median }) => median <= 0.75 * end).length;
  return {
    traces: reached.map(({ median, style: { color } }) =>
      dots(
        "Median",
        [median],
        {
          x: (time) => time,
          y: () => 0.5,
          ...(speaks && { text: (time: number) => `Median ${formatNumber(time, 1)}` }),
        },
        { symbol: "diamond", size: 8, color, line: { color: "#ffffff", width: 1 } },
        { showlegend: false },
      ),
    ),
    shapes: reached.map(({ median, style: { color } }) =>
      segment([median, -0.02], [median, 0.5], "median", { color, width: 1, dash: "dot" }, "below"),
    ),
    // Beside the diamond, on the side of the curve where it cannot run: above to the right, below to the
    // left.
    annotations: reached.map(({ median, style }, slot) => {
      const right = median <= 0.75 * end;
      const rise = 4 + (right ? levels - 1 - slot : slot - levels) * MEDIAN_LINE;
      return textAt(`median ${formatNumber(median, 1)}`, {
        name: "median",
        x: median,
        y: 0.5,
        xref: "x",
        yref: "y",
        xanchor: right ? "left" : "right",
        yanchor: right ? "bottom" : "top",
        xshift: right ? 4 : -4,
        yshift: right ? rise : -rise,
        font: { size: TEXT.small, color: style.ink },
        bgcolor: "rgba(255,255,255,0.75)",
        borderpad: 1,
      });
    }),
  };
}

/** A vertical line at a time with its label above the plot, on the side that has more room. */
export function landmarkLine(
  { time, label }: { readonly time: number; readonly label: string },
  end: number,
): { shape: Shape; annotation: Annotation } {
  const xanchor = time <= 0.6 * end ? "left" : "right";
  return {
    shape: segment([time, -0.02], [time, 1.04], "landmark", EVENT),
    annotation: labelAbove(time, escapeLabel(label), 24, { name: "landmark", y: 1.04, yref: "y", xanchor }),
  };
}
