import { InvalidInputError } from "../statistics";
import { exp, log } from "../statistics/elementary";
import { largest, smallest } from "../statistics/inner";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, listing } from "./label";
import { bold, horizontalRule, tiedLabel } from "./marks";
import type { Annotation, ScatterTrace } from "./plotly";
import { spread } from "./spread";
import { INK, seriesStyle } from "./theme";
import { ratioTicks } from "./ticks";
import { dots, type GroupMark, groupMarks } from "./traces";

/** What an estimate would be without one row. */
export interface InfluencePoint {
  /** Where the row stands on the horizontal axis, such as the months that she was observed. */
  readonly x: number;
  /** The hazard ratio without the row, above 0. */
  readonly ratio: number;
  /** What the row's mark means, such as "featured, released". */
  readonly group: string;
  /** Printed beside the mark where it is one of the farthest; null for somebody who has no name here. */
  readonly name: string | null;
}

export interface InfluenceFigureOptions extends FigureOptions {
  /** The hazard ratio of all rows. */
  readonly ratio: number;
  /** Title of the horizontal axis, with the unit. */
  readonly valueLabel: string;
  /** How many of the named rows that matter most have their name printed; 5 unless told. */
  readonly names?: number;
}

const HEIGHT = 340; // pixels

const LABEL = 17;

/**
 * The hazard ratio that would be left without each row, one mark a row, around the ratio of all rows: it shows who
 * carries an estimate. Names stand only where they are given; the others are anonymous marks.
 *
 * @param points one a row
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws InvalidInputError where there is no point, or a ratio is not a positive number
 * @example
 * influenceFigure(
 *   influence(fit).map(({ row, dfbeta }) => ({
 *     x: time[row], ratio: Math.exp(b - dfbeta[0]), group: "women", name: null,
 *   })),
 *   { data: group, title: "Who carries the estimate?", ratio: Math.exp(b), valueLabel: "Months since arrest" },
 * );
 */
export function influenceFigure(points: readonly InfluencePoint[], options: InfluenceFigureOptions): Figure {
  needFields("influenceFigure", options, ["ratio", "valueLabel", "names"]);
  checkRatios(points, options.ratio);
  needOptions("influenceFigure", options);
  const groups = [...new Set(points.map(({ group }) => group))];
  const marks = new Map(groupMarks(groups).map((mark, index) => [groups[index], mark]));
  const logs = [...points.map(({ ratio }) => log(ratio)), log(options.ratio)];
  const [lowest, highest] = [smallest(logs), largest(logs)];
  const room = 0.14 * (highest - lowest) || 0.1;
  const [low, high] = [lowest - room, highest + room];
  const ticks = ratioTicks(low, high);
  const end = largest(points.map(({ x }) => x));
  const far = farthest(points, options);
  const all = { color: INK, width: 1.25, dash: "dash" } as const;
  return composeFigure("influenceFigure", options, {
    finding: influenceFinding(points, options.ratio),
    notes: [
      ...[...marks].map(([group, { shown }]) => `${shown} ${group}`),
      `dashed: all rows, ${formatNumber(options.ratio, 2)}`,
    ],
    data: [...marks].map(([group, mark]) => groupDots(points, group, mark)),
    table: dataTable(points, {
      Group: ({ group }) => group,
      Name: ({ name }) => name,
      [options.valueLabel]: ({ x }) => x,
      "Hazard ratio without the row": ({ ratio }) => ratio,
    }),
    size: { above: 26, plot: HEIGHT, below: 56, right: 16 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        range: [-0.03 * end, 1.04 * end],
        showgrid: false,
        nticks: 7,
      },
      yaxis: { ...verticalAxis(), range: [low, high], ...ticksAt(ticks.at, ticks.text) },
      shapes: [horizontalRule(log(options.ratio), "all rows", all, "below")],
      annotations: [
        ...names(far, marks, { low, high, end, all: options.ratio }),
        verticalTitle("Hazard ratio without her"),
      ],
    },
    alt:
      `The hazard ratio without each of ${points.length} rows, against ${options.valueLabel}; all rows ` +
      `together give ${formatNumber(options.ratio, 2)}. It runs from ${formatNumber(exp(lowest), 2)} to ` +
      `${formatNumber(exp(highest), 2)}. ` +
      (far.length === 0
        ? "No row has a name."
        : `Of the named rows these matter most: ${listing(far.map(({ name, ratio }) => `${name} (${formatNumber(ratio, 2)} without her)`))}.`),
  });
}

function checkRatios(points: readonly InfluencePoint[], all: number): void {
  needSome("influenceFigure", "points", "point", points);
  for (const [i, ratio] of [...points.map((point) => point.ratio), all].entries()) {
    if (ratio > 0 && ratio < Infinity) continue;
    const of = i < points.length ? `point ${i + 1} has the ratio ${ratio}` : `the ratio of all rows is ${ratio}`;
    throw new InvalidInputError(`influenceFigure: ${of}; a number above 0 is needed`, "points", i);
  }
  needNumbers(
    "influenceFigure",
    "points",
    points.map(({ x }) => ({ x })),
  );
}

/** The named rows that move the ratio most. */
function farthest(points: readonly InfluencePoint[], options: InfluenceFigureOptions): InfluencePoint[] {
  const distance = ({ ratio }: InfluencePoint): number => Math.abs(log(ratio / options.ratio));
  return points
    .filter(({ name }) => name !== null)
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, options.names ?? 5);
}

function groupDots(points: readonly InfluencePoint[], group: string, { symbol, series }: GroupMark): ScatterTrace {
  const { color } = seriesStyle(series);
  return dots(
    escapeLabel(group),
    points.filter((point) => point.group === group),
    {
      x: ({ x }) => x,
      y: ({ ratio }) => log(ratio),
      text: ({ x, ratio, name }) =>
        `${name === null ? "" : `${bold(name)}<br>`}${escapeLabel(group)}, ${formatNumber(x, 1)}<br>without her ${formatNumber(ratio, 3)}`,
    },
    { symbol, size: 8, color, line: { color, width: 1.5 } },
  );
}

/** Names beside their marks, on the side that has room, moved apart where marks are close. */
function names(
  far: readonly InfluencePoint[],
  marks: ReadonlyMap<string, GroupMark>,
  { low, high, end, all }: { low: number; high: number; end: number; all: number },
): Annotation[] {
  const place = (ratio: number): number => ((high - log(ratio)) / (high - low)) * HEIGHT;
  const centres = spread(
    // Off the mark's own height, away from the line where most marks are.
    far.map(({ ratio }) => ({ wanted: place(ratio) + (ratio > all ? -LABEL : LABEL), size: LABEL })),
    0,
    HEIGHT - 4,
  );
  return far.map(({ x, ratio, name, group }, k) => {
    const right = x < 0.5 * end;
    return tiedLabel(
      escapeLabel(name ?? ""),
      marks.get(group)?.series ?? 0,
      {
        name: "name",
        x,
        y: log(ratio),
        xref: "x",
        standoff: 5,
        xanchor: right ? "left" : "right",
        borderpad: 1,
      },
      { right: right ? 22 : -22, down: centres[k] - place(ratio) },
    );
  });
}

/** Who moves the ratio farthest, and to where. */
function influenceFinding(points: readonly InfluencePoint[], all: number): string {
  const distance = ({ ratio }: InfluencePoint): number => Math.abs(log(ratio / all));
  const far = points.reduce((best, point) => (distance(point) > distance(best) ? point : best));
  const who = far.name ?? `one of the ${far.group}`;
  return `Without ${who} the hazard ratio is ${formatNumber(far.ratio, 2)} instead of ${formatNumber(all, 2)}; nobody moves it farther`;
}
