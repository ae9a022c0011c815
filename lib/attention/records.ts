import {
  type Delimiter,
  delimiterOf,
  type Fault,
  isBlank,
  recordsOf,
  refuse,
  refuseAll,
  rowForm,
  rowWidth,
  shown,
  trimmed,
} from "../files";
import { readStamp, respelled } from "./stamps";

/** A line of a CSV file with its place as a spreadsheet counts it. */
export interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

/** The table in a text: what stands above it, its header, its rows. */
export interface ExportTable {
  readonly preamble: readonly Line[];
  readonly header: Line;
  readonly rows: readonly Line[];
  /** Whether a blank line stands between preamble and header. */
  readonly parted: boolean;
  readonly notes: readonly string[];
  /** Numbers have a decimal comma: a spreadsheet of such a country has separated the columns by semicolons. */
  readonly decimalComma: boolean;
}

/** So many lines are searched for a header. */
const HEAD = 12;

/**
 * The table in the text of an export, also after a spreadsheet has saved it anew: with another delimiter, blank cells at
 * the ends of lines, a blank line more or less, days written in its country's way. Blank lines are left out and counted.
 *
 * @returns null where no line has two cells
 * @throws DataError where a quotation mark is not closed
 */
export function exportTable(text: string, file: string): ExportTable | null {
  const delimiter = headerDelimiter(text);
  if (delimiter === null) return null;
  const records = recordsOf(text, file, { delimiter });
  const lines = records.flatMap((cells, i) => (isBlank(cells) ? [] : [{ row: i + 1, cells: cells.map(trimmed) }]));
  const at = lines.findIndex(({ row, cells }, i) => hasCells(cells) && !isPreamble(row, i, lines));
  if (at < 0) return null;
  const { row, cells } = lines[at];
  const rows = lines.slice(at + 1);
  const days = respelled(rows.map((line) => line.cells[0]));
  const named = cells.length - [...cells].reverse().findIndex((name) => name !== "");
  const width = rows.length === 0 ? cells.length : rowWidth(cells, rows[0].cells);
  return {
    preamble: lines.slice(0, at),
    header: { row, cells: cells.slice(0, named) },
    rows: rows.map((line, i) => ({
      row: line.row,
      cells: [days.texts[i], ...line.cells.slice(1, line.cells.length === width ? named : undefined)],
    })),
    parted: at > 0 && row > lines[at - 1].row + 1,
    notes: [
      ...(delimiter === "," ? [] : ["A spreadsheet has saved the file anew: its columns are not separated by commas."]),
      ...(days.order === null ? [] : [`A spreadsheet has rewritten the dates; they are read as ${days.order}.`]),
    ],
    decimalComma: delimiter === ";",
  };
}

const hasCells = (cells: readonly string[]): boolean => cells.filter((cell) => cell !== "").length > 1;

/** Whether a line is the preamble though it holds a delimiter: it comes first, and a blank line and a header follow it. */
const isPreamble = (row: number, i: number, lines: readonly Line[]): boolean =>
  i === 0 && lines.length > 1 && lines[1].row > row + 1 && readStamp(lines[1].cells[0]) === null;

/** The delimiter of the first line that has one, a preamble aside. */
function headerDelimiter(text: string): Delimiter | null {
  const lines = text.split(/\r+\n|\n|\r/, HEAD);
  const first = lines.findIndex((line) => line.trim() !== "");
  const from =
    lines[first + 1]?.trim() === "" && lines.slice(first + 2).some((line) => line.trim() !== "") ? first + 1 : first;
  for (const line of lines.slice(Math.max(from, 0))) {
    const mark = delimiterOf(line)?.mark;
    if (mark !== undefined && hasCells(line.split(mark).map(trimmed))) return mark;
  }
  return null;
}

/**
 * Checks that there are data rows and that each has as many cells as the header.
 *
 * @throws DataError naming every row that has not; the last one is what a broken download looks like
 */
export function requireRows(lines: readonly Line[], columns: number, file: string): void {
  const last = lines.at(-1);
  if (last === undefined) {
    throw refuse(file, "no-rows", "has a header and no rows; the query found nothing, or the download broke off");
  }
  const faults = lines.flatMap(({ row, cells }): Fault[] => {
    const broken = row === last.row ? "; it is the last row, so the download may have broken off" : "";
    const lines = cells.find((cell) => cell.includes("\n") || cell.includes("\r"));
    const message =
      lines === undefined
        ? rowForm(cells, columns, broken)
        : `has a cell of several lines (${excerpt(lines)}): a stray quotation mark has made one row of them; remove it`;
    return message === null ? [] : [{ row, column: null, value: null, rule: "ragged-row", message }];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
}

/** The beginning of a text for a message: one line, at most `limit` characters, in quotation marks. */
export function excerpt(text: string, limit = 70): string {
  const line = text.replace(/\s+/g, " ").trim();
  return shown(line.length > limit ? `${line.slice(0, limit)}…` : line);
}

/**
 * A number as the exports write it, without separators of thousands; `decimalComma` where a spreadsheet has put a comma
 * in the place of the point.
 *
 * @returns null where the text is none
 */
export function readNumber(text: string, decimalComma = false): number | null {
  const point = decimalComma ? text.replace(",", ".") : text;
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(point)) return null;
  // Thousands of one country are decimals of another.
  if (decimalComma && /^-?[1-9]\d{0,2}\.\d{3}$/.test(text)) return null;
  const value = Number(point);
  return Number.isFinite(value) ? value : null;
}
