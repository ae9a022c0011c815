import { escapeLabel } from "./label";
import type { FigureTable } from "./plotly";

/** From a thing that is drawn to one cell of the figure's data. */
export type Cell<R> = (row: R, index: number) => string | number | boolean | null;

/**
 * Rows beyond which the table would be a second copy of what the traces say anyway, in every notebook and page: the file
 * that a reader takes away is then made of the traces.
 */
const MOST_ROWS = 400;

/**
 * What a figure was drawn from, tidy: a row for each thing that is drawn, a column for each thing that is known of it. A
 * reader takes it away as a file, and reads it under the figure where the picture cannot be seen.
 *
 * @param columns names with their units, and what stands in them; a number that is not finite is a word, since JSON has none
 * @param most how many rows it may have; more where the traces do not say what the rows are
 * @returns undefined for more rows
 * @example dataTable(rows, { Country: ({ label }) => label, women: ({ first }) => first })
 */
export function dataTable<R>(
  rows: readonly R[],
  columns: Readonly<Record<string, Cell<R>>>,
  most = MOST_ROWS,
): FigureTable | undefined {
  if (rows.length > most) return undefined;
  return {
    columns: Object.keys(columns).map(escapeLabel),
    rows: rows.map((row, index) => Object.values(columns).map((cell) => cellOf(cell(row, index)))),
  };
}

function cellOf(value: string | number | boolean | null): string | number | null {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return escapeLabel(value);
  return value === null || Number.isFinite(value) ? value : String(value).replace("Infinity", "Inf");
}

/** Six digits, for tables of hundreds of rows in a page; all digits stand in the result. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
