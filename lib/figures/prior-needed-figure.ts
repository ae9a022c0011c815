import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatPercent, wrap } from "./label";
import type { ScatterTrace } from "./plotly";
import { GRID, MUTED, seriesStyle, TEXT } from "./theme";

/** A hypothesis with the belief that it starts from, and the one that it would need. */
export interface PriorNeededRow {
  readonly label: string;
  readonly prior: number;
  /** Belief beforehand at which it draws level with the leader; null where none would do. */
  readonly needed: number | null;
}

export interface PriorNeededFigureOptions {
  /** What the evidence is; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
}

const ROW = 50; // pixels
const BOTTOM = 56;

/**
 * How far one would have to believe a hypothesis beforehand for it to end level with the one that the evidence favours:
 * a hollow mark at the belief it started from, a full one at the belief it would need.
 *
 * @param rows in the order from top to bottom; at least one; shares from 0 to 1
 * @throws RangeError where there is no row or a share is outside 0 to 1, naming the row
 * @example
 * priorNeededFigure([{ label: "Deadlock", prior: 0.2, needed: 0.73 }], { data: evidence, title: "Priors needed" });
 */
export function priorNeededFigure(
  rows: readonly PriorNeededRow[],
  options: PriorNeededFigureOptions,
): Figure {
  if (rows.length === 0) throw new RangeError("prior-needed figure: needs at least one row; got none");
  rows.forEach(({ label, prior, needed }, at) => {
    if ([prior, needed ?? 0].every((share) => share >= 0 && share <= 1)) return;
    throw new RangeError(
      `prior-needed figure: row ${at + 1} ("${label}") has the shares ${prior} and ${needed}; shares from 0 to 1 are needed`,
    );
  });
  const needs = rows.map(({ needed }) =>
    needed === null ? "no prior" : formatPercent(needed, needed > 0.99 ? 1 : 0),
  );
  const style = seriesStyle(0);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      "hollow: belief before the evidence",
      "full: belief that it would take",
    ],
    source: options.data,
    data: [
      ...rows.flatMap(({ label, prior, needed }, y): ScatterTrace[] =>
        needed === null
          ? []
          : [
              {
                type: "scatter",
                mode: "lines",
                name: escapeLabel(label),
                x: [prior, needed],
                y: [y, y],
                line: { color: style.color, width: 2 },
                hoverinfo: "skip",
                showlegend: false,
              },
            ],
      ),
      marks(
        rows.map(({ prior }) => prior),
        "before",
        rows,
        "circle-open",
      ),
      marks(
        rows.map(({ needed }) => needed),
        "needed",
        rows,
        "circle",
      ),
      SECOND_AXIS,
    ],
    layout: {
      height: rows.length * ROW + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      xaxis: {
        ...horizontalAxis("Belief before the evidence"),
        range: [-0.02, 1.02],
        tickmode: "array",
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: ["0%", "", "50%", "", "100%"],
        gridcolor: GRID,
      },
      yaxis: rowAxis(rows.map((row) => wrap(row.label, 16).map(escapeLabel).join("<br>"))),
      yaxis2: {
        ...rowAxis(needs.map((need) => `<b>${need}</b>`)),
        ticklabelstandoff: 6,
        tickfont: { size: TEXT.body, color: style.ink },
        overlaying: "y",
        side: "right",
        anchor: "x",
      },
    },
    alt: `${options.title}. Belief beforehand that each hypothesis would need to end level with the favoured one: ${rows.map((row, at) => `${row.label} ${needs[at]}, started from ${formatPercent(row.prior)}`).join("; ")}.`,
  });
}

function marks(
  shares: readonly (number | null)[],
  what: string,
  rows: readonly PriorNeededRow[],
  symbol: "circle" | "circle-open",
): ScatterTrace {
  const style = seriesStyle(0);
  return {
    type: "scatter",
    mode: "markers",
    name: what,
    x: shares,
    y: shares.map((_, y) => y),
    marker: { symbol, size: 11, color: symbol === "circle" ? style.color : MUTED, line: { width: 2 } },
    hoverinfo: "text",
    hovertext: shares.map(
      (share, y) =>
        `<b>${escapeLabel(rows[y]?.label ?? "")}</b><br>${what}: ${share === null ? "none would do" : formatPercent(share, 1)}`,
    ),
    cliponaxis: false,
    showlegend: false,
  };
}
