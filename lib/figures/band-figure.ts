import type { Sourced } from "../files";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber, formatPercent } from "./label";
import { type BandPoint, bandLine } from "./marks";
import type { Shape } from "./plotly";
import { GRID, INK, MUTED, TEXT } from "./theme";
import { tickStep } from "./ticks";

export interface BandFigureOptions {
  /** What the estimates were computed from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis: what was chosen, with the unit. */
  readonly choiceLabel: string;
  /** Title of the vertical axis: what was estimated, with the unit. */
  readonly valueLabel: string;
  /** Where there is no difference; 0 unless told. */
  readonly reference?: number;
  /** Choices to be marked by a vertical line, with a short label. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** Coverage of the intervals, 0.95 unless told. */
  readonly confidence?: number;
}

const HEIGHT = 300;

/**
 * An estimate and its interval as a function of a choice that the analyst made, such as the time up to which a mean is
 * taken: it shows at a glance for which choices the interval leaves the reference out.
 *
 * @param points from left to right, at least two, lower ≤ estimate ≤ upper
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws RangeError where there are fewer than two points, or they do not go from left to right
 * @example
 * bandFigure(taus.map((tau) => ({ x: tau, ...restrictedMeanDifference(a, b, tau) })), {
 *   data: group, title: "Months lost", choiceLabel: "tau, months", valueLabel: "Difference, months",
 * });
 */
export function bandFigure(points: readonly BandPoint[], options: BandFigureOptions): Figure {
  if (points.length < 2) throw new RangeError(`band figure: needs at least two points; got ${points.length}`);
  const back = points.findIndex(({ x }, i) => i > 0 && x <= points[i - 1].x);
  if (back >= 0) {
    throw new RangeError(
      `band figure: point ${back + 1} is at ${points[back].x}, not to the right of the one before; order them by x`,
    );
  }
  const { reference = 0, marks = [] } = options;
  const level = formatPercent(options.confidence ?? 0.95, 1);
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const edge = 0.03 * (last - first);
  const every = tickStep(last);
  const ticks = Array.from({ length: Math.floor(last / every) + 1 }, (_, k) => k * every).filter(
    (x) => x >= first,
  );
  const say = ({ x, estimate, lower, upper }: BandPoint): string =>
    `${formatNumber(x, 1)}: ${formatNumber(estimate, 2)} (${formatNumber(lower, 2)} to ${formatNumber(upper, 2)})`;
  return composeFigure({
    title: options.title,
    notes: [...(options.subtitle === undefined ? [] : [options.subtitle]), `band: ${level} interval`],
    source: options.data,
    data: bandLine(points, "estimate", 0, say),
    above: marks.length > 0 ? 46 : 26,
    layout: {
      height: HEIGHT + 56,
      margin: { l: 14, r: 16, b: 56 },
      xaxis: {
        ...horizontalAxis(options.choiceLabel),
        range: [first - edge, last + edge],
        tickmode: "array",
        tickvals: ticks,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), gridcolor: GRID },
      shapes: [
        line("reference", { x0: 0, x1: 1, y0: reference, y1: reference, xref: "paper", yref: "y" }, INK),
        ...marks.map(({ x, label }) =>
          line(label, { x0: x, x1: x, y0: 0, y1: 1, xref: "x", yref: "paper" }, MUTED),
        ),
      ],
      annotations: [
        verticalTitle(options.valueLabel),
        ...marks.map(({ x, label }) => ({
          name: "mark",
          text: escapeLabel(label),
          x,
          y: 1,
          xref: "x" as const,
          yref: "paper" as const,
          xanchor: x > first + 0.75 * (last - first) ? ("right" as const) : ("center" as const),
          yanchor: "bottom" as const,
          yshift: 24,
          showarrow: false,
          font: { size: TEXT.small, color: INK },
        })),
      ],
    },
    alt: `${options.title}. ${options.valueLabel} against ${options.choiceLabel}, with ${level} intervals: ${inWords(points).map(say).join("; ")}.`,
  });
}

/** Some seven of the points. */
function inWords(points: readonly BandPoint[]): readonly BandPoint[] {
  const step = Math.max(1, Math.ceil(points.length / 7));
  return points.filter((_, k) => k % step === 0 || k === points.length - 1);
}

function line(
  name: string,
  place: Pick<Shape, "x0" | "x1" | "y0" | "y1" | "xref" | "yref">,
  color: string,
): Shape {
  return { type: "line", name, ...place, line: { color, width: 1, dash: "dash" }, layer: "below" };
}
