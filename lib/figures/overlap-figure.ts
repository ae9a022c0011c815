import type { Sourced } from "../files";
import { horizontalAxis, rowAxis } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, listing } from "./label";
import type { ScatterTrace } from "./plotly";
import { GRID, POSSIBLY, seriesStyle, TEXT } from "./theme";

/** A person of either group, with a category and a number that both groups may share. */
export interface OverlapRow {
  readonly category: string;
  readonly value: number;
  readonly featured: boolean;
}

export interface OverlapFigureOptions {
  /** What was compared; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis, such as "Year of first report". */
  readonly valueLabel: string;
  /** Categories from top to bottom; in the order of the alphabet unless said otherwise. */
  readonly order?: readonly string[];
}

const ROW = 24;
const BOTTOM = 52;
/** Diameter in pixels of a group of one, and the most that a cell has room for on a narrow screen. */
const [SMALL, LARGE] = [4, 17];
const DIAMOND = 9;

/**
 * Who has somebody to be compared with: a cell for each category and whole number, a grey disc as large as the number of
 * people who were not featured, a diamond where somebody was. A diamond without grey in it stands alone.
 *
 * @param rows people of both groups; at least one, with whole numbers
 * @throws RangeError where there is no row, or a value is no whole number, naming the row
 * @example overlapFigure([{ category: "Iran", value: 2009, featured: true }], { data, title: "…", valueLabel: "Year" })
 */
export function overlapFigure(rows: readonly OverlapRow[], options: OverlapFigureOptions): Figure {
  if (rows.length === 0) throw new RangeError("overlap figure: needs at least one row; got none");
  for (const [i, row] of rows.entries()) {
    if (Number.isInteger(row.value)) continue;
    throw new RangeError(
      `overlap figure: row ${i + 1} ("${row.category}") has the value ${row.value}; a whole number is needed`,
    );
  }
  const found = [...new Set(rows.map((row) => row.category))].sort();
  const order = [...(options.order ?? []), ...found.filter((name) => !options.order?.includes(name))];
  const cells = cellsOf(rows, order);
  const values = rows.map((row) => row.value);
  const [first, last] = [Math.min(...values), Math.max(...values)];
  const alone = cells.filter((cell) => cell.featured > 0 && cell.others === 0);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      "grey: not featured, the more the larger",
      "diamond: featured",
    ],
    source: options.data,
    data: [others(cells), featured(cells)].filter((trace) => trace.x.length > 0),
    layout: {
      height: order.length * ROW + BOTTOM,
      margin: { l: 14, r: 18, b: BOTTOM },
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        range: [first - 0.7, last + 0.7],
        gridcolor: GRID,
        tickmode: "linear",
        tick0: Math.ceil(first / 5) * 5,
        dtick: last - first > 8 ? 5 : 1,
        tickformat: "d",
      },
      yaxis: {
        ...rowAxis(order.map(escapeLabel)),
        tickfont: { size: TEXT.small },
        ticklabelstandoff: 4,
        showgrid: true,
        gridcolor: GRID,
      },
    },
    alt: `${options.title}. By ${options.valueLabel.toLowerCase()}, from ${first} to ${last}: ${order.map((name) => sentence(name, cells)).join("; ")}. Featured with nobody else in the same cell: ${listing(alone.map((cell) => `${cell.category} ${cell.value}`)) || "none"}.`,
  });
}

interface OverlapCell {
  readonly category: string;
  readonly row: number;
  readonly value: number;
  readonly featured: number;
  readonly others: number;
}

function cellsOf(rows: readonly OverlapRow[], order: readonly string[]): OverlapCell[] {
  const cells = new Map<string, OverlapCell>();
  for (const { category, value, featured } of rows) {
    const key = `${value} ${category}`;
    const known = cells.get(key) ?? { category, row: order.indexOf(category), value, featured: 0, others: 0 };
    const count = featured ? { featured: known.featured + 1 } : { others: known.others + 1 };
    cells.set(key, { ...known, ...count });
  }
  return [...cells.values()].sort((a, b) => a.row - b.row || a.value - b.value);
}

function others(cells: readonly OverlapCell[]): ScatterTrace {
  const shown = cells.filter((cell) => cell.others > 0);
  const most = Math.max(1, ...shown.map((cell) => cell.others));
  // The area, not the diameter, is in proportion to the number.
  const size = (count: number): number => Math.max(SMALL, LARGE * Math.sqrt(count / most));
  return {
    ...points(shown, "not featured"),
    marker: {
      symbol: "circle",
      opacity: 1,
      size: shown.map((cell) => Number(size(cell.others).toFixed(2))),
      color: POSSIBLY,
      line: { color: "#8896a6", width: 1 },
    },
  };
}

function featured(cells: readonly OverlapCell[]): ScatterTrace {
  const style = seriesStyle(1);
  const shown = cells.filter((cell) => cell.featured > 0);
  return {
    ...points(shown, "featured"),
    marker: {
      // Hollow, so that a small disc behind it still shows.
      symbol: "diamond-open",
      opacity: 1,
      size: shown.map((cell) => Number((DIAMOND * Math.sqrt(cell.featured)).toFixed(2))),
      color: style.color,
      line: { color: style.color, width: 2 },
    },
  };
}

function points(cells: readonly OverlapCell[], name: string): ScatterTrace {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: cells.map((cell) => cell.value),
    y: cells.map((cell) => cell.row),
    hoverinfo: "text",
    hovertext: cells.map(
      (cell) =>
        `<b>${escapeLabel(cell.category)}, ${cell.value}</b><br>${cell.featured} featured, ${cell.others} not`,
    ),
    cliponaxis: false,
    showlegend: false,
  };
}

function sentence(category: string, cells: readonly OverlapCell[]): string {
  const own = cells.filter((cell) => cell.category === category);
  const sum = (key: "featured" | "others"): number => own.reduce((total, cell) => total + cell[key], 0);
  return `${category} ${sum("featured")} featured and ${sum("others")} not`;
}
