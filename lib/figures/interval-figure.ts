import { largest, smallest } from "../statistics/inner";
import { horizontalAxis, SECOND_AXIS, shareTicks } from "./axes";
import { needFields, needOptions, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { counted } from "./finding";
import { escapeLabel, formatFixed, wrap } from "./label";
import { bold, labelAbove, REFERENCE, rightRows, rowAxis, twoLines, verticalRule } from "./marks";
import type { ScatterTrace } from "./plotly";
import { GRID, PAPER, seriesStyle, TEXT } from "./theme";
import { dots, limits } from "./traces";

/** An estimate with its interval. */
export interface IntervalRow {
  readonly label: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface IntervalFigureOptions extends FigureOptions {
  /** Title of the horizontal axis, with the unit. */
  readonly valueLabel: string;
  /** Shares as percentages, on an axis from 0 to 100%. */
  readonly percent?: boolean;
  /** Decimals of the printed values; 0 for percentages, else 2. */
  readonly digits?: number;
  /** A value to compare with: a labelled vertical line. */
  readonly reference?: { readonly value: number; readonly label: string };
}

const LINE = 16;

/**
 * Estimates as dots with their intervals, one row each, with the numbers printed beside them: for a handful
 * of estimates that answer one question under different assumptions, such as the share released under each
 * coding.
 *
 * @param rows in the order from top to bottom; at least one, lower ≤ estimate ≤ upper
 * @throws InvalidInputError where there is no row, or an interval does not hold its estimate, naming the row
 *
 * @example
 * intervalFigure(
 *   codings().map((coding) => ({ label: coding.name, ...binomialInterval(coding.released, coding.of) })),
 *   { data: loadFreeThe20(), title: "Share released, by coding", valueLabel: "Released", percent: true },
 * );
 */
export function intervalFigure(rows: readonly IntervalRow[], options: IntervalFigureOptions): Figure {
  needFields("intervalFigure", options, ["valueLabel", "percent", "digits", "reference"]);
  const needed = "three finite numbers with lower ≤ estimate ≤ upper are";
  needRows("intervalFigure", rows, ({ label }) => label, intervalFault, needed);
  needOptions("intervalFigure", options);
  const { reference } = options;
  const texts = rows.map((row) => textOf(row, options));
  const labels = rows.map((row) => wrap(row.label, 24).map(escapeLabel));
  const lines = largest(
    labels.map((label) => label.length),
    2,
  );
  const marked = reference === undefined ? [] : [reference];
  return composeFigure("intervalFigure", options, {
    finding: intervalFinding(rows, texts, options),
    data: [intervalDots(rows, texts), SECOND_AXIS],
    table: dataTable(rows, {
      Label: ({ label }) => label,
      [`${options.valueLabel}${options.percent === true ? " (share)" : ""}`]: ({ estimate }) => estimate,
      "lower limit": ({ lower }) => lower,
      "upper limit": ({ upper }) => upper,
    }),
    size: { above: reference === undefined ? 0 : 22, plot: rows.length * (lines * LINE + 10), below: 56 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        ...(options.percent === true ? shareTicks() : { range: paddedRange(rows, reference?.value) }),
        gridcolor: GRID,
      },
      yaxis: rowAxis(labels.map((label) => label.join("<br>"))),
      yaxis2: rightRows(
        texts.map(({ estimate, interval }) =>
          interval === "" ? `<b>${estimate}</b>` : twoLines(`<b>${estimate}</b>`, interval, 11),
        ),
        { tickfont: { size: TEXT.body, color: seriesStyle(0).ink } },
      ),
      shapes: marked.map(({ value }) => verticalRule(value, "reference", REFERENCE, "below")),
      annotations: marked.map(({ value, label }) =>
        labelAbove(value, escapeLabel(label), 2, {
          name: "reference",
          xanchor: "center",
          font: { size: TEXT.small },
        }),
      ),
    },
    alt: `${options.valueLabel}, with intervals: ${rows.map(({ label }, i) => `${label}: ${texts[i].whole}`).join("; ")}.${reference === undefined ? "" : ` Reference line: ${reference.label}.`}`,
  });
}

interface IntervalText {
  readonly estimate: string;
  /** Empty where the interval is a point. */
  readonly interval: string;
  readonly whole: string;
}

function textOf({ estimate, lower, upper }: IntervalRow, options: IntervalFigureOptions): IntervalText {
  const { percent = false, digits = percent ? 0 : 2 } = options;
  const print = (value: number): string =>
    percent ? `${formatFixed(100 * value, digits)}%` : formatFixed(value, digits);
  const interval = lower === upper ? "" : `${print(lower)} to ${print(upper)}`;
  return { estimate: print(estimate), interval, whole: print(estimate) + (interval && ` (${interval})`) };
}

function intervalDots(rows: readonly IntervalRow[], texts: readonly IntervalText[]): ScatterTrace {
  const { color } = seriesStyle(0);
  return dots(
    null,
    rows,
    {
      x: ({ estimate }) => estimate,
      y: (_, i) => i,
      text: ({ label }, i) => `${bold(label)}<br>${texts[i].whole}`,
    },
    { symbol: "circle", size: 10, color, line: { color: PAPER, width: 1 } },
    { error_x: limits(rows, color, 2, 5), cliponaxis: false, showlegend: false },
  );
}

function intervalFault({ estimate, lower, upper }: IntervalRow): string | null {
  const holds = lower <= estimate && estimate <= upper && Number.isFinite(upper - lower);
  return holds ? null : `estimate ${estimate} and interval ${lower} to ${upper}`;
}

/** The range of all intervals and the reference with a margin of 5% at both ends. */
function paddedRange(rows: readonly IntervalRow[], reference: number | undefined): [number, number] {
  const values = [...rows.flatMap((row) => [row.lower, row.upper]), ...(reference === undefined ? [] : [reference])];
  const [low, high] = [smallest(values), largest(values)];
  const margin = 0.05 * (high - low) || 1;
  return [low - margin, high + margin];
}

/** How many intervals leave out the value to compare with; where there is none, or few rows have intervals, the extremes. */
function intervalFinding(
  rows: readonly IntervalRow[],
  texts: readonly IntervalText[],
  { reference, valueLabel }: IntervalFigureOptions,
): string {
  const wide = rows.filter(({ lower, upper }) => lower < upper);
  if (reference !== undefined && 2 * wide.length > rows.length) {
    const clear = wide.filter(({ lower, upper }) => lower > reference.value || upper < reference.value).length;
    return `${counted(clear, wide.length, "intervals", "leaves", "leave")} out “${reference.label}”`;
  }
  const at = (better: (one: number, best: number) => boolean): number =>
    rows.reduce((best, row, i) => (better(row.estimate, rows[best].estimate) ? i : best), 0);
  const [low, high] = [at((one, best) => one < best), at((one, best) => one > best)];
  if (low === high) return `${valueLabel}: ${texts[low].whole}`;
  return `${valueLabel}: from ${texts[low].estimate} (${rows[low].label}) to ${texts[high].estimate} (${rows[high].label})`;
}
