import { dayText } from "./days";
import { escapeLabel, formatNumber } from "./label";
import type { Dash, ScatterTrace } from "./plotly";
import { HELD, POSSIBLY, type SeriesStyle, seriesStyle } from "./theme";
import { area, dots } from "./traces";

/** What a line of {@link seriesFigure} is, which decides how it is drawn. */
export type SeriesKind =
  /** As counted: a thin grey line. */
  | "observed"
  /** A model's line: thick, with a band where there are limits. */
  | "fitted"
  /** What would have been expected: dashed. */
  | "expected"
  /** One of many that are there for comparison: pale. */
  | "background"
  /** Single values, as dots. */
  | "points";

/** One line of {@link seriesFigure}. */
export interface SeriesLine {
  readonly label: string;
  readonly kind: SeriesKind;
  /** Days, or moments, in order. */
  readonly dates: readonly string[];
  readonly values: readonly number[];
  /** Limits of a band, for fitted lines. */
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  /** Which values are bounds, below what the service shows; they get a hollow triangle. */
  readonly below?: readonly boolean[];
  /** Dates at which the line starts anew, such as the intervention. */
  readonly breaks?: readonly string[];
}

/** How a line is drawn, and the sign that stands for it in the key. */
interface LineStyle extends Pick<SeriesStyle, "color" | "tint"> {
  readonly dash: Dash;
  readonly width: number;
  readonly glyph: string;
}

const GLYPHS: Readonly<Record<Dash, string>> = {
  solid: "━",
  dash: "╍",
  dot: "┈",
  dashdot: "╍┈",
  longdash: "╍━",
  longdashdot: "━┈",
};

/** The style of a line, given how many of its kind stand before it. */
export function lineStyle(kind: SeriesKind, before: number): LineStyle {
  if (kind === "background") return { color: POSSIBLY, tint: POSSIBLY, dash: "solid", width: 1, glyph: "─" };
  if (kind === "observed" && before === 0) {
    return { color: HELD, tint: POSSIBLY, dash: "solid", width: 1.25, glyph: "─" };
  }
  const first = kind === "expected" ? 1 : kind === "points" ? 3 : kind === "observed" ? 1 : 0;
  const style = seriesStyle(first + (kind === "observed" ? before : 2 * before));
  const width = kind === "observed" ? 1.5 : 2.5;
  const glyph = kind === "points" ? "●" : GLYPHS[style.dash];
  return { color: style.color, tint: style.tint, dash: style.dash, width, glyph };
}

/** The traces of a line: its band, the line, and the marks of values that are bounds. */
export function lineTraces(line: SeriesLine, style: LineStyle, unit: string): ScatterTrace[] {
  const name = escapeLabel(line.label);
  const parts = runs(line);
  const text = (i: number): string => {
    const limits = limitsText(line, i);
    const value = line.below?.[i] === true ? "below what is shown, drawn at " : "";
    return `<b>${name}</b><br>${dateText(line.dates[i])}: ${value}${number(line.values[i])}${limits}${unit === "" ? "" : ` ${escapeLabel(unit)}`}`;
  };
  const below = line.dates.flatMap((_, i) => (line.below?.[i] === true ? [i] : []));
  return [
    ...parts.flatMap((part) => band(line, part, name, style)),
    {
      type: "scatter",
      mode: line.kind === "points" ? "markers" : "lines",
      name,
      ...joined(line, parts),
      line: { color: style.color, width: style.width, dash: style.dash },
      ...(line.kind === "points" ? { marker: { symbol: "circle" as const, size: 7, color: style.color } } : {}),
      hoverinfo: "text",
      hovertext: parts.flatMap((part, k) => [...(k === 0 ? [] : [""]), ...part.map(text)]),
      showlegend: false,
    },
    ...(below.length === 0 ? [] : [belowMarks(line, below, name, style, text)]),
  ];
}

function belowMarks(
  line: SeriesLine,
  below: readonly number[],
  name: string,
  { color }: LineStyle,
  text: (i: number) => string,
): ScatterTrace {
  return dots(
    `${name}: below what is shown`,
    below,
    { x: (i) => line.dates[i], y: (i) => line.values[i], text },
    { symbol: "triangle-down-open", size: 8, color, line: { color, width: 1.5 } },
  );
}

/** Indices of the stretches between breaks. */
function runs({ dates, breaks = [] }: SeriesLine): number[][] {
  const parts: number[][] = [];
  for (const [i, date] of dates.entries()) {
    if (i === 0 || breaks.includes(date)) parts.push([]);
    parts[parts.length - 1].push(i);
  }
  return parts;
}

/** Coordinates with a gap between stretches. */
function joined({ dates, values }: SeriesLine, parts: readonly (readonly number[])[]) {
  const x: (string | null)[] = [];
  const y: (number | null)[] = [];
  for (const [k, part] of parts.entries()) {
    if (k > 0) {
      x.push(null);
      y.push(null);
    }
    for (const i of part) {
      x.push(dates[i]);
      y.push(rounded(values[i]));
    }
  }
  return { x, y };
}

function band(line: SeriesLine, part: readonly number[], name: string, style: LineStyle): ScatterTrace[] {
  const { lower, upper, dates } = line;
  if (lower === undefined || upper === undefined || part.length < 2) return [];
  return [
    area(
      `${name}: interval`,
      part,
      { x: (i) => dates[i], first: (i) => rounded(upper[i]), second: (i) => rounded(lower[i]) },
      { fill: style.tint, line: { color: style.color, width: 0.5, dash: "solid" } },
    ),
  ];
}

/** Six digits are more than a screen shows, and half of what a double takes in a page. */
const rounded = (value: number): number => Number(value.toPrecision(6));

function number(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && size < 0.01 ? value.toPrecision(2).replace("-", "−") : formatNumber(value, size < 10 ? 2 : 1);
}

function limitsText({ lower, upper }: SeriesLine, i: number): string {
  return lower === undefined || upper === undefined ? "" : ` (${number(lower[i])} to ${number(upper[i])})`;
}

/** "1 Sep 2015", with the time where there is one. */
function dateText(date: string): string {
  return date.length > 10 ? `${dayText(date)}, ${date.slice(11)}` : dayText(date);
}
