import { InvalidInputError } from "../statistics";
import { largest, smallest } from "../statistics/inner";
import { type InterruptedFit, interventionTerms } from "../time-series";
import { verticalAxis, verticalTitle } from "./axes";
import { needDistinct, needFields, needNumbers, needOptions, needSome } from "./checks";
import { type Cell, dataTable, rounded } from "./data-table";
import { dateAxis, dayText } from "./days";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, formatPercent, listing } from "./label";
import { EVENT, horizontalRule, labelAbove, verticalRule, ZERO } from "./marks";
import type { Annotation, FigureTable } from "./plotly";
import { lineStyle, lineTraces, type SeriesLine } from "./series-lines";

/** A day that is marked by a vertical line. */
export interface SeriesMark {
  readonly date: string;
  /** None draws the line only, for several that lie close together. */
  readonly label?: string;
}

/** Options of {@link seriesFigure}. */
export interface SeriesFigureOptions extends FigureOptions {
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

const HEIGHT = 280; // pixels

/**
 * Values over time, with days marked, a model's line with its band, what would have been expected, and values that are
 * only bounds: for any series, of attention or of anything else.
 *
 * @param lines at least one, in the order in which they are drawn; labels of other lines than those of the kind
 *   "background" differ
 * @returns a plain Plotly figure, 360 pixels wide or more
 * @throws InvalidInputError where there is no line or no value in the time that is drawn, labels repeat, or a line's parts differ
 *   in length (naming the line)
 * @example
 * seriesFigure([{ label: "stories", kind: "observed", dates, values }], {
 *   data: attention, title: "Coverage by day", valueLabel: "Stories", marks: [{ date: "2015-09-01", label: "Launch" }],
 * })
 */
export function seriesFigure(lines: readonly SeriesLine[], options: SeriesFigureOptions): Figure {
  needFields("seriesFigure", options, ["valueLabel", "unit", "marks", "from", "to", "level"]);
  return drawSeries("seriesFigure", lines, options);
}

/** {@link seriesFigure} for the function `figure`, which errors name. */
function drawSeries(figure: string, lines: readonly SeriesLine[], options: SeriesFigureOptions): Figure {
  checkLines(figure, lines);
  needOptions(figure, options);
  const { from = "", to = "9999", level } = options;
  const drawn = lines.map((line) => between(line, from, to)).filter(({ dates }) => dates.length > 0);
  const dates = drawn.flatMap((line) => [line.dates[0], line.dates[line.dates.length - 1]]).sort();
  if (dates.length === 0) throw new InvalidInputError(`${figure}: no line has a value from ${from} to ${to}`, "lines");
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const marks = (options.marks ?? []).filter(({ date }) => date >= first.slice(0, 10) && date <= last.slice(0, 10));
  const styles = drawn.map((line, i) =>
    lineStyle(line.kind, drawn.slice(0, i).filter(({ kind }) => kind === line.kind).length),
  );
  const hasBounds = drawn.some(({ below }) => below?.includes(true) === true);
  return composeFigure(figure, options, {
    finding: seriesFinding(drawn, options),
    notes: [
      ...keyOf(
        drawn,
        styles.map(({ glyph }) => glyph),
      ),
      ...(hasBounds ? ["▽ below what is shown"] : []),
    ],
    data: drawn.flatMap((line, i) => lineTraces(line, styles[i], options.unit ?? "")),
    table: seriesTable(drawn, options.valueLabel),
    size: {
      above: marks.some(({ label }) => label !== undefined) ? 44 : 26,
      plot: HEIGHT,
      below: 48,
      left: 44,
      right: 20,
    },
    layout: {
      xaxis: dateAxis(first, last),
      yaxis: { ...verticalAxis(), range: range(drawn, level) },
      shapes: [
        ...marks.map(({ date }) => verticalRule(date, "mark", EVENT)),
        ...(level === undefined ? [] : [horizontalRule(level, "level", ZERO, "below")]),
      ],
      annotations: [verticalTitle(options.valueLabel), ...marks.flatMap((mark) => markLabel(mark, first, last))],
    },
    alt: altOf(drawn, options, marks),
  });
}

/** A row a value, and whether it is only a bound where one is; a row a date where a line has a band. */
function seriesTable(lines: readonly SeriesLine[], valueLabel: string): FigureTable | undefined {
  if (lines.some(({ lower }) => lower !== undefined)) return bandTable(lines, valueLabel);
  const hasBounds = lines.some(({ below }) => below?.includes(true) === true);
  return dataTable(
    lines.flatMap((line) => line.dates.map((date, i) => ({ line, date, i }))),
    {
      Series: ({ line }) => line.label,
      Date: ({ date }) => date,
      [valueLabel]: ({ line, i }) => rounded(line.values[i]),
      ...(hasBounds && { "below what is shown": ({ line, i }) => line.below?.[i] === true }),
    },
  );
}

/** Dates of a table of lines with a band: without it, the band's edges would be rows. */
const MOST_DATES = 2000;

/** A row a date: what each line has on it, with its limits. */
function bandTable(lines: readonly SeriesLine[], valueLabel: string): FigureTable | undefined {
  const at = lines.map(({ dates }) => new Map(dates.map((date, i) => [date, i])));
  const columns = lines.flatMap((line, k): [string, Cell<string>][] => {
    const column =
      (values: readonly number[] | undefined): Cell<string> =>
      (date) => {
        const i = at[k].get(date);
        return values === undefined || i === undefined ? null : rounded(values[i]);
      };
    const value: [string, Cell<string>] = [`${line.label} (${valueLabel})`, column(line.values)];
    const limits: [string, Cell<string>][] = [
      [`${line.label}, lower limit`, column(line.lower)],
      [`${line.label}, upper limit`, column(line.upper)],
    ];
    const bounds: [string, Cell<string>][] = [
      [`${line.label}: below what is shown`, (date) => line.below?.[at[k].get(date) ?? -1] === true],
    ];
    const hasBounds = line.below?.includes(true) === true;
    return [value, ...(line.lower === undefined ? [] : limits), ...(hasBounds ? bounds : [])];
  });
  const dates = [...new Set(lines.flatMap((line) => line.dates))].sort();
  return dataTable(dates, { Date: (date) => date, ...Object.fromEntries(columns) }, MOST_DATES);
}

/** The signs of the lines with their names; lines of the background share one. */
function keyOf(lines: readonly SeriesLine[], glyphs: readonly string[]): string[] {
  const background = lines.findIndex(({ kind }) => kind === "background");
  return lines.flatMap(({ kind, label, lower }, i) =>
    kind === "background" && i > background
      ? []
      : [`${glyphs[i]} ${label}${lower === undefined ? "" : " with interval"}`],
  );
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
    const all = kind === "fitted" && lines.some((line) => line.kind === "observed") ? [values] : [values, lower, upper];
    for (const value of all.flatMap((column) => column ?? [])) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = 0.06 * (high - low) || Math.abs(high) || 1;
  return [low >= 0 ? -0.02 * (high + margin) : low - margin, high + margin];
}

function markLabel({ date, label }: SeriesMark, first: string, last: string): Annotation[] {
  if (label === undefined) return [];
  const share = (Date.parse(date) - Date.parse(first)) / Math.max(1, Date.parse(last) - Date.parse(first));
  const xanchor = share < 0.25 ? "left" : share > 0.75 ? "right" : "center";
  return [labelAbove(date, escapeLabel(label), 22, { name: "mark", xanchor })];
}

function altOf(lines: readonly SeriesLine[], options: SeriesFigureOptions, marks: readonly SeriesMark[]): string {
  const background = lines.filter(({ kind }) => kind === "background");
  const sentences = lines
    .filter(({ kind }) => kind !== "background")
    .map(({ label, dates, values, below }) => {
      const top = values.indexOf(largest(values));
      const bounds = below?.filter((one) => one).length ?? 0;
      return (
        `${label}: ${values.length} values from ${dayText(dates[0])} to ${dayText(dates[dates.length - 1])}, ` +
        `highest ${formatNumber(values[top], 4)} on ${dayText(dates[top])}, lowest ${formatNumber(smallest(values), 4)}, ` +
        `last ${formatNumber(values[values.length - 1], 4)}${bounds === 0 ? "" : `; ${bounds} values below what is shown`}.`
      );
    });
  const named = marks.map(({ date, label }) => `${label === undefined ? "" : `${label}, `}${dayText(date)}`);
  return [
    `Lines over time; vertical axis: ${options.valueLabel}.`,
    ...sentences,
    ...(background.length === 0 ? [] : [`In the background ${background.length} lines for comparison.`]),
    ...(named.length === 0 ? [] : [`Marked: ${listing(named)}.`]),
  ].join(" ");
}

/** When the first line was highest, and how high. */
function seriesFinding(lines: readonly SeriesLine[], { valueLabel }: SeriesFigureOptions): string {
  const { label, dates, values } = lines.find(({ kind }) => kind !== "background") ?? lines[0];
  const top = values.indexOf(largest(values));
  const number = formatNumber(Number(values[top].toPrecision(3)), 3);
  return `${valueLabel}: ${lines.length === 1 ? "" : `${label} `}highest on ${dayText(dates[top])}, at ${number}`;
}

function checkLines(figure: string, lines: readonly SeriesLine[]): void {
  needSome(figure, "lines", "line", lines);
  const front = lines.filter(({ kind }) => kind !== "background").map(({ label }) => label);
  needDistinct(figure, "lines", "lines", front);
  for (const [i, line] of lines.entries()) {
    const { label, dates, values, lower = values, upper = values, below = values } = line;
    const lengths = [values, lower, upper, below].map(({ length }) => length);
    if (lengths.every((length) => length === dates.length)) continue;
    const found = `"${label}" has ${dates.length} dates and ${lengths.join(", ")} values, limits and marks`;
    throw new InvalidInputError(`${figure}: ${found}; as many of each are needed`, "lines", i);
  }
  needNumbers(
    figure,
    "lines",
    lines.map(({ values, lower, upper }) => ({ values, lower, upper })),
  );
}

/** Options of {@link interruptedFigure}: as for seriesFigure, with what the fit knows filled in. */
export interface InterruptedFigureOptions extends Partial<Omit<SeriesFigureOptions, "marks">> {
  /** What the intervention is called at its line; "Launch" unless told. */
  readonly interventionLabel?: string;
}

/**
 * An interrupted time series as one sees it: what was counted, the fitted line with its band, and the line that the model
 * would have continued without the intervention.
 *
 * @param fit of interruptedTimeSeries()
 * @returns a plain Plotly figure, 360 pixels wide or more
 * @example interruptedFigure(interruptedTimeSeries(series, { intervention: "2015-09-01" }), { title: "Coverage" })
 */
export function interruptedFigure(fit: InterruptedFit, options: InterruptedFigureOptions): Figure {
  needFields("interruptedFigure", { data: fit.series, ...options }, [
    "interventionLabel",
    "valueLabel",
    "unit",
    "from",
    "to",
    "level",
  ]);
  const { series, index, lower, upper, counterfactual, intervention, confidence } = fit;
  const { interventionLabel = "Launch", ...rest } = options;
  const { dates } = series;
  needNumbers("interruptedFigure", "fit", { confidence });
  return drawSeries(
    "interruptedFigure",
    [
      { label: "as counted", kind: "observed", dates, values: series.values, below: series.below },
      { label: "model", kind: "fitted", dates, values: fit.fit.fitted, lower, upper, breaks: [dates[index]] },
      {
        label: "model without the intervention",
        kind: "expected",
        dates: dates.slice(index),
        values: counterfactual.slice(index),
      },
    ],
    {
      data: series,
      valueLabel: series.unit,
      unit: "",
      subtitle: `by ${series.period}, ${formatPercent(confidence)} band`,
      marks: [{ date: intervention, label: interventionLabel }],
      title: interruptedFinding(fit, interventionLabel),
      ...rest,
    },
  );
}

/** What stays after the intervention, with its limits; and what passes, where the model has a pulse. */
function interruptedFinding(fit: InterruptedFit, intervention: string): string {
  const terms = interventionTerms(fit);
  const level = terms.find(({ term }) => term === "level");
  const pulse = terms.find(({ term }) => term === "pulse");
  const limits = (row: typeof level): string =>
    row === undefined
      ? "not estimated"
      : `${formatNumber(row.estimate, 1)} (${formatNumber(row.lower, 1)} to ${formatNumber(row.upper, 1)})`;
  if (pulse === undefined) return `${intervention}: the level changes by ${limits(level)}`;
  const half =
    fit.halfLife === null
      ? ""
      : `, half of it gone after ${formatNumber(fit.halfLife.estimate, 1)} ${fit.series.period.replace(/s$/, "")}s`;
  return `${intervention}: a pulse of ${limits(pulse)}${half}; what stays is ${limits(level)}`;
}
