import { CsvError, parse } from "csv-parse/sync";
import { didYouMean } from "./nearest";
import type { Problem } from "./problem";
import { DataError } from "./problem";

/** A table as text: columns in the file's order, each row with as many cells as there are columns. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const DELIMITER_NAMES = new Map([
  [",", "commas"],
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"],
]);

/**
 * Splits the text of a table into cells and checks its form: delimiter, quotation marks, the columns
 * against those expected, and that every row has as many cells as the header.
 *
 * @param text decoded content
 * @param file the file's name; `.csv` is separated by commas, `.tab` and `.tsv` by tabs
 * @param expected column names, in any order
 * @param mayBeEmpty whether a header without rows is a table, and not what is left of one
 * @throws DataError with every fault of form.
 * @example splitTable("id,released\nada,2016-01-31\n", "women.csv", ["id", "released"]).rows.length // 1
 */
export function splitTable(
  text: string,
  file: string,
  expected: readonly string[],
  mayBeEmpty = false,
): TextTable {
  const delimiter = /\.(tab|tsv)$/i.test(file) ? "\t" : ",";
  checkDelimiter(text, file, delimiter, expected);
  const records = parseRecords(text, file, delimiter);
  // The line break that ends the file is no row; a blank line between rows is reported as one.
  while (records.length > 0 && isBlank(records[records.length - 1])) records.pop();
  if (records.length === 0) {
    throw fault(file, null, "file-empty", "is empty; expected a header row and data rows");
  }
  const [columns, ...rows] = records;
  checkColumns(columns, file, expected);
  if (rows.length === 0 && !mayBeEmpty) {
    throw fault(file, null, "no-rows", "has a header row and no data rows");
  }
  const ragged = rows.flatMap((row, i) =>
    row.length === columns.length ? [] : [raggedRow(row, i + 2, file, columns.length)],
  );
  if (ragged.length > 0) throw new DataError(ragged);
  return { columns, rows };
}

function parseRecords(text: string, file: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // `records` counts those that were complete, header included.
    const complete = typeof error.records === "number" ? error.records : 0;
    const message = `a quotation mark is not closed or stands inside a cell without quotation marks (${error.message})`;
    throw fault(file, complete + 1, "quote", message);
  }
}

/**
 * Compares the header line with the delimiter that the file's name promises, before anything is
 * parsed: with the wrong one, quotation marks stand in the wrong places and would be blamed.
 */
function checkDelimiter(text: string, file: string, delimiter: string, expected: readonly string[]): void {
  const header = text.split(/[\r\n]/, 1)[0];
  if (header.includes(delimiter) || expected.length === 1) return;
  const counts = [...DELIMITER_NAMES].map(([mark, name]) => ({ name, n: header.split(mark).length - 1 }));
  const likeliest = counts.reduce((best, next) => (next.n > best.n ? next : best));
  if (likeliest.n === 0) return;
  const needed = DELIMITER_NAMES.get(delimiter);
  const message = `its columns are separated by ${likeliest.name}; a file of this name is separated by ${needed}`;
  throw fault(file, 1, "delimiter", `${message} (.csv: commas, .tab and .tsv: tabs)`);
}

/** One message that lists both sides, since a misspelt column is at once missing and unexpected. */
function checkColumns(columns: readonly string[], file: string, expected: readonly string[]): void {
  const missing = expected.filter((name) => !columns.includes(name));
  const extra = columns.filter((name) => !expected.includes(name));
  const twice = columns.filter((name, i) => columns.indexOf(name) !== i);
  if (missing.length + extra.length + twice.length === 0) return;
  const parts = [
    list(
      "unexpected",
      extra.map((name) => `"${name}"${didYouMean(name, missing.length > 0 ? missing : expected)}`),
    ),
    list("missing", missing),
    list("twice", [...new Set(twice)]),
    list("found", columns),
    list("expected", expected),
  ];
  const message = `the columns differ. ${parts.filter((part) => part !== "").join("; ")}`;
  throw fault(file, 1, "columns", message);
}

const list = (what: string, names: readonly string[]) =>
  names.length === 0 ? "" : `${what}: ${names.join(", ")}`;

const isBlank = (record: readonly string[]) => record.length === 1 && record[0].trim() === "";

function raggedRow(row: readonly string[], number: number, file: string, columns: number): Problem {
  const message = isBlank(row)
    ? "is blank; remove the line"
    : `has ${row.length} cells, the header has ${columns} columns; a cell that holds the delimiter needs quotation marks`;
  return { file, row: number, column: null, value: null, rule: "ragged-row", message };
}

function fault(file: string, row: number | null, rule: string, message: string): DataError {
  return new DataError([{ file, row, column: null, value: null, rule, message }]);
}
