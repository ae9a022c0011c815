import type { Sourced } from "../files";
import type { Autocorrelation } from "../time-series";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatFixed, sentence } from "./label";
import type { BarTrace, Shape } from "./plotly";
import { INK, MUTED, seriesStyle } from "./theme";

/** Autocorrelations with their name. */
export interface AutocorrelationRow {
  readonly label: string;
  readonly correlations: Autocorrelation;
}

/** Options of {@link autocorrelationFigure}. */
export interface AutocorrelationFigureOptions {
  /** What the series came from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis, such as "Days back". */
  readonly lagLabel: string;
}

const HEIGHT = 240;

/**
 * How alike a series is to itself some periods earlier, as bars by lag: a correlogram. Bars outside the dashed lines are
 * farther from zero than 19 of 20 would be in a series without memory; they are hatched. Two series stand beside each other.
 *
 * @param rows one or two, of autocorrelation()
 * @throws RangeError where there is none, or more than two
 * @example
 * autocorrelationFigure([{ label: "residuals", correlations: autocorrelation(fit.residuals, 21) }], {
 *   data: series, title: "Memory", lagLabel: "Days back",
 * })
 */
export function autocorrelationFigure(
  rows: readonly AutocorrelationRow[],
  options: AutocorrelationFigureOptions,
): Figure {
  if (rows.length < 1 || rows.length > 2) {
    throw new RangeError(`autocorrelation figure: got ${rows.length} series; one or two are needed`);
  }
  const farthest = Math.max(...rows.map(({ correlations }) => Math.max(...correlations.lag)));
  const all = rows.flatMap(({ correlations }) => [
    ...correlations.correlation,
    correlations.bound,
    -correlations.bound,
  ]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      ...(rows.length === 1 ? [] : [`left bars: ${rows[0].label}`, `right bars: ${rows[1].label}`]),
      "hatched: farther from zero than chance",
    ],
    source: options.data,
    data: rows.flatMap((row, i) => bars(row, i, rows.length)),
    above: 26,
    layout: {
      height: HEIGHT + 52,
      margin: { l: 44, r: 20, b: 52 },
      barmode: "overlay",
      xaxis: { ...horizontalAxis(options.lagLabel), range: [0.3, farthest + 0.7], showgrid: false },
      yaxis: { ...verticalAxis(), range: [Math.min(low, 0) - 0.05, Math.max(high, 0) + 0.05] },
      shapes: [line(0, "zero"), ...bounds(rows[0].correlations.bound)],
      annotations: [verticalTitle("Correlation")],
    },
    alt: `${sentence(options.title)} Bars of autocorrelation by lag (${options.lagLabel}). ${rows.map(altOf).join(" ")}`,
  });
}

function bars({ label, correlations }: AutocorrelationRow, index: number, count: number): BarTrace[] {
  const { lag, correlation, bound } = correlations;
  const { color } = seriesStyle(index);
  const shift = count === 1 ? 0 : index === 0 ? -0.2 : 0.2;
  const outside = lag.map((_, i) => Math.abs(correlation[i]) > bound);
  return [false, true].map((marked): BarTrace => {
    const shown = lag.map((_, i) => i).filter((i) => outside[i] === marked);
    return {
      type: "bar",
      name: `${escapeLabel(label)}${marked ? ": outside the bound" : ""}`,
      x: shown.map((i) => lag[i] + shift),
      y: shown.map((i) => correlation[i]),
      width: shown.map(() => (count === 1 ? 0.6 : 0.36)),
      hoverinfo: "text",
      hovertext: shown.map(
        (i) => `<b>${escapeLabel(label)}</b><br>lag ${lag[i]}: ${formatFixed(correlation[i], 3)}`,
      ),
      marker: {
        color,
        line: { color: "#ffffff", width: 0.5 },
        ...(marked
          ? {
              pattern: {
                shape: "/" as const,
                fillmode: "overlay" as const,
                fgcolor: "#ffffff",
                size: 6,
                solidity: 0.25,
              },
            }
          : {}),
      },
      showlegend: false,
    };
  });
}

function line(at: number, name: string): Shape {
  const style =
    name === "zero" ? { color: INK, width: 1 } : { color: MUTED, width: 1, dash: "dash" as const };
  return { type: "line", name, x0: 0, x1: 1, y0: at, y1: at, xref: "paper", yref: "y", line: style };
}

const bounds = (bound: number): Shape[] => [line(bound, "bound"), line(-bound, "bound")];

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
