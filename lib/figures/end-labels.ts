import type { StepCurve } from "./curve";
import { escapeLabel, widest, wrap } from "./label";
import type { Annotation, Shape } from "./plotly";
import { spread } from "./spread";
import { seriesStyle, TEXT } from "./theme";
import { tiedLabel } from "./tied-label";

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
