import { type Fault, recordsOf, refuse, refuseAll, rowForm } from "../files";

/** A line of a CSV file with its place as a spreadsheet counts it. */
export interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * The records of a CSV text with their rows; blank lines are left out and still counted.
 *
 * @throws DataError where a quotation mark is not closed
 */
export function csvLines(text: string, file: string): Line[] {
  return recordsOf(text, file, { delimiter: "," })
    .map((cells, i) => ({ row: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

/**
 * Checks that there are data rows and that each has as many cells as the header.
 *
 * @throws DataError naming every row that has not; the last one is what a broken download looks like
 */
export function requireRows(lines: readonly Line[], columns: number, file: string): void {
  const last = lines.at(-1);
  if (last === undefined) {
    throw refuse(
      file,
      "no-rows",
      "has a header and no rows; the query found nothing, or the download broke off",
    );
  }
  const faults = lines.flatMap(({ row, cells }): Fault[] => {
    const broken = row === last.row ? "; it is the last row, so the download may have broken off" : "";
    const message = rowForm(cells, columns, broken);
    return message === null ? [] : [{ row, column: null, value: null, rule: "ragged-row", message }];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
}

/** The beginning of a text for a message: one line, at most `limit` characters, in quotation marks. */
export function excerpt(text: string, limit = 70): string {
  const line = text.replace(/\s+/g, " ").trim();
  return JSON.stringify(line.length > limit ? `${line.slice(0, limit)}…` : line);
}

/**
 * A number as the exports write it, without separators of thousands and with a decimal point.
 *
 * @returns null where the text is none
 */
export function readNumber(text: string): number | null {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
