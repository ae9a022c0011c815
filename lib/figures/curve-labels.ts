import { largest } from "../statistics/inner";
import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, widest, wrap } from "./label";
import { bold, directLabels, EVENT, labelAbove, leader, segment } from "./marks";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { PAPER, TEXT } from "./theme";
import { dots } from "./traces";

const PLOT_HEIGHT = 320;
const LINE = 16;
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
 * line. Below the name stand details, such as how many had the event: numbers in the plot would hide other curves.
 */
export function endLabels(
  curves: readonly StepCurve[],
  details: (curve: StepCurve) => readonly string[],
  end: number,
): EndLabels {
  const blocks = curves.map((curve) => ({
    name: wrap(curve.label, WIDTH),
    detail: details(curve).flatMap((text) => wrap(text, WIDTH + 2)),
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

/** The median of a curve in words, for the label at its end. */
export function medianText({ median }: StepCurve): string {
  return median === null ? "median not reached" : `median ${formatNumber(median, 1)}`;
}

/**
 * The median of each curve that reaches one half: a diamond where the curve crosses it, and a line down to the axis. The
 * number stands in the label at the curve's end.
 */
export function medianMarks(
  curves: readonly StepCurve[],
  speaks = true,
): { readonly traces: readonly ScatterTrace[]; readonly shapes: readonly Shape[] } {
  const reached = curves
    .flatMap(({ median, style: { color } }, index) => (median === null ? [] : [{ median, index, color }]))
    .sort((a, b) => a.median - b.median || a.index - b.index);
  return {
    traces: reached.map(({ median, color }) =>
      dots(
        "Median",
        [median],
        {
          x: (time) => time,
          y: () => 0.5,
          ...(speaks && { text: (time: number) => `Median ${formatNumber(time, 1)}` }),
        },
        { symbol: "diamond", size: 8, color, line: { color: PAPER, width: 1 } },
        { showlegend: false },
      ),
    ),
    shapes: reached.map(({ median, color }) =>
      segment([median, -0.02], [median, 0.5], "median", { color, width: 1, dash: "dot" }, "below"),
    ),
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
