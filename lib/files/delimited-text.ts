import { didYouMean } from "./nearest";
import { DataError, type Problem, refuse } from "./problem";
import { shown, trimmed } from "./text";

const DELIMITERS = [
  ["\t", "tabs"],
  [",", "commas"],
  [";", "semicolons"],
  ["|", "bars"],
] as const;

export type Delimiter = (typeof DELIMITERS)[number][0];

/**
 * How a text writes its cells. Whatever else a kind of file does differently belongs here.
 *
 * With tabs it is Dataverse's form: texts in quotation marks, in which `\"`, `\n` and `\t` stand for a quotation mark, a
 * line break and a tab (IQSS/dataverse, CSVFileReader.java), so that a cell never spans lines.
 */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether a quotation mark in a bare cell is an ordinary character, as it is in .tab files of others; a fault unless told. */
  readonly bareQuotes?: boolean;
}

/**
 * The delimiter that stands most often in a line outside quotation marks, and its name; null where there is none.
 *
 * @example delimiterOf('"a;b",c,d')?.name // "commas"
 */
export function delimiterOf(line: string): { readonly mark: Delimiter; readonly name: string } | null {
  const bare = line.replace(/"[^"]*"/g, '""');
  const counted = DELIMITERS.map(([mark, name]) => ({ mark, name, count: bare.split(mark).length - 1 }));
  const found = counted.reduce((best, next) => (next.count > best.count ? next : best));
  return found.count === 0 ? null : found;
}

/**
 * Is given a record with its number as a spreadsheet counts, the first being 1, and whether a quotation mark stands in it:
 * without one no cell spans lines. False ends the reading.
 */
export type TakeRecord = (record: readonly string[], row: number, quoted: boolean) => boolean;

/**
 * Is offered a line, without its line break, before it is taken apart; true where it was a whole record and has been taken.
 * Quotation marks may stand in it: a line is a record only where each of them encloses a cell (see {@link LineCells}).
 */
export type TakeLine = (text: string, from: number, end: number, row: number) => boolean;

/** So many texts of cells are kept, a power of two; longer ones seldom come twice. */
const TEXTS = 1 << 14;
const LONG_TEXT = 32;

/** Characters in which a record must end; a quotation mark that nobody closes would swallow the rest of the file. */
const LONGEST = 1 << 24;

/**
 * Splits delimited text (RFC 4180) into records as it comes, piece by piece: the one reader of all tables, of whatever
 * size. Quotation marks around a cell fall away and doubled ones inside become one; a quoted cell may hold delimiters and
 * line breaks. Lines end as on any system, also in one file: line feed, carriage returns before it, or one without it.
 *
 * A text that stands in many cells is kept once, so that whoever looks it up in a map need not take it apart again.
 *
 * csv-parse splits the same records (a test compares them) in several times the time.
 */
export class RecordSplitter {
  #text = "";
  /** Where the next record begins. */
  #at = 0;
  #row = 0;
  /** Whether the text is all there is. */
  #last = false;
  /** Places of the next line feed and carriage return at or after the record; behind the text where there is none. */
  #feed = -1;
  #return = -1;
  #quote = -1;
  readonly #texts: string[] = new Array<string>(TEXTS).fill("");

  /** @param file its name, for messages */
  constructor(
    private readonly file: string,
    private readonly dialect: Dialect,
  ) {}

  /**
   * Takes the next piece of the text.
   *
   * @param last whether it is the last one; with a whole text it is
   * @param takeLine whoever can use lines as they stand, and says of each whether that was one
   * @returns false once `take` wants no more
   * @throws DataError naming the row in which quotation marks do not match
   */
  push(piece: string, take: TakeRecord, last: boolean, takeLine: TakeLine = NO_LINES): boolean {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#last = last;
    this.#at = 0;
    this.#feed = -1;
    this.#return = -1;
    this.#quote = -1;
    while (this.#at < this.#text.length) {
      if (this.#takenAsLine(takeLine)) continue;
      const record = this.#record();
      if (record === null) break;
      this.#row += 1;
      const quoted = this.#quote < this.#at;
      if (!take(record, this.#row, quoted)) return false;
    }
    return true;
  }

  /** Whether the next line has been taken as it stands. */
  #takenAsLine(takeLine: TakeLine): boolean {
    if (takeLine === NO_LINES) return false;
    const start = this.#at;
    const end = this.#lineEnd();
    if (end === this.#text.length && !this.#last) return false;
    if (!this.#endAt(end)) return false;
    if (takeLine(this.#text, start, end, this.#row + 1)) {
      this.#row += 1;
      return true;
    }
    this.#at = start;
    return false;
  }

  /** The next record; null where more of the text is needed. */
  #record(): string[] | null {
    const end = this.#lineEnd();
    if (end === this.#text.length && !this.#last) return null;
    if (this.#quote < this.#at) this.#quote = placeOf(this.#text, '"', this.#at);
    if (this.#quote >= end) {
      const start = this.#at;
      return this.#endAt(end) ? this.#plainCells(start, end) : null;
    }
    const line = this.#text.slice(this.#at, end);
    if (this.dialect.delimiter === "\t") return this.#endAt(end) ? this.#tabbedRecord(line) : null;
    const record = this.#quotedRecord();
    if (record === null && this.#text.length - this.#at > LONGEST) throw this.#unclosed(line);
    return record;
  }

  /** The cells of a line without quotation marks. */
  #plainCells(from: number, end: number): string[] {
    const text = this.#text;
    const delimiter = this.dialect.delimiter.charCodeAt(0);
    const cells: string[] = [];
    let [start, hash] = [from, 0];
    for (let at = from; at < end; at++) {
      const mark = text.charCodeAt(at);
      if (mark !== delimiter) hash = (Math.imul(hash, 31) + mark) | 0;
      else {
        cells.push(this.#cell(start, at, hash));
        start = at + 1;
        hash = 0;
      }
    }
    cells.push(this.#cell(start, end, hash));
    return cells;
  }

  /** A part of the text; the same string as before where it stood in a cell lately. */
  #cell(start: number, end: number, hash: number): string {
    const length = end - start;
    if (length === 0) return "";
    if (length > LONG_TEXT) return this.#text.slice(start, end);
    const place = (hash ^ (hash >>> 14)) & (TEXTS - 1);
    const known = this.#texts[place];
    if (known.length === length && this.#text.startsWith(known, start)) return known;
    const cell = this.#text.slice(start, end);
    this.#texts[place] = cell;
    return cell;
  }

  /** The cells of a line with tabs in which quotation marks stand. */
  #tabbedRecord(line: string): string[] {
    const cells: string[] = [];
    const parts = line.split("\t");
    for (let i = 0; i < parts.length; i++) {
      let cell = parts[i];
      // A tab may stand inside quotation marks; an even number of them encloses words of a bare cell.
      if (cell.startsWith('"') && !isClosed(cell) && cell.split('"').length % 2 === 0) {
        while (!isClosed(cell) && i + 1 < parts.length) cell += `\t${parts[++i]}`;
        if (!isClosed(cell)) throw this.#unclosed(cell);
      }
      if (isClosed(cell)) cells.push(cell.slice(1, -1).replace(ESCAPED, (mark) => UNESCAPED[mark] ?? mark));
      else cells.push(this.#bare(cell));
    }
    return cells;
  }

  /** Where the line ends in which the record begins: the next line break, or the end of the text. */
  #lineEnd(): number {
    const { length } = this.#text;
    if (this.#feed < this.#at) this.#feed = placeOf(this.#text, "\n", this.#at);
    if (this.#return < this.#at) this.#return = placeOf(this.#text, "\r", this.#at);
    return Math.min(this.#feed, this.#return, length);
  }

  /** Goes on behind a record's line break, or the end of the text; false where the rest of the break is still to come. */
  #endAt(end: number): boolean {
    let next = end;
    while (this.#text[next] === "\r") next++;
    if (next === this.#text.length && next > end && !this.#last) return false;
    this.#at = this.#text[next] === "\n" ? next + 1 : Math.min(end + 1, this.#text.length);
    return true;
  }

  /** A record that has quotation marks, cell by cell. */
  #quotedRecord(): string[] | null {
    const cells: string[] = [];
    for (let at = this.#at; ; at++) {
      const quoted = this.#text[at] === '"' ? this.#quotedCell(at, cells) : BARE;
      at = quoted === BARE ? this.#bareCell(at, cells) : quoted;
      if (at === MORE) return null;
      if (this.#text[at] !== this.dialect.delimiter) return this.#endAt(at) ? cells : null;
    }
  }

  /** Adds the cell that a quotation mark opens; where it ends, or that the mark does not enclose the cell. */
  #quotedCell(open: number, cells: string[]): number {
    const close = closingQuote(this.#text, open);
    if (close < 0) {
      if (this.#last) throw this.#unclosed(this.#text.slice(open));
      return MORE;
    }
    const end = close + 1;
    // A mark at the end of a piece may be the first of two.
    if (end === this.#text.length && !this.#last) return MORE;
    if (end < this.#text.length && !this.#endsCell(end)) return BARE;
    cells.push(this.#text.slice(open + 1, close).replaceAll('""', '"'));
    return end;
  }

  #bareCell(from: number, cells: string[]): number {
    let end = from;
    while (end < this.#text.length && !this.#endsCell(end)) end++;
    if (end === this.#text.length && !this.#last) return MORE;
    cells.push(this.#bare(this.#text.slice(from, end)));
    return end;
  }

  /** A cell that no quotation marks enclose. */
  #bare(cell: string): string {
    if (!cell.includes('"') || this.dialect.bareQuotes === true) return cell;
    const open = cell.startsWith('"') ? ", or a quotation mark is not closed" : "";
    const message = `a quotation mark stands inside a cell that does not begin and end with one${open} (${shortened(cell)}); put the whole cell in quotation marks and double those inside`;
    throw refuse(this.file, "quote", message, this.#row + 1);
  }

  #endsCell(at: number): boolean {
    const mark = this.#text[at];
    return mark === this.dialect.delimiter || mark === "\n" || mark === "\r";
  }

  #unclosed(text: string): DataError {
    const message = `a quotation mark is not closed (near ${shortened(text)})`;
    return refuse(this.file, "quote", message, this.#row + 1);
  }
}

const NO_LINES: TakeLine = () => false;

const isClosed = (cell: string): boolean => cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');

/** What stands for other characters in a quoted cell of a text with tabs. */
const ESCAPED = /\\["nt]|""/g;
const UNESCAPED: Readonly<Record<string, string>> = { '\\"': '"', "\\n": "\n", "\\t": "\t", '""': '"' };

/** In place of where a cell ends: more of the text is needed, or the cell's quotation mark does not enclose it. */
const MORE = -1;
const BARE = -2;

/** The quotation mark that closes the cell which one at `open` opens; −1 where the text ends first. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

function placeOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

const shortened = (text: string): string => shown(text.slice(0, 40));

/**
 * All records of a text.
 *
 * @throws DataError naming the row in which quotation marks do not match
 * @example recordsOf(text, "women.csv", dialect)[0] // the header's cells
 */
export function recordsOf(text: string, file: string, dialect: Dialect): (readonly string[])[] {
  const records: (readonly string[])[] = [];
  new RecordSplitter(file, dialect).push(text, (record) => records.push(record) > 0, true);
  return records;
}

/** Whether a record is a line on which nothing stands: blank, or blank cells only, as spreadsheets leave them. */
export const isBlank = (record: readonly string[]): boolean => record.every((cell) => trimmed(cell) === "");

/**
 * How many cells the rows below a header have: as many as it, unless the first row shows that lines of this file have
 * blank cells more, or fewer, behind the last column with a name (a delimiter at the end of each line).
 *
 * @example rowWidth(["id", "released"], ["ada", "2016-01-31", ""]) // 3
 */
export function rowWidth(header: readonly string[], first: readonly string[]): number {
  const named = header.length - [...header].reverse().findIndex((name) => trimmed(name) !== "");
  return first.length >= named && isBlank(first.slice(named)) ? first.length : header.length;
}

/**
 * What is wrong with the form of a row; null where it has as many cells as it should.
 *
 * @param advice what such a row is likely to come from
 * @example rowForm(["ada", "2016-01-31", ""], 2) // "has 3 cells, the header has 2 columns; …"
 */
export function rowForm(
  record: readonly string[],
  columns: number,
  advice = "; a cell that holds the delimiter needs quotation marks",
): string | null {
  if (record.length === columns) return null;
  const of = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  const found = `has ${of(record.length, "cell")}, the header has ${of(columns, "column")}`;
  return `${found}${spansLines(record) ? SWALLOWED : advice}`;
}

const SWALLOWED =
  ", and one of its cells spans lines: a stray quotation mark may have made one row of several; remove it, or double it inside a quoted cell";

const spansLines = (record: readonly string[]): boolean => record.some((cell) => /[\n\r]/.test(cell));

/**
 * What is wrong with a row that has taken others into it: a stray quotation mark makes everything up to the next one a cell,
 * and the number of cells may be right by accident. Null where at most one line of the row would be a row by itself.
 *
 * @param isRow whether cells, as many as the header has, are a row; all are unless told
 * @example swallowedRows(["2", "B,2019\\n3,C", "2020"], ",", 3) // "a stray quotation mark …"
 */
export function swallowedRows(
  record: readonly string[],
  delimiter: Delimiter,
  columns: number,
  isRow: (cells: readonly string[]) => boolean = () => true,
): string | null {
  if (!spansLines(record)) return null;
  const lines = record
    .join(delimiter)
    .split(/\r\n|\n|\r/)
    .map((line) => line.split(delimiter));
  const rows = lines.filter((cells) => cells.length === columns && isRow(cells));
  if (rows.length < 2) return null;
  return `has a cell of several lines, ${rows.length} of which would be rows by themselves (${shortened(rows[rows.length - 1].join(delimiter))})${SWALLOWED.replace(/^[^:]*/, "")}`;
}

/** A table as text: columns in the file's order, each row with as many cells as there are columns. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Where each row stands, as a spreadsheet counts: the header is row 1, and blank rows count. */
  readonly at: readonly number[];
}

/**
 * Splits the text of a table whose columns are known and checks its form: delimiter, quotation marks, the columns against
 * those expected, and that every row has as many cells as the header.
 *
 * @param text decoded content
 * @param file the file's name; `.csv` is separated by commas, `.tab` and `.tsv` by tabs
 * @param expected column names, in any order
 * @param mayBeEmpty whether a header without rows is a table, and not what is left of one
 * @throws DataError with every fault of form.
 * @example splitTable("id,released\nada,2016-01-31\n", "women.csv", ["id", "released"]).rows.length // 1
 */
export function splitTable(text: string, file: string, expected: readonly string[], mayBeEmpty = false): TextTable {
  const delimiter = /\.(tab|tsv)$/i.test(file) ? "\t" : ",";
  checkDelimiter(text, file, delimiter, expected);
  const records = recordsOf(text, file, { delimiter });
  const places = records.flatMap((record, i) => (isBlank(record) ? [] : [i]));
  const [header, ...at] = places;
  if (header === undefined) throw refuse(file, "file-empty", "is empty; expected a header row and data rows");
  const columns = records[header].map(trimmed);
  while (columns.length > 0 && columns[columns.length - 1] === "") columns.pop();
  checkColumns(columns, file, expected);
  if (at.length === 0) {
    if (!mayBeEmpty) throw refuse(file, "no-rows", "has a header row and no data rows");
    return { columns, rows: [], at };
  }
  const width = rowWidth(records[header], records[at[0]]);
  const wrong = at.flatMap((i): Problem[] => {
    const message = rowForm(records[i], width) ?? swallowedRows(records[i], delimiter, width);
    return message === null ? [] : [{ file, row: i + 1, column: null, value: null, rule: "ragged-row", message }];
  });
  if (wrong.length > 0) throw new DataError(wrong);
  return { columns, rows: at.map((i) => records[i]), at: at.map((i) => i + 1) };
}

/**
 * Compares the header line with the delimiter that the file's name promises, before anything is
 * parsed: with the wrong one, quotation marks stand in the wrong places and would be blamed.
 */
function checkDelimiter(text: string, file: string, delimiter: Delimiter, expected: readonly string[]): void {
  const header = /[^\s].*/.exec(text)?.[0] ?? "";
  if (header.includes(delimiter) || expected.length === 1) return;
  const found = delimiterOf(header);
  if (found === null) return;
  const needed = DELIMITERS.find(([mark]) => mark === delimiter)?.[1];
  const message = `its columns are separated by ${found.name}; a file of this name is separated by ${needed}`;
  throw refuse(file, "delimiter", `${message} (.csv: commas, .tab and .tsv: tabs)`, 1);
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
  throw refuse(file, "columns", message, 1);
}

const list = (what: string, names: readonly string[]) => (names.length === 0 ? "" : `${what}: ${names.join(", ")}`);
