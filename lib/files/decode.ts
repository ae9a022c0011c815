import { likelyCodePage } from "./code-page";
import { type DataError, refuse } from "./problem";
import { shown } from "./text";

/** What files that are no text begin with, and what to do with them. */
const KINDS: readonly (readonly [bytes: string, what: string, advice: string])[] = [
  ["PK\x03\x04", "a zip archive or a spreadsheet (xlsx, ods)", "open it and save the sheet as CSV in UTF-8"],
  ["\xd0\xcf\x11\xe0", "an old Excel workbook (xls)", "open it and save the sheet as CSV in UTF-8"],
  ["\x1f\x8b", "compressed with gzip (or R's .rds)", "unpack it first"],
  ["BZh", "compressed with bzip2", "unpack it first"],
  ["\xfd7zXZ", "compressed with xz", "unpack it first"],
  ["\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first"],
  ["7z\xbc\xaf", "a 7z archive", "unpack it first"],
  ["Rar!", "a rar archive", "unpack it first"],
  ["%PDF", "a PDF", "a table as CSV is needed"],
  ["{\\rtf", "a text of a word processor (RTF)", "a table as CSV is needed"],
  ["\x89PNG", "a picture", "a table as CSV is needed"],
  ["\xff\xd8\xff", "a picture", "a table as CSV is needed"],
  ["GIF8", "a picture", "a table as CSV is needed"],
  ["PAR1", "a Parquet file", "write it as CSV in UTF-8"],
  ["ARROW1", "an Arrow file", "write it as CSV in UTF-8"],
  ["SQLite format 3", "a database of SQLite", "write the table as CSV in UTF-8"],
  ["$FL2", "a file of SPSS", "write it as CSV in UTF-8"],
  ["<stata_dta>", "a file of Stata", "write it as CSV in UTF-8"],
  ["RDX", "a workspace of R", 'write the table with write.csv(…, fileEncoding = "UTF-8")'],
  [
    "version https://git-lfs.github.com",
    "a pointer of git-lfs and not the file",
    "run git lfs pull, or download the file itself",
  ],
];

/**
 * The text of a data file. UTF-8 with or without byte order mark; anything else is refused, since
 * guessing an encoding garbles names without a sign.
 *
 * @param bytes the file's content
 * @param file the file's name, for messages
 * @throws DataError if the file is empty, of another kind (named by its first bytes), UTF-16, holds NUL bytes, or is not
 *   UTF-8 (with the row, and the encoding that the letters look like).
 * @example decodeUtf8(readFileSync("arrests.csv"), "arrests.csv")
 */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) {
    throw refuse(file, "file-empty", "is empty; expected a header row and data rows");
  }
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const kind = KINDS.find(([begin]) => start.startsWith(begin));
  if (kind !== undefined) throw refuse(file, "not-a-table", `is ${kind[1]}; ${kind[2]}`);
  if (/^[^\n]{0,150}[/\\]annex[/\\]objects[/\\]/.test(start)) {
    throw refuse(file, "not-a-table", "is a pointer of git-annex and not the file; run git annex get");
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw refuse(file, "encoding", "is UTF-16; save it as UTF-8");
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    // Plain text in UTF-16 has a NUL in every other byte; a damaged file has a few.
    const head = bytes.subarray(0, 200);
    const many = head.filter((byte) => byte === 0).length > head.length / 4;
    if (many) throw refuse(file, "encoding", "looks like UTF-16 without a mark; save it as UTF-8");
    const message = "holds a NUL byte, so the file is damaged or not text";
    throw refuse(file, "nul-bytes", message, rowAt(bytes, nul));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes, file);
  }
}

/** Finds the rows that are not UTF-8 and shows how the first would read in the likeliest other encoding. */
function notUtf8(bytes: Uint8Array, file: string): DataError {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let first: number | null = null;
  const foreign: number[] = [];
  let row = 1;
  for (let start = 0; start < bytes.length && foreign.length < 20_000; row++) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    try {
      strict.decode(line);
    } catch {
      first ??= row;
      for (const byte of line.subarray(0, 20_000)) foreign.push(byte);
    }
    start = end;
  }
  const { name, text } = likelyCodePage(Uint8Array.from(foreign));
  const word = /[^\s,;"\t]*[^\0-\x7e\s][^\s,;"\t]*/.exec(text)?.[0] ?? text.slice(0, 40);
  const message = `is not UTF-8; it may be ${name} (${shown(word)}), save the file as UTF-8`;
  return refuse(file, "encoding", message, first);
}

function rowAt(bytes: Uint8Array, position: number): number {
  let row = 1;
  for (let i = 0; i < position; i++) if (bytes[i] === 10) row += 1;
  return row;
}
