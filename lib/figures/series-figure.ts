import type { Sourced } from "../files";
import { verticalAxis, verticalTitle } from "./axes";
import { dateAxis, dayText } from "./days";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber, listing, sentence } from "./label";
import { verticalLine } from "./marks";
import type { Annotation, Shape } from "./plotly";
import { lineStyle, lineTraces, type SeriesLine } from "./series-lines";
import { INK, TEXT } from "./theme";

/** A day that is marked by a vertical line. */
export interface SeriesMark {
  readonly date: string;
  /** None draws the line only, for several that lie close together. */
  readonly label?: string;
}

/** Options of {@link seriesFigure}. */
export interface SeriesFigureOptions {
  /** What the lines were computed from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the vertical axis. */
  readonly valueLabel: string;
  /** What stands behind a value when a reader points at it, such as "stories". */
  readonly unit?: string;
  readonly marks?: readonly SeriesMark[];
  /** First and last day to draw; all unless told. */
  readonly from?: string;
  readonly to?: string;
  /** A horizontal line, such as 0 for differences. */
  readonly level?: number;
}

const HEIGHT = 280;

/**
 * Values over time, with days marked, a model's line with its band, what would have been expected, and values that are
 * only bounds: for any series, of attention or of anything else.
 *
 * @param lines at least one, in the order in which they are drawn; labels of other lines than those of the kind
 *   "background" differ
 * @returns a plain Plotly figure, 360 pixels wide or more
 * @throws RangeError where there is no line or no value in the time that is drawn, labels repeat, or a line's parts differ
 *   in length (naming the line)
 * @example
 * seriesFigure([{ label: "stories", kind: "observed", dates, values }], {
 *   data: attention, title: "Coverage by day", valueLabel: "Stories", marks: [{ date: "2015-09-01", label: "Launch" }],
 * })
 */
export function seriesFigure(lines: readonly SeriesLine[], options: SeriesFigureOptions): Figure {
  check(lines);
  const { from = "", to = "9999" } = options;
  const drawn = lines.map((line) => between(line, from, to)).filter(({ dates }) => dates.length > 0);
  const dates = drawn.flatMap((line) => [line.dates[0], line.dates[line.dates.length - 1]]).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  if (first === undefined || last === undefined) {
    throw new RangeError(`series figure: no line has a value from ${from} to ${to}`);
  }
  const marks = (options.marks ?? []).filter(
    ({ date }) => date >= first.slice(0, 10) && date <= last.slice(0, 10),
  );
  const styles = drawn.map((line, i) =>
    lineStyle(line.kind, drawn.slice(0, i).filter(({ kind }) => kind === line.kind).length),
  );
  const key = drawn.flatMap((line, i) => {
    const again = line.kind === "background" && drawn.findIndex(({ kind }) => kind === "background") < i;
    return again
      ? []
      : [`${styles[i].glyph} ${line.label}${line.lower === undefined ? "" : " with interval"}`];
  });
  const hasBounds = drawn.some(({ below }) => below?.includes(true) === true);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      ...key,
      ...(hasBounds ? ["▽ below what is shown"] : []),
    ],
    source: options.data,
    data: drawn.flatMap((line, i) => lineTraces(line, styles[i], options.unit ?? "")),
    above: marks.some(({ label }) => label !== undefined) ? 44 : 26,
    layout: {
      height: HEIGHT + 48,
      margin: { l: 44, r: 20, b: 48 },
      xaxis: dateAxis(first, last),
      yaxis: { ...verticalAxis(), range: range(drawn, options.level) },
      shapes: [
        ...marks.map(({ date }) => vertical(date)),
        ...(options.level === undefined ? [] : [horizontal(options.level)]),
      ],
      annotations: [
        verticalTitle(options.valueLabel),
        ...marks.flatMap((mark) => markLabel(mark, first, last)),
      ],
    },
    alt: altOf(drawn, options, marks),
  });
}

function between(line: SeriesLine, from: string, to: string): SeriesLine {
  const kept = line.dates.flatMap((date, i) => (date >= from && date.slice(0, to.length) <= to ? [i] : []));
  const pick = <T>(values: readonly T[] | undefined): readonly T[] | undefined =>
    values === undefined ? undefined : kept.map((i) => values[i]);
  return {
    ...line,
    dates: kept.map((i) => line.dates[i]),
    values: kept.map((i) => line.values[i]),
    lower: pick(line.lower),
    upper: pick(line.upper),
    below: pick(line.below),
  };
}

/** From 0 where no value is negative, else with a margin on both sides. */
function range(lines: readonly SeriesLine[], level: number | undefined): [number, number] {
  let [low, high] = [level ?? Number.POSITIVE_INFINITY, level ?? Number.NEGATIVE_INFINITY];
  for (const { values, lower, upper, kind } of lines) {
    // A band may reach far beyond what was seen; it is cut off rather than that the data become flat.
    const all =
      kind === "fitted" && lines.some((line) => line.kind === "observed") ? [values] : [values, lower, upper];
    for (const value of all.flatMap((column) => column ?? [])) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = 0.06 * (high - low) || Math.abs(high) || 1;
  return [low >= 0 ? -0.02 * (high + margin) : low - margin, high + margin];
}

function vertical(date: string): Shape {
  return verticalLine(date, "mark", { color: INK, width: 1, dash: "longdash" });
}

function horizontal(level: number): Shape {
  const line = { color: INK, width: 1 };
  return {
    type: "line",
    name: "level",
    x0: 0,
    x1: 1,
    y0: level,
    y1: level,
    xref: "paper",
    yref: "y",
    line,
    layer: "below",
  };
}

function markLabel({ date, label }: SeriesMark, first: string, last: string): Annotation[] {
  if (label === undefined) return [];
  const share = (Date.parse(date) - Date.parse(first)) / Math.max(1, Date.parse(last) - Date.parse(first));
  return [
    {
      name: "mark",
      text: escapeLabel(label),
      x: date,
      y: 1,
      xref: "x",
      yref: "paper",
      xanchor: share < 0.25 ? "left" : share > 0.75 ? "right" : "center",
      yanchor: "bottom",
      yshift: 22,
      showarrow: false,
      font: { size: TEXT.small, color: INK },
    },
  ];
}

function altOf(
  lines: readonly SeriesLine[],
  options: SeriesFigureOptions,
  marks: readonly SeriesMark[],
): string {
  const background = lines.filter(({ kind }) => kind === "background");
  const sentences = lines
    .filter(({ kind }) => kind !== "background")
    .map(({ label, dates, values, below }) => {
      const top = values.indexOf(Math.max(...values));
      const bounds = below?.filter((one) => one).length ?? 0;
      return (
        `${label}: ${values.length} values from ${dayText(dates[0])} to ${dayText(dates[dates.length - 1])}, ` +
        `highest ${formatNumber(values[top], 4)} on ${dayText(dates[top])}, lowest ${formatNumber(Math.min(...values), 4)}, ` +
        `last ${formatNumber(values[values.length - 1], 4)}${bounds === 0 ? "" : `; ${bounds} values below what is shown`}.`
      );
    });
  const named = marks.map(({ date, label }) => `${label === undefined ? "" : `${label}, `}${dayText(date)}`);
  return [
    `${sentence(options.title)} Lines over time; vertical axis: ${options.valueLabel}.`,
    ...sentences,
    ...(background.length === 0 ? [] : [`In the background ${background.length} lines for comparison.`]),
    ...(named.length === 0 ? [] : [`Marked: ${listing(named)}.`]),
  ].join(" ");
}

function check(lines: readonly SeriesLine[]): void {
  if (lines.length === 0) throw new RangeError("series figure: needs at least one line; got none");
  const front = lines.filter(({ kind }) => kind !== "background").map(({ label }) => label);
  const twice = front.find((label, i) => front.indexOf(label) !== i);
  if (twice !== undefined) throw new RangeError(`series figure: two lines are labelled "${twice}"`);
  for (const { label, dates, values, lower = values, upper = values, below = values } of lines) {
    const lengths = [values, lower, upper, below].map(({ length }) => length);
    if (lengths.some((length) => length !== dates.length)) {
      throw new RangeError(
        `series figure: "${label}" has ${dates.length} dates and ${lengths.join(", ")} values, limits and marks; as many of each are needed`,
      );
    }
  }
}
