import { type Choice, type EstimatedResult, specificationText } from "../paper/multiverse";
import { levelOf, medianOf } from "../paper/multiverse/inner";
import { exp } from "../statistics/elementary";
import { escapeLabel, formatP } from "./label";
import { bold } from "./marks";
import type { ScatterTrace } from "./plotly";
import { BLACK, CAUTION, held, seriesStyle } from "./theme";
import { ratioText } from "./ticks";
import { area, dots, segments } from "./traces";

/*
 * The traces of a specification curve: intervals and estimates in the upper panel, shares of the choices in the lower.
 */

/** From so many specifications on their intervals are drawn as a band of so many columns. */
export const MANY = 300;
const BAND = 160;
/** Dots that end at the plot's edge, as those beyond it do. */
const CLIPPED = { showlegend: false };

/** A row of the lower panel. */
export interface CurveRow {
  readonly choice: Choice;
  /** Name of the level; null for the heading of the choice. */
  readonly level: string | null;
  readonly label: string;
}

/** A marked specification and its place on the curve. */
export interface Mark {
  readonly at: number;
  readonly result: EstimatedResult;
  readonly label: string;
}

const clip = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
/** More decimals than a screen shows, and few enough for a page with thousands of dots; all digits stand in the result. */
export const short = (value: number): number => Number(value.toFixed(3));
/** Ends of intervals: a pixel is three hundredths. */
const end = (value: number): number => Number(value.toFixed(2));

/** A line for each interval; where hundreds would touch, a band between the median limits of neighbours. */
export function intervals(sorted: readonly EstimatedResult[], low: number, high: number): ScatterTrace {
  const lower = sorted.map((result) => end(clip(result.lower, low, high)));
  const upper = sorted.map((result) => end(clip(result.upper, low, high)));
  const name = "95% intervals (log hazard ratio)";
  const line = { color: held(0.6) };
  if (sorted.length <= MANY) {
    const each = lower.map((from, at) => ({ x: [at, at] as const, y: [from, upper[at]] as const }));
    return segments(name, each, { ...line, width: 1 });
  }
  const columns = Array.from({ length: BAND }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.round((edge * sorted.length) / BAND));
    const middle = (values: readonly number[]): number =>
      end(medianOf(values.slice(from, to).sort((x, y) => x - y)) ?? 0);
    return { at: (from + to - 1) / 2, lower: middle(lower), upper: middle(upper) };
  });
  return area(
    `${name}, medians of neighbours`,
    columns,
    { x: ({ at }) => at, first: (column) => column.lower, second: (column) => column.upper },
    { fill: held(0.25), line: { ...line, width: 0.7 } },
  );
}

/** What a dot says: the ratio with its interval, p, and all choices. */
function textOf(choices: readonly Choice[], result: EstimatedResult): string {
  const words = escapeLabel(specificationText(choices, result.specification));
  const [ratio, lower, upper] = [result.estimate, result.lower, result.upper].map((value) => ratioText(exp(value)));
  return `${ratio} (${lower}–${upper}), ${formatP(result.pValue)}<br>${words}`;
}

export function estimates(
  choices: readonly Choice[],
  sorted: readonly EstimatedResult[],
  name: string,
  chosen: (result: EstimatedResult) => boolean,
  full: boolean,
): ScatterTrace {
  const { color } = seriesStyle(full ? 0 : 1);
  return dots(
    name,
    sorted.flatMap((result, at) => (chosen(result) ? [{ result, at }] : [])),
    {
      x: ({ at }) => at,
      y: ({ result }) => short(result.estimate),
      text: ({ result }) => textOf(choices, result),
    },
    // Where hundreds of dots touch, thick and thin still tell the two apart.
    { symbol: "circle", size: full ? 5.5 : 2.5, color, line: { color, width: 0 } },
    CLIPPED,
  );
}

export function diamonds(choices: readonly Choice[], marks: readonly Mark[], name: string): ScatterTrace {
  return dots(
    escapeLabel(name),
    marks,
    {
      x: ({ at }) => at,
      y: ({ result }) => short(result.estimate),
      text: ({ result, label }) => `${bold(label)} ${textOf(choices, result)}`,
    },
    { symbol: "diamond", size: 11, color: CAUTION, line: { color: BLACK, width: 1.5 } },
    CLIPPED,
  );
}

/** For each level of a choice and each column of neighbours a mark as high as the share that chose it. */
export function choiceMarks(
  choice: Choice,
  series: number,
  rows: readonly CurveRow[],
  sorted: readonly EstimatedResult[],
  columns: number,
): ScatterTrace {
  const n = sorted.length;
  const count = Math.min(columns, n);
  const marks = Array.from({ length: count }, (_, column) => {
    const [from, to] = [Math.round((column * n) / count), Math.round(((column + 1) * n) / count)];
    const neighbours = sorted.slice(from, to);
    return choice.levels.flatMap(({ name }) => {
      const own = neighbours.filter((result) => levelOf(choice, result.specification).name === name).length;
      if (own === 0) return [];
      const y = rows.findIndex((row) => row.choice === choice && row.level === name);
      return [{ x: (from + to - 1) / 2, y, share: own / neighbours.length, text: `${own} of ${neighbours.length}` }];
    });
  }).flat();
  const { color } = seriesStyle(series % 2 === 0 ? 0 : 2);
  return dots(
    escapeLabel(choice.label),
    marks,
    { x: ({ x }) => x, y: ({ y }) => y, text: ({ text }) => text },
    {
      symbol: "line-ns-open",
      // Of this symbol the size is about 0.7 of the height.
      size: marks.map(({ share }) => Number((1.5 + 8.5 * share).toFixed(1))),
      opacity: 1,
      color,
      line: { color, width: 1.8 },
    },
    { yaxis: "y2", ...CLIPPED },
  );
}
