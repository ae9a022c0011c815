import { horizontalAxis, SECOND_AXIS, shareTicks } from "./axes";
import { needFields, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatPercent, wrap } from "./label";
import { bold, rightRows, rowAxis } from "./marks";
import type { ScatterTrace } from "./plotly";
import { GRID, MUTED, seriesStyle, TEXT } from "./theme";
import { dots, line } from "./traces";

/** A hypothesis with the belief that it starts from, and the one that it would need. */
export interface PriorNeededRow {
  readonly label: string;
  readonly prior: number;
  /** Belief beforehand at which it draws level with the leader; null where none would do. */
  readonly needed: number | null;
}

export interface PriorNeededFigureOptions extends FigureOptions {}

const ROW = 50; // pixels

/**
 * How far one would have to believe a hypothesis beforehand for it to end level with the one that the evidence favours:
 * a hollow mark at the belief it started from, a full one at the belief it would need.
 *
 * @param rows in the order from top to bottom; at least one; shares from 0 to 1
 * @throws InvalidInputError where there is no row or a share is outside 0 to 1, naming the row
 * @example
 * priorNeededFigure([{ label: "Deadlock", prior: 0.2, needed: 0.73 }], { data: evidence, title: "Priors needed" });
 */
export function priorNeededFigure(rows: readonly PriorNeededRow[], options: PriorNeededFigureOptions): Figure {
  needFields("priorNeededFigure", options, []);
  needRows("priorNeededFigure", rows, ({ label }) => label, shareFault, "shares from 0 to 1 are");
  const needs = rows.map(({ needed }) => (needed === null ? "no prior" : formatPercent(needed, needed > 0.99 ? 1 : 0)));
  const { color, ink } = seriesStyle(0);
  return composeFigure("priorNeededFigure", options, {
    finding: priorFinding(rows),
    notes: ["hollow: belief before the evidence", "full: belief that it would take"],
    data: [
      ...rows.flatMap(({ label, prior, needed }, y) =>
        needed === null
          ? []
          : [line(escapeLabel(label), [prior, needed], { x: (share) => share, y: () => y }, { color, width: 2 })],
      ),
      shareDots("before", rows, ({ prior }) => prior, { symbol: "circle-open", color: MUTED }),
      shareDots("needed", rows, ({ needed }) => needed, { symbol: "circle", color }),
      SECOND_AXIS,
    ],
    table: dataTable(rows, {
      Hypothesis: ({ label }) => label,
      "Belief before the evidence (share)": ({ prior }) => prior,
      "Belief that it would take (share)": ({ needed }) => needed,
    }),
    size: { plot: rows.length * ROW, below: 56 },
    layout: {
      xaxis: { ...horizontalAxis("Belief before the evidence"), ...shareTicks(), gridcolor: GRID },
      yaxis: rowAxis(rows.map((row) => wrap(row.label, 16).map(escapeLabel).join("<br>"))),
      yaxis2: rightRows(needs.map(bold), { tickfont: { size: TEXT.body, color: ink } }),
    },
    alt: `Belief beforehand that each hypothesis would need to end level with the favoured one: ${rows.map((row, at) => `${row.label} ${needs[at]}, started from ${formatPercent(row.prior)}`).join("; ")}.`,
  });
}

function shareFault({ prior, needed }: PriorNeededRow): string | null {
  const good = [prior, needed ?? 0].every((share) => share >= 0 && share <= 1);
  return good ? null : `the shares ${prior} and ${needed}`;
}

function shareDots(
  what: string,
  rows: readonly PriorNeededRow[],
  shareOf: (row: PriorNeededRow) => number | null,
  look: ScatterTrace["marker"],
): ScatterTrace {
  const text = (row: PriorNeededRow): string => {
    const share = shareOf(row);
    return `${bold(row.label)}<br>${what}: ${share === null ? "none would do" : formatPercent(share, 1)}`;
  };
  return dots(what, rows, { x: shareOf, y: (_, y) => y, text }, { size: 11, line: { width: 2 }, ...look });
}

/** Which hypothesis would need the least belief to draw level. */
function priorFinding(rows: readonly PriorNeededRow[]): string {
  const possible = rows.flatMap(({ label, prior, needed }) => (needed === null ? [] : [{ label, prior, needed }]));
  if (possible.length === 0) return "No belief beforehand would bring another hypothesis level";
  const { label, prior, needed } = possible.reduce((best, row) => (row.needed < best.needed ? row : best));
  const from = formatPercent(prior);
  return `“${label}” comes nearest: believed ${formatPercent(needed, needed > 0.99 ? 1 : 0)} instead of ${from} beforehand, it ends level`;
}
