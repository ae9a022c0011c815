import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatFixed, wrap } from "./label";
import { verticalLine } from "./marks";
import { GRID, INK, MUTED, seriesStyle, TEXT } from "./theme";

/** An estimate with its interval. */
export interface IntervalRow {
  readonly label: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface IntervalFigureOptions {
  /**
   * What the estimates were computed from; decides whether the figure carries the mark for synthetic data.
   */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
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
 * @throws RangeError where there is no row, or an interval does not hold its estimate, naming the row
 *
 * @example
 * intervalFigure(
 *   codings().map((coding) => ({ label: coding.name, ...binomialInterval(coding.released, coding.of) })),
 *   { data: loadFreeThe20(), title: "Share released, by coding", valueLabel: "Released", percent: true },
 * );
 */
export function intervalFigure(rows: readonly IntervalRow[], options: IntervalFigureOptions): Figure {
  if (rows.length === 0) throw new RangeError("interval figure: needs at least one row; got none");
  rows.forEach(checkRow);
  const style = seriesStyle(0);
  const digits = options.digits ?? (options.percent === true ? 0 : 2);
  const print = (value: number): string =>
    options.percent === true ? `${formatFixed(100 * value, digits)}%` : formatFixed(value, digits);
  const estimates = rows.map((row) => print(row.estimate));
  const intervals = rows.map((row) => `${print(row.lower)} to ${print(row.upper)}`);
  const labels = rows.map((row) => wrap(row.label, 24).map(escapeLabel));
  const height = rows.length * (Math.max(2, ...labels.map((label) => label.length)) * LINE + 10);
  const { reference } = options;
  return composeFigure({
    title: options.title,
    notes: options.subtitle === undefined ? [] : [options.subtitle],
    source: options.data,
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: rows.map((row) => row.estimate),
        y: rows.map((_, index) => index),
        error_x: {
          type: "data",
          symmetric: false,
          array: rows.map((row) => row.upper - row.estimate),
          arrayminus: rows.map((row) => row.estimate - row.lower),
          color: style.color,
          thickness: 2,
          width: 5,
        },
        marker: { symbol: "circle", size: 10, color: style.color, line: { color: "#ffffff", width: 1 } },
        hoverinfo: "text",
        hovertext: rows.map(
          (row, index) => `<b>${escapeLabel(row.label)}</b><br>${estimates[index]} (${intervals[index]})`,
        ),
        cliponaxis: false,
        showlegend: false,
      },
      SECOND_AXIS,
    ],
    above: reference === undefined ? 0 : 22,
    layout: {
      height: height + 56,
      margin: { l: 14, r: 14, b: 56 },
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        ...(options.percent === true
          ? {
              range: [-0.02, 1.02],
              tickvals: [0, 0.25, 0.5, 0.75, 1],
              ticktext: ["0%", "", "50%", "", "100%"],
              tickmode: "array",
            }
          : { range: paddedRange(rows, reference?.value) }),
        gridcolor: GRID,
      },
      yaxis: rowAxis(labels.map((label) => label.join("<br>"))),
      yaxis2: {
        ...rowAxis(
          estimates.map((estimate, index) => `<b>${estimate}</b><br>${detail(intervals[index] ?? "")}`),
        ),
        ticklabelstandoff: 6,
        tickfont: { size: TEXT.body, color: style.ink },
        overlaying: "y",
        side: "right",
        anchor: "x",
      },
      shapes:
        reference === undefined
          ? []
          : [verticalLine(reference.value, "reference", { color: INK, width: 1, dash: "dash" }, "below")],
      annotations:
        reference === undefined
          ? []
          : [
              {
                name: "reference",
                text: escapeLabel(reference.label),
                x: reference.value,
                y: 1,
                xref: "x",
                yref: "paper",
                xanchor: "center",
                yanchor: "bottom",
                yshift: 2,
                showarrow: false,
                font: { size: TEXT.small },
              },
            ],
    },
    alt: `${options.title}. ${options.valueLabel}, with intervals: ${rows.map((row, index) => `${row.label}: ${estimates[index]} (${intervals[index]})`).join("; ")}.${reference === undefined ? "" : ` Reference line: ${reference.label}.`}`,
  });
}

/** The smaller second line of a label. */
function detail(text: string): string {
  return `<span style="font-size:11px;color:${MUTED}">${text}</span>`;
}

function checkRow(row: IntervalRow, index: number): void {
  if (row.lower <= row.estimate && row.estimate <= row.upper && Number.isFinite(row.upper - row.lower))
    return;
  throw new RangeError(
    `interval figure: row ${index + 1} ("${row.label}") has estimate ${row.estimate} and interval ${row.lower} to ${row.upper}; three finite numbers with lower ≤ estimate ≤ upper are needed`,
  );
}

/** The range of all intervals and the reference with a margin of 5% at both ends. */
function paddedRange(rows: readonly IntervalRow[], reference: number | undefined): [number, number] {
  const values = [
    ...rows.flatMap((row) => [row.lower, row.upper]),
    ...(reference === undefined ? [] : [reference]),
  ];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.05 * (high - low) || 1;
  return [low - margin, high + margin];
}
