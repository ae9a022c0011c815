import { InvalidInputError } from "../statistics";
import { largest, lengthOf, smallest } from "../statistics/inner";
import type { Autocorrelation } from "../time-series";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatFixed } from "./label";
import { bold, horizontalRule, REFERENCE, ZERO } from "./marks";
import type { BarTrace } from "./plotly";
import { MUTED, PAPER, seriesStyle } from "./theme";
import { bars, HATCHED } from "./traces";

/** Autocorrelations with their name. */
export interface AutocorrelationRow {
  readonly label: string;
  readonly correlations: Autocorrelation;
}

/** Options of {@link autocorrelationFigure}. */
export interface AutocorrelationFigureOptions extends FigureOptions {
  /** Title of the horizontal axis, such as "Days back". */
  readonly lagLabel: string;
}

const HEIGHT = 240; // pixels

/**
 * How alike a series is to itself some periods earlier, as bars by lag: a correlogram. Bars outside the dashed lines are
 * farther from zero than 19 of 20 would be in a series without memory; they are hatched. Two series stand beside each other.
 *
 * @param rows one or two, of autocorrelation()
 * @throws InvalidInputError where there is none, or more than two
 * @example
 * autocorrelationFigure([{ label: "residuals", correlations: autocorrelation(fit.residuals, 21) }], {
 *   data: series, title: "Memory", lagLabel: "Days back",
 * })
 */
export function autocorrelationFigure(
  rows: readonly AutocorrelationRow[],
  options: AutocorrelationFigureOptions,
): Figure {
  lengthOf("autocorrelationFigure", "rows", rows);
  needFields("autocorrelationFigure", options, ["lagLabel"]);
  if (rows.length < 1 || rows.length > 2) {
    const found = `got ${rows.length} series; one or two are needed`;
    throw new InvalidInputError(`autocorrelationFigure: ${found}`, "rows");
  }
  needNumbers(
    "autocorrelationFigure",
    "rows",
    rows.map(({ correlations: { lag, correlation, bound } }) => ({
      bound,
      correlation: lag.map((_, i) => correlation[i] ?? Number.NaN),
    })),
  );
  const farthest = largest(rows.map(({ correlations }) => largest(correlations.lag)));
  const all = rows.flatMap(({ correlations: { correlation, bound } }) => [...correlation, bound, -bound]);
  const { bound } = rows[0].correlations;
  return composeFigure("autocorrelationFigure", options, {
    finding: memoryFinding(rows),
    notes: [
      ...(rows.length === 1 ? [] : [`left bars: ${rows[0].label}`, `right bars: ${rows[1].label}`]),
      "hatched: farther from zero than chance",
    ],
    data: rows.flatMap((row, i) => [lagBars(row, i, rows.length, false), lagBars(row, i, rows.length, true)]),
    table: dataTable(
      rows.flatMap(({ label, correlations: { lag, correlation, bound: chance } }) =>
        lag.map((at, i) => ({ label, at, correlation: correlation[i], chance })),
      ),
      {
        Series: ({ label }) => label,
        [options.lagLabel]: ({ at }) => at,
        Correlation: ({ correlation }) => correlation,
        "limit of chance": ({ chance }) => chance,
      },
    ),
    size: { above: 26, plot: HEIGHT, below: 52, left: 44, right: 20 },
    layout: {
      barmode: "overlay",
      xaxis: { ...horizontalAxis(options.lagLabel), range: [0.3, farthest + 0.7], showgrid: false },
      yaxis: { ...verticalAxis(), range: [smallest(all, 0) - 0.05, largest(all, 0) + 0.05] },
      shapes: [
        horizontalRule(0, "zero", ZERO),
        ...[bound, -bound].map((at) => horizontalRule(at, "bound", { ...REFERENCE, color: MUTED })),
      ],
      annotations: [verticalTitle("Correlation")],
    },
    alt: `Bars of autocorrelation by lag (${options.lagLabel}). ${rows.map(altOf).join(" ")}`,
  });
}

/** The bars of a series that lie within the bound, or those outside of it. */
function lagBars(row: AutocorrelationRow, index: number, count: number, outside: boolean): BarTrace {
  const { lag, correlation, bound } = row.correlations;
  const shift = count === 1 ? 0 : index === 0 ? -0.2 : 0.2;
  const shown = lag.map((at, i) => ({ at, r: correlation[i] })).filter(({ r }) => Math.abs(r) > bound === outside);
  return bars(
    `${escapeLabel(row.label)}${outside ? ": outside the bound" : ""}`,
    shown,
    {
      x: ({ at }) => at + shift,
      y: ({ r }) => r,
      width: () => (count === 1 ? 0.6 : 0.36),
      text: ({ at, r }) => `${bold(row.label)}<br>lag ${at}: ${formatFixed(r, 3)}`,
    },
    {
      color: seriesStyle(index).color,
      line: { color: PAPER, width: 0.5 },
      ...(outside ? HATCHED : {}),
    },
  );
}

function altOf({ label, correlations }: AutocorrelationRow): string {
  const { lag, correlation, bound } = correlations;
  const outside = lag.filter((_, i) => Math.abs(correlation[i]) > bound);
  const far =
    outside.length === 0
      ? "none lies"
      : outside.length === 1
        ? `lag ${outside[0]} lies`
        : `lags ${outside.join(", ")} lie`;
  return `${label}: ${formatFixed(correlation[0], 2)} at lag 1; ${far} outside ±${formatFixed(bound, 2)}.`;
}

/** How alike neighbours are, and how many lags chance would not give. */
function memoryFinding(rows: readonly AutocorrelationRow[]): string {
  const said = rows.map(({ label, correlations: { lag, correlation, bound } }) => {
    const outside = lag.filter((_, i) => Math.abs(correlation[i]) > bound).length;
    return `${formatFixed(correlation[0], 2)} in ${label}, ${outside} of ${lag.length} lags beyond chance`;
  });
  return `Correlation with the one before: ${said.join("; ")}`;
}
