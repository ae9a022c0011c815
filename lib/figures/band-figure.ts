import { InvalidInputError } from "../statistics";
import { lengthOf } from "../statistics/inner";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, formatPercent, listing } from "./label";
import { horizontalRule, labelAbove, REFERENCE, verticalRule } from "./marks";
import { MUTED } from "./theme";
import { tickTimes } from "./ticks";
import { type BandPoint, bandLine } from "./traces";

export interface BandFigureOptions extends FigureOptions {
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

const HEIGHT = 300; // pixels

/**
 * An estimate and its interval as a function of a choice that the analyst made, such as the time up to which a mean is
 * taken: it shows at a glance for which choices the interval leaves the reference out.
 *
 * @param points from left to right, at least two, lower ≤ estimate ≤ upper
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws InvalidInputError where there are fewer than two points, or they do not go from left to right
 * @example
 * bandFigure(taus.map((tau) => ({ x: tau, ...restrictedMeanDifference(a, b, tau) })), {
 *   data: group, title: "Months lost", choiceLabel: "tau, months", valueLabel: "Difference, months",
 * });
 */
export function bandFigure(points: readonly BandPoint[], options: BandFigureOptions): Figure {
  lengthOf("bandFigure", "points", points);
  needFields("bandFigure", options, ["choiceLabel", "valueLabel", "reference", "marks", "confidence"]);
  checkPoints(points);
  needOptions("bandFigure", options);
  const { reference = 0, marks = [] } = options;
  const level = formatPercent(options.confidence ?? 0.95, 1);
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const edge = 0.03 * (last - first);
  return composeFigure("bandFigure", options, {
    finding: bandFinding(points, options),
    notes: [`band: ${level} interval`],
    data: bandLine(points, "estimate", 0, inWords),
    table: dataTable(points, {
      [options.choiceLabel]: ({ x }) => x,
      [options.valueLabel]: ({ estimate }) => estimate,
      [`lower limit (${level})`]: ({ lower }) => lower,
      [`upper limit (${level})`]: ({ upper }) => upper,
    }),
    size: { above: marks.length > 0 ? 46 : 26, plot: HEIGHT, below: 56, right: 16 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.choiceLabel),
        range: [first - edge, last + edge],
        ...ticksAt(tickTimes(last).filter((x) => x >= first)),
        showgrid: false,
      },
      yaxis: verticalAxis(),
      shapes: [
        horizontalRule(reference, "reference", REFERENCE, "below"),
        ...marks.map(({ x, label }) => verticalRule(x, label, { ...REFERENCE, color: MUTED }, "below")),
      ],
      annotations: [
        verticalTitle(options.valueLabel, 24),
        ...marks.map(({ x, label }) => {
          const xanchor = x > first + 0.75 * (last - first) ? "right" : "center";
          return labelAbove(x, escapeLabel(label), 24, { name: "mark", xanchor });
        }),
      ],
    },
    alt: `${options.valueLabel} against ${options.choiceLabel}, with ${level} intervals: ${some(points).map(inWords).join("; ")}.`,
  });
}

const inWords = ({ x, estimate, lower, upper }: BandPoint): string =>
  `${formatNumber(x, 1)}: ${formatNumber(estimate, 2)} (${formatNumber(lower, 2)} to ${formatNumber(upper, 2)})`;

/** Some seven of the points. */
function some(points: readonly BandPoint[]): readonly BandPoint[] {
  const step = Math.max(1, Math.ceil(points.length / 7));
  return points.filter((_, k) => k % step === 0 || k === points.length - 1);
}

function checkPoints(points: readonly BandPoint[]): void {
  if (points.length < 2) {
    const found = `needs at least two points; got ${points.length}`;
    throw new InvalidInputError(`bandFigure: ${found}`, "points");
  }
  const numbers = points.map(({ x, estimate, lower, upper }) => ({ x, estimate, lower, upper }));
  needNumbers("bandFigure", "points", numbers);
  const back = points.findIndex(({ x }, i) => i > 0 && x <= points[i - 1].x);
  if (back < 0) return;
  const where = `point ${back + 1} is at ${points[back].x}, not to the right of the one before`;
  throw new InvalidInputError(`bandFigure: ${where}; order them by x`, "points", back);
}

/** The estimate at the marked places, or at the last one. */
function bandFinding(points: readonly BandPoint[], { marks = [], choiceLabel, valueLabel }: BandFigureOptions): string {
  const nearest = (x: number): BandPoint =>
    points.reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best));
  const last = points[points.length - 1];
  const said =
    marks.length === 0
      ? [`${formatNumber(last.estimate, 1)} at ${formatNumber(last.x, 1)} (${choiceLabel})`]
      : marks.map(({ x, label }) => `${formatNumber(nearest(x).estimate, 1)} at ${label}`);
  return `${valueLabel}: ${listing(said)}`;
}
