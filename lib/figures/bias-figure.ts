import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatFixed, formatNumber } from "./label";
import { verticalLine } from "./marks";
import type { Axis, MarkerSymbol, ScatterTrace, Shape } from "./plotly";
import { GRID, INK, MUTED, seriesStyle, TEXT } from "./theme";

/** One or several standardised differences of a covariate, one for each series. */
export interface BiasRow {
  readonly label: string;
  /** Treated less control in standard deviations; null where it cannot be had. */
  readonly values: readonly (number | null)[];
}

export interface BiasFigureOptions {
  /** What was compared; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Names of the series, such as ["before weighting", "after"]; one name for each value of a row. */
  readonly series: readonly string[];
  /** Title of the horizontal axis; "Standardised bias" unless said otherwise. */
  readonly valueLabel?: string;
  /** Differences up to this are commonly called negligible and lie in the grey band; 0.1 unless said otherwise. */
  readonly negligible?: number;
}

const ROW = 22;
const BOTTOM = 52;
const MARKS: readonly { readonly symbol: MarkerSymbol; readonly shown: string }[] = [
  { symbol: "circle", shown: "●" },
  { symbol: "diamond-open", shown: "◇" },
  { symbol: "square-open", shown: "□" },
];

/**
 * Standardised differences of covariates between two groups as dots around 0, in a given order: the paper's Figure 3, and
 * what R's `cobalt::love.plot` draws.
 *
 * The axis ends at ±1, as the paper's does, unless a dot lies farther out. Of a single series the numbers stand beside
 * the rows; a difference that cannot be had (no variance, nobody coded) has no dot.
 *
 * @param rows in the order from top to bottom
 * @throws RangeError where there is no row, or a row has not one value for each series, naming the row
 * @example
 * biasFigure([{ label: "Torture", values: [-0.31] }], { data: group, title: "Bias", series: ["all women"] })
 */
export function biasFigure(rows: readonly BiasRow[], options: BiasFigureOptions): Figure {
  const { series, negligible = 0.1 } = options;
  checkRows(rows, series.length);
  const known = rows.flatMap((row) =>
    row.values.flatMap((value) => (value === null ? [] : [Math.abs(value)])),
  );
  const end = Math.max(1, ...known) * 1.06;
  const one = series.length === 1;
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      ...(one ? [] : series.map((name, i) => `${markOf(i).shown} ${name}`)),
      `grey: up to ±${formatNumber(negligible, 2)}`,
    ],
    source: options.data,
    data: [...series.map((name, i) => dots(rows, name, i)), ...(one ? [SECOND_AXIS] : [])],
    layout: {
      height: rows.length * ROW + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      xaxis: {
        ...horizontalAxis(options.valueLabel ?? "Standardised bias"),
        range: [-end, end],
        gridcolor: GRID,
        nticks: 5,
      },
      yaxis: {
        ...rowAxis(rows.map((row) => escapeLabel(row.label))),
        ticklabelstandoff: 4,
        tickfont: { size: 11 },
      },
      ...(one ? { yaxis2: numbers(rows) } : {}),
      shapes: [band(negligible), zero()],
    },
    alt: `${options.title}. ${options.valueLabel ?? "Standardised bias"}${one ? "" : ` (${series.join("; ")})`}: ${rows.map((row) => `${row.label} ${row.values.map(valueText).join(" and ")}`).join("; ")}.`,
  });
}

/** The numbers of a single series, as an axis at the right. */
function numbers(rows: readonly BiasRow[]): Axis {
  return {
    ...rowAxis(rows.map((row) => valueText(row.values[0] ?? null))),
    ticklabelstandoff: 6,
    tickfont: { size: TEXT.small, color: MUTED },
    overlaying: "y",
    side: "right",
    anchor: "x",
  };
}

const markOf = (series: number) => MARKS[series % MARKS.length] ?? MARKS[0];
const valueText = (value: number | null): string => (value === null ? "–" : formatFixed(value, 2));

function dots(rows: readonly BiasRow[], name: string, series: number): ScatterTrace {
  const style = seriesStyle(series);
  const drawn = rows.flatMap((row, y) => {
    const x = row.values[series] ?? null;
    return x === null ? [] : [{ x, y, label: row.label }];
  });
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: drawn.map((dot) => dot.x),
    y: drawn.map((dot) => dot.y),
    marker: {
      symbol: markOf(series).symbol,
      size: 9,
      color: style.color,
      line: { color: style.color, width: series === 0 ? 0 : 2 },
    },
    hoverinfo: "text",
    hovertext: drawn.map(
      (dot) => `<b>${escapeLabel(dot.label)}</b><br>${escapeLabel(name)}: ${formatFixed(dot.x, 3)}`,
    ),
    cliponaxis: false,
    showlegend: false,
  };
}

function band(negligible: number): Shape {
  return {
    type: "rect",
    name: "negligible",
    x0: -negligible,
    x1: negligible,
    y0: 0,
    y1: 1,
    xref: "x",
    yref: "paper",
    line: { width: 0 },
    fillcolor: "rgba(111,127,146,0.18)",
    layer: "below",
  };
}

function zero(): Shape {
  return verticalLine(0, "zero", { color: INK, width: 1 }, "below");
}

function checkRows(rows: readonly BiasRow[], series: number): void {
  if (rows.length === 0) throw new RangeError("bias figure: needs at least one row; got none");
  if (series === 0) throw new RangeError("bias figure: needs the name of at least one series; got none");
  for (const [i, row] of rows.entries()) {
    const wrong = row.values.find((value) => value !== null && !Number.isFinite(value));
    if (row.values.length === series && wrong === undefined) continue;
    const found = wrong === undefined ? `${row.values.length} values` : `the value ${wrong}`;
    throw new RangeError(
      `bias figure: row ${i + 1} ("${row.label}") has ${found}; a finite number or null for each of ${series} series is needed`,
    );
  }
}
