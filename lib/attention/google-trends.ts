import { type Fault, refuseAll } from "../files";
import { type ExportTable, excerpt, type Line, requireRows } from "./records";
import { STAMP_FORMS, stampReader } from "./stamps";
import type { Granularity, RawExport, RawSeries, RawValue } from "./types";

/** First column's heading where the interface is English; elsewhere it is translated, and the dates decide. */
const TIME_COLUMNS: Readonly<Record<string, Granularity | null>> = {
  Time: null,
  Hour: "hour",
  Day: "day",
  Week: "week",
  Month: "month",
};

/** `term: (Place)`, as every column of values is headed; a place may have brackets of its own. */
const TERM = /^(.*): \((.*)\)$/su;

/** `<1` as each language's interface writes it, with or without a space of some width. */
const BELOW = /^[<＜]\s*1$/u;

/**
 * Whether a table is a `multiTimeline.csv`: columns headed `term: (Place)`, or a preamble of one cell with an empty line
 * behind it. The preamble's words depend on the language of the interface, so they are not read.
 */
export function isGoogleTrends({ header, preamble, parted }: ExportTable): boolean {
  return header.cells.slice(1).some((cell) => TERM.test(cell)) || (preamble.length > 0 && parted);
}

/**
 * Reads a `multiTimeline.csv` of Google Trends.
 *
 * @param belowAs what stands for `<1`
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readGoogleTrends({ header, rows }: ExportTable, file: string, belowAs: number): RawExport {
  const [time, ...columns] = header.cells;
  const series = seriesOf(columns);
  checkHeader(file, header, series);
  requireRows(rows, header.cells.length, file);
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  const read = stampReader();
  for (const { row, cells } of rows) {
    const [date, ...rest] = cells;
    const stamp = read(date);
    if (stamp === null) {
      faults.push({ row, column: time, value: date, rule: "date", message: noDate(date) });
      continue;
    }
    for (const [i, cell] of rest.entries()) {
      const below = BELOW.test(cell);
      const value = below ? belowAs : shareOf(cell);
      const column = columns[i];
      if (value === null) {
        const message = `${excerpt(cell)} is not a whole number from 0 to 100, nor <1`;
        faults.push({ row, column, value: cell, rule: "range", message });
      } else values.push({ row, column, stamp, series: series[i].name, value, below });
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

/** What a cell in the place of a date is likely to be. */
function noDate(cell: string): string {
  const why = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(cell)
    ? "a spreadsheet has rewritten the dates, and whether day or month comes first cannot be told; download the file again"
    : /\d/.test(cell)
      ? "a spreadsheet may have rewritten it; download the file again"
      : "is this another export of Trends, such as geoMap.csv?";
  return `${excerpt(cell)} is not ${STAMP_FORMS}; ${why}`;
}

function shareOf(cell: string): number | null {
  const value = /^\d{1,3}$/.test(cell) ? Number(cell) : 101;
  return value <= 100 ? value : null;
}

/** Terms are names of series unless one stands twice, for two places; then the place belongs to the name. */
function seriesOf(columns: readonly string[]): RawSeries[] {
  const parsed = columns.map((column) => {
    const match = TERM.exec(column);
    return match === null ? { term: column, place: null } : { term: match[1], place: match[2] };
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
