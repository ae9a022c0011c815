import { type Fault, refuse, refuseAll } from "../files";
import { readStamp, STAMP_FORMS } from "./periods";
import { csvLines, excerpt, type Line, requireRows } from "./records";
import type { Granularity, RawExport, RawSeries, RawValue } from "./types";

/** First column's heading where the interface is English; elsewhere it is translated, and the dates decide. */
const TIME_COLUMNS: Readonly<Record<string, Granularity | null>> = {
  Time: null,
  Hour: "hour",
  Day: "day",
  Week: "week",
  Month: "month",
};

/** `term: (Place)`, as every column of values is headed. */
const TERM = /^(.*): \(([^()]*)\)$/su;

/**
 * Whether a text is a `multiTimeline.csv`: a preamble of one cell, an empty line and a header; or that header alone, where
 * somebody has removed the preamble. The preamble's words depend on the language of the interface, so they are not read.
 */
export function isGoogleTrends(text: string): boolean {
  const [first, second, third] = text.split(/\r\n|\n|\r/, 3);
  if (second?.trim() === "" && third?.includes(",")) return true;
  return /^[^,]+,.*: \([^()]*\)"?$/u.test(first.trim());
}

/**
 * Reads a `multiTimeline.csv` of Google Trends.
 *
 * @param belowAs what stands for `<1`
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readGoogleTrends(text: string, file: string, belowAs: number): RawExport {
  const lines = csvLines(text, file);
  const start = lines.findIndex(({ cells }) => cells.length > 1);
  const header: Line | undefined = lines[start];
  if (header === undefined)
    throw refuse(file, "columns", "has a preamble and no header with a column of values");
  const rows = lines.slice(start + 1);
  const [time, ...columns] = header.cells;
  const series = seriesOf(columns);
  checkHeader(file, header, series);
  requireRows(rows, header.cells.length, file);
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  for (const { row, cells } of rows) {
    const [stamp, ...rest] = cells.map((cell) => cell.trim());
    if (readStamp(stamp) === null) {
      const message = `${excerpt(stamp)} is not ${STAMP_FORMS}; is this another export of Trends, such as geoMap.csv?`;
      faults.push({ row, column: time, value: stamp, rule: "date", message });
      continue;
    }
    for (const [i, cell] of rest.entries()) {
      const value = cellValue(cell, belowAs);
      const column = columns[i];
      if (value === null) {
        const message = `${excerpt(cell)} is not a whole number from 0 to 100, nor <1`;
        faults.push({ row, column, value: cell, rule: "range", message });
      } else values.push({ row, column, stamp, series: series[i].name, value, below: cell === "<1" });
    }
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const granularity = TIME_COLUMNS[time] ?? null;
  return {
    format: "google-trends",
    series,
    values,
    stated: granularity === null ? null : { granularity, where: time },
    mayHaveGaps: false,
  };
}

function cellValue(cell: string, belowAs: number): number | null {
  if (cell === "<1") return belowAs;
  if (!/^\d{1,3}$/.test(cell)) return null;
  const value = Number(cell);
  return value <= 100 ? value : null;
}

/** Terms are names of series unless one stands twice, for two places; then the place belongs to the name. */
function seriesOf(columns: readonly string[]): RawSeries[] {
  const parsed = columns.map((column) => {
    const match = TERM.exec(column.trim());
    return match === null ? { term: column.trim(), place: null } : { term: match[1], place: match[2] };
  });
  return parsed.map(({ term, place }, i) => {
    const twice = parsed.some((other, j) => j !== i && other.term === term);
    const name = twice && place !== null ? `${term} (${place})` : term;
    return { name, place, unit: "searches, as a share of the file's highest point (100)" };
  });
}

function checkHeader(file: string, header: Line, series: readonly RawSeries[]): void {
  const names = series.map(({ name }) => name);
  const empty = names.indexOf("");
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (empty < 0 && twice === undefined) return;
  const message =
    empty >= 0
      ? `column ${empty + 2} has no name; a term with its place, "term: (Worldwide)", is expected`
      : `two columns are ${excerpt(twice ?? "")}`;
  throw refuseAll(file, [{ row: header.row, column: null, value: null, rule: "columns", message }]);
}
