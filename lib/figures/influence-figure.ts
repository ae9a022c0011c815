import type { Sourced } from "../data/provenance";
import { exp, log } from "../statistics/elementary";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { groupMark } from "./drift-dots";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber, listing } from "./label";
import type { Annotation, ScatterTrace } from "./plotly";
import { ratioTicks } from "./ratio-ticks";
import { spread } from "./spread";
import { GRID, INK, seriesStyle, TEXT } from "./theme";

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

export interface InfluenceFigureOptions {
  /** What the model was fitted to; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** The hazard ratio of all rows. */
  readonly ratio: number;
  /** Title of the horizontal axis, with the unit. */
  readonly valueLabel: string;
  /** How many of the named rows that matter most have their name printed; 5 unless told. */
  readonly names?: number;
}

const HEIGHT = 340;
const LABEL = 17;

/**
 * The hazard ratio that would be left without each row, one mark a row, around the ratio of all rows: it shows who
 * carries an estimate. Names stand only where they are given; the others are anonymous marks.
 *
 * @param points one a row
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws RangeError where there is no point, or a ratio is not a positive number
 * @example
 * influenceFigure(
 *   influence(fit).map(({ row, dfbeta }) => ({
 *     x: time[row], ratio: Math.exp(b - dfbeta[0]), group: "women", name: null,
 *   })),
 *   { data: group, title: "Who carries the estimate?", ratio: Math.exp(b), valueLabel: "Months since arrest" },
 * );
 */
export function influenceFigure(points: readonly InfluencePoint[], options: InfluenceFigureOptions): Figure {
  if (points.length === 0) throw new RangeError("influence figure: needs at least one point; got none");
  for (const [i, { ratio }] of points.entries()) {
    if (!(ratio > 0 && ratio < Infinity)) {
      throw new RangeError(
        `influence figure: point ${i + 1} has the ratio ${ratio}; a number above 0 is needed`,
      );
    }
  }
  const groups = [...new Set(points.map(({ group }) => group))];
  const logs = [...points.map(({ ratio }) => log(ratio)), log(options.ratio)];
  const [lowest, highest] = [Math.min(...logs), Math.max(...logs)];
  const room = 0.14 * (highest - lowest) || 0.1;
  const [low, high] = [lowest - room, highest + room];
  const ticks = ratioTicks(low, high);
  const end = Math.max(...points.map(({ x }) => x));
  const far = farthest(points, options);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      ...groups.map((group, index) => `${groupMark(index).shown} ${group}`),
      `dashed: all rows, ${formatNumber(options.ratio, 2)}`,
    ],
    source: options.data,
    data: groups.map((group, index) => marks(points, group, index)),
    above: 26,
    layout: {
      height: HEIGHT + 56,
      margin: { l: 14, r: 16, b: 56 },
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        range: [-0.03 * end, 1.04 * end],
        showgrid: false,
        nticks: 7,
      },
      yaxis: {
        ...verticalAxis(),
        range: [low, high],
        tickmode: "array",
        tickvals: ticks.at,
        ticktext: ticks.text,
        gridcolor: GRID,
      },
      shapes: [
        {
          type: "line",
          name: "all rows",
          x0: 0,
          x1: 1,
          y0: log(options.ratio),
          y1: log(options.ratio),
          xref: "paper",
          yref: "y",
          line: { color: INK, width: 1.25, dash: "dash" },
          layer: "below",
        },
      ],
      annotations: [
        ...names(far, groups, low, high, end, options.ratio),
        verticalTitle("Hazard ratio without her"),
      ],
    },
    alt:
      `${options.title}. The hazard ratio without each of ${points.length} rows, against ${options.valueLabel}; all rows ` +
      `together give ${formatNumber(options.ratio, 2)}. It runs from ${formatNumber(exp(lowest), 2)} to ` +
      `${formatNumber(exp(highest), 2)}. ` +
      (far.length === 0
        ? "No row has a name."
        : `Of the named rows these matter most: ${listing(far.map(({ name, ratio }) => `${name} (${formatNumber(ratio, 2)} without her)`))}.`),
  });
}

/** The named rows that move the ratio most. */
function farthest(points: readonly InfluencePoint[], options: InfluenceFigureOptions): InfluencePoint[] {
  const distance = ({ ratio }: InfluencePoint): number => Math.abs(log(ratio / options.ratio));
  return points
    .filter(({ name }) => name !== null)
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, options.names ?? 5);
}

function marks(points: readonly InfluencePoint[], group: string, index: number): ScatterTrace {
  const own = points.filter((point) => point.group === group);
  const { symbol, series } = groupMark(index);
  const { color } = seriesStyle(series);
  return {
    type: "scatter",
    mode: "markers",
    name: escapeLabel(group),
    x: own.map(({ x }) => x),
    y: own.map(({ ratio }) => log(ratio)),
    marker: { symbol, size: 8, color, line: { color, width: 1.5 } },
    hoverinfo: "text",
    hovertext: own.map(({ x, ratio, name }) => {
      const who = name === null ? "" : `<b>${escapeLabel(name)}</b><br>`;
      return `${who}${escapeLabel(group)}, ${formatNumber(x, 1)}<br>without her ${formatNumber(ratio, 3)}`;
    }),
    cliponaxis: false,
    showlegend: false,
  };
}

/** Names beside their marks, on the side that has room, moved apart where marks are close. */
function names(
  far: readonly InfluencePoint[],
  groups: readonly string[],
  low: number,
  high: number,
  end: number,
  all: number,
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
    return {
      name: "name",
      text: escapeLabel(name ?? ""),
      x,
      y: log(ratio),
      xref: "x",
      yref: "y",
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1,
      arrowcolor: seriesStyle(groupMark(groups.indexOf(group)).series).color,
      ax: right ? 22 : -22,
      ay: Math.round((centres[k] ?? 0) - place(ratio)),
      standoff: 5,
      xanchor: right ? "left" : "right",
      yanchor: "middle",
      borderpad: 1,
      font: { size: TEXT.small, color: seriesStyle(groupMark(groups.indexOf(group)).series).ink },
    };
  });
}
