import { largest, smallest } from "../statistics/inner";
import { horizontalAxis } from "./axes";
import { needFields, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { counted } from "./finding";
import { escapeLabel, listing } from "./label";
import { rowAxis } from "./marks";
import type { MarkerSymbol, ScatterTrace } from "./plotly";
import { GRID, HELD, POSSIBLY, seriesStyle, TEXT } from "./theme";
import { dots, FEATURED_HOLLOW } from "./traces";

/** A person of either group, with a category and a number that both groups may share. */
export interface OverlapRow {
  readonly category: string;
  readonly value: number;
  readonly featured: boolean;
}

export interface OverlapFigureOptions extends FigureOptions {
  /** Title of the horizontal axis, such as "Year of first report". */
  readonly valueLabel: string;
  /** Categories from top to bottom; in the order of the alphabet unless said otherwise. */
  readonly order?: readonly string[];
}

const ROW = 24; // pixels

/** Diameter in pixels of a group of one, and the most that a cell has room for on a narrow screen. */
const [SMALL, LARGE] = [4, 17];
const DIAMOND = 9;

/**
 * Who has somebody to be compared with: a cell for each category and whole number, a grey disc as large as the number of
 * people who were not featured, a diamond where somebody was. A diamond without grey in it stands alone.
 *
 * @param rows people of both groups; at least one, with whole numbers
 * @throws InvalidInputError where there is no row, or a value is no whole number, naming the row
 * @example overlapFigure([{ category: "Iran", value: 2009, featured: true }], { data, title: "…", valueLabel: "Year" })
 */
export function overlapFigure(rows: readonly OverlapRow[], options: OverlapFigureOptions): Figure {
  needFields("overlapFigure", options, ["valueLabel", "order"]);
  const fault = ({ value }: OverlapRow) => (Number.isInteger(value) ? null : `the value ${value}`);
  needRows("overlapFigure", rows, ({ category }) => category, fault, "a whole number is");
  const found = [...new Set(rows.map((row) => row.category))].sort();
  const order = [...(options.order ?? []), ...found.filter((name) => !options.order?.includes(name))];
  const cells = cellsOf(rows, order);
  const values = rows.map((row) => row.value);
  const [first, last] = [smallest(values), largest(values)];
  const alone = cells.filter((cell) => cell.featured > 0 && cell.others === 0);
  return composeFigure("overlapFigure", options, {
    finding: overlapFinding(cells, rows),
    notes: ["grey: not featured, the more the larger", "diamond: featured"],
    data: [others(cells), featured(cells)].filter((trace) => trace.x.length > 0),
    table: dataTable(cells, {
      Category: ({ category }) => category,
      [options.valueLabel]: ({ value }) => value,
      featured: (cell) => cell.featured,
      "not featured": (cell) => cell.others,
    }),
    size: { plot: order.length * ROW, below: 52, right: 18 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.valueLabel),
        range: [first - 0.7, last + 0.7],
        gridcolor: GRID,
        tickmode: "linear",
        tick0: Math.ceil(first / 5) * 5,
        dtick: last - first > 8 ? 5 : 1,
        tickformat: "d",
      },
      yaxis: rowAxis(order.map(escapeLabel), {
        tickfont: { size: TEXT.small },
        ticklabelstandoff: 4,
        showgrid: true,
        gridcolor: GRID,
      }),
    },
    alt: `By ${options.valueLabel.toLowerCase()}, from ${first} to ${last}: ${order.map((name) => sentence(name, cells)).join("; ")}. Featured with nobody else in the same cell: ${listing(alone.map((cell) => `${cell.category} ${cell.value}`)) || "none"}.`,
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
  const most = largest(
    shown.map((cell) => cell.others),
    1,
  );
  // The area, not the diameter, is in proportion to the number.
  const size = (cell: OverlapCell): number => Math.max(SMALL, LARGE * Math.sqrt(cell.others / most));
  const line = { color: HELD, width: 1 };
  return cellMarks("not featured", shown, "circle", size, { color: POSSIBLY, line });
}

function featured(cells: readonly OverlapCell[]): ScatterTrace {
  const { color } = seriesStyle(0);
  const shown = cells.filter((cell) => cell.featured > 0);
  const size = (cell: OverlapCell): number => DIAMOND * Math.sqrt(cell.featured);
  // Hollow, so that a small disc behind it still shows.
  return cellMarks("featured", shown, FEATURED_HOLLOW, size, { color, line: { color, width: 2 } });
}

function cellMarks(
  name: string,
  cells: readonly OverlapCell[],
  symbol: MarkerSymbol,
  size: (cell: OverlapCell) => number,
  look: ScatterTrace["marker"],
): ScatterTrace {
  const text = ({ category, value, ...cell }: OverlapCell): string =>
    `<b>${escapeLabel(category)}, ${value}</b><br>${cell.featured} featured, ${cell.others} not`;
  const sizes = cells.map((cell) => Number(size(cell).toFixed(2)));
  return dots(
    name,
    cells,
    { x: (cell) => cell.value, y: (cell) => cell.row, text },
    { symbol, opacity: 1, size: sizes, ...look },
  );
}

function sentence(category: string, cells: readonly OverlapCell[]): string {
  const own = cells.filter((cell) => cell.category === category);
  const sum = (key: "featured" | "others"): number => own.reduce((total, cell) => total + cell[key], 0);
  return `${category} ${sum("featured")} featured and ${sum("others")} not`;
}

/** How many of the featured have nobody to be compared with. */
function overlapFinding(cells: readonly OverlapCell[], rows: readonly OverlapRow[]): string {
  const all = rows.filter((row) => row.featured).length;
  const alone = cells.reduce((sum, cell) => sum + (cell.others === 0 ? cell.featured : 0), 0);
  return `${counted(alone, all, "featured", "has", "have")} nobody in the same cell to be compared with`;
}
