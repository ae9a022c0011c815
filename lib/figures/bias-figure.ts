import { InvalidInputError } from "../statistics";
import { largest } from "../statistics/inner";
import { horizontalAxis, SECOND_AXIS } from "./axes";
import { needFields, needOptions, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatFixed, formatNumber, listing } from "./label";
import { bold, rowAxis, rowLabels, textAt, verticalBand, verticalRule, ZERO } from "./marks";
import type { Annotation, MarkerSymbol, ScatterTrace } from "./plotly";
import { GRID, MUTED, seriesStyle, TEXT } from "./theme";
import { dots } from "./traces";

/** One or several standardised differences of a covariate, one for each series. */
export interface BiasRow {
  readonly label: string;
  /** Treated less control in standard deviations; null where it cannot be had. */
  readonly values: readonly (number | null)[];
  /** What stands in place of a number that cannot be had, such as "not known"; "no variance" unless said otherwise. */
  readonly missing?: string;
}

export interface BiasFigureOptions extends FigureOptions {
  /** Names of the series, such as ["before weighting", "after"]; one name for each value of a row. */
  readonly series: readonly string[];
  /** Title of the horizontal axis; "Standardised bias" unless said otherwise. */
  readonly valueLabel?: string;
  /** Differences up to this are commonly called negligible and lie in the grey band; 0.1 unless said otherwise. */
  readonly negligible?: number;
}

const ROW = 22;
/** A difference in standard deviations does not exist where nobody differs. */
const NO_VARIANCE = "no variance";

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
 * @throws InvalidInputError where there is no row, or a row has not one value for each series, naming the row
 * @example
 * biasFigure([{ label: "Torture", values: [-0.31] }], { data: group, title: "Bias", series: ["all women"] })
 */
export function biasFigure(rows: readonly BiasRow[], options: BiasFigureOptions): Figure {
  needFields("biasFigure", options, ["series", "valueLabel", "negligible"]);
  const { series, negligible = 0.1, valueLabel = "Standardised bias" } = options;
  checkRows(rows, series.length);
  needOptions("biasFigure", options);
  const known = rows.flatMap(({ values }) => values.flatMap((value) => (value === null ? [] : [Math.abs(value)])));
  const end = largest(known, 1) * 1.06;
  const one = series.length === 1;
  const labels = rows.map((row) => escapeLabel(row.label));
  const left = { ticklabelstandoff: 4, tickfont: { size: 11 } };
  const numbers = rows.map((row) => valueText(row, row.values[0]));
  return composeFigure("biasFigure", options, {
    finding: biasFinding(rows, series, negligible),
    notes: [
      ...(one ? [] : series.map((name, i) => `${markOf(i).shown} ${name}`)),
      `grey: up to ±${formatNumber(negligible, 2)}`,
    ],
    data: [...series.map((name, i) => seriesDots(rows, name, i)), ...(one ? [SECOND_AXIS] : [])],
    table: dataTable(
      rows.flatMap(({ label, values, missing = NO_VARIANCE }) =>
        series.map((name, i) => ({ label, name, value: values[i], missing })),
      ),
      {
        Characteristic: ({ label }) => label,
        Series: ({ name }) => name,
        [`${valueLabel} (standard deviations)`]: ({ value }) => value,
        "where there is none": ({ value, missing }) => (value === null ? missing : null),
      },
    ),
    size: { plot: rows.length * ROW, below: 52 },
    layout: {
      xaxis: { ...horizontalAxis(valueLabel), range: [-end, end], gridcolor: GRID, nticks: 5 },
      ...(one ? rowLabels(labels, numbers, { left }) : { yaxis: rowAxis(labels, left) }),
      shapes: [verticalBand(-negligible, negligible, "negligible"), verticalRule(0, "zero", ZERO, "below")],
      annotations: one ? [] : rows.flatMap((row, y) => whyNone(row, y)),
    },
    alt: `${valueLabel}${one ? "" : ` (${series.join("; ")})`}: ${rows.map((row) => `${row.label} ${row.values.map((value) => valueText(row, value)).join(" and ")}`).join("; ")}.`,
  });
}

/** In a row without a mark stands why; with one series the reason is the row's number. */
function whyNone(row: BiasRow, y: number): Annotation[] {
  const without = row.values.flatMap((value, i) => (value === null ? [markOf(i).shown] : []));
  if (without.length === 0) return [];
  const marks = without.length === row.values.length ? "" : `${without.join(" ")} `;
  const font = { size: TEXT.small, color: MUTED };
  const text = `${marks}${escapeLabel(valueText(row, null))}`;
  return [textAt(text, { name: "missing", x: 0, y, xref: "x", yref: "y", xshift: 6, yanchor: "middle", font })];
}

const markOf = (series: number) => MARKS[series % MARKS.length];
const valueText = ({ missing = NO_VARIANCE }: BiasRow, value: number | null): string =>
  value === null ? missing : formatFixed(value, 2);

function seriesDots(rows: readonly BiasRow[], name: string, series: number): ScatterTrace {
  const { color } = seriesStyle(series);
  const drawn = rows.flatMap(({ label, values }, y) => {
    const x = values[series];
    return x === null ? [] : [{ x, y, label }];
  });
  return dots(
    name,
    drawn,
    {
      x: ({ x }) => x,
      y: ({ y }) => y,
      text: ({ label, x }) => `${bold(label)}<br>${escapeLabel(name)}: ${formatFixed(x, 3)}`,
    },
    { symbol: markOf(series).symbol, size: 9, color, line: { color, width: series === 0 ? 0 : 2 } },
  );
}

function checkRows(rows: readonly BiasRow[], series: number): void {
  const fault = ({ values }: BiasRow): string | null => {
    const wrong = values.find((value) => value !== null && !Number.isFinite(value));
    if (values.length === series && wrong === undefined) return null;
    return wrong === undefined ? `${values.length} values` : `the value ${wrong}`;
  };
  const needed = `a finite number or null for each of ${series} series is`;
  if (series === 0)
    throw new InvalidInputError("biasFigure: needs the name of at least one series; got none", "series");
  needRows("biasFigure", rows, ({ label }) => label, fault, needed);
}

/** How many differences are more than negligible, by each series. */
function biasFinding(rows: readonly BiasRow[], series: readonly string[], negligible: number): string {
  const counts = series.map((name, at) => {
    const known = rows.flatMap(({ values }) => values[at] ?? []);
    const beyond = known.filter((value) => Math.abs(value) > negligible).length;
    return { name, text: `${beyond} of ${known.length}` };
  });
  const beyond = `differ by more than ${formatNumber(negligible, 2)}`;
  if (counts.length === 1) return `${counts[0].text} characteristics ${beyond}`;
  return `Characteristics that ${beyond}: ${listing(counts.map(({ name, text }) => `${text} ${name}`))}`;
}
