import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel } from "./label";
import type { BarTrace } from "./plotly";
import { GRID, MUTED, seriesStyle, TEXT } from "./theme";

/** People of two kinds in one category, such as women and men in a country. */
export interface CountRow {
  readonly label: string;
  readonly first: number;
  readonly second: number;
}

export interface CountFigureOptions {
  /** What was counted; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** What the two kinds are, such as ["women", "men"]. */
  readonly kinds: readonly [string, string];
  /** Title of the horizontal axis; "People" unless said otherwise. */
  readonly countLabel?: string;
}

const ROW = 28;
const BOTTOM = 52;

/**
 * Counts of two kinds of people in each category as bars behind one another, with both numbers printed beside them: the
 * paper's Figure 2, people named in Urgent Actions by country and sex.
 *
 * @param rows in the order from top to bottom; at least one, with whole numbers from 0
 * @throws RangeError where there is no row, or a count is no whole number from 0, naming the row
 * @example
 * countFigure([{ label: "Iran", first: 137, second: 700 }], { data: group, title: "Iran", kinds: ["women", "men"] })
 */
export function countFigure(rows: readonly CountRow[], options: CountFigureOptions): Figure {
  if (rows.length === 0) throw new RangeError("count figure: needs at least one row; got none");
  rows.forEach(checkRow);
  const [one, two] = options.kinds;
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      `solid: ${one}`,
      `hatched: ${two}`,
      `numbers: ${one} / ${two}`,
    ],
    source: options.data,
    data: [bars(rows, one, "first"), bars(rows, two, "second"), SECOND_AXIS],
    layout: {
      height: rows.length * ROW + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      barmode: "stack",
      bargap: 0.3,
      xaxis: { ...horizontalAxis(options.countLabel ?? "People"), gridcolor: GRID, nticks: 5 },
      yaxis: { ...rowAxis(rows.map((row) => escapeLabel(row.label))), ticklabelstandoff: 4 },
      yaxis2: {
        ...rowAxis(rows.map((row) => `<b>${row.first}</b> / ${row.second}`)),
        ticklabelstandoff: 6,
        tickfont: { size: TEXT.small, color: MUTED },
        overlaying: "y",
        side: "right",
        anchor: "x",
      },
    },
    alt: `${options.title}. Bars of ${options.countLabel ?? "people"}, ${one} and ${two}: ${rows.map((row) => `${row.label} ${row.first} and ${row.second}`).join("; ")}.`,
  });
}

function bars(rows: readonly CountRow[], name: string, kind: "first" | "second"): BarTrace {
  const style = seriesStyle(0);
  return {
    type: "bar",
    orientation: "h",
    name,
    x: rows.map((row) => row[kind]),
    y: rows.map((_, i) => i),
    hoverinfo: "text",
    hovertext: rows.map((row) => `<b>${escapeLabel(row.label)}</b><br>${escapeLabel(name)}: ${row[kind]}`),
    marker:
      kind === "first"
        ? { color: style.color }
        : {
            color: "#9DB4C8",
            pattern: { shape: "/", fillmode: "overlay", fgcolor: "#ffffff", size: 6, solidity: 0.25 },
          },
    showlegend: false,
  };
}

function checkRow(row: CountRow, index: number): void {
  for (const count of [row.first, row.second]) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new RangeError(
      `count figure: row ${index + 1} ("${row.label}") has the count ${count}; a whole number from 0 is needed`,
    );
  }
}
