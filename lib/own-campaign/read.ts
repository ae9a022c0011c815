import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parquetRecords } from "../at-scale/parquet";
import { projectRoot } from "../data/schema";
import { decodeUtf8, RecordSplitter, refuse, shown, type TakeLine, type TakeRecord } from "../files";
import { progressBar } from "../notebook";
import type { CampaignData } from "./campaign-data";
import { bySpaces, type FileFormat, fileFormat, SPACES } from "./formats";
import { type CampaignMapping, checkMapping } from "./mapping";
import { RowCollector } from "./rows";

/** Bytes in which the first line must end. */
const HEAD = 1 << 16;
/** Bytes that are read at a time. */
const CHUNK = 1 << 18;

/** What reading tells and obeys. */
interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Bytes read so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LoadCampaignOptions extends ReadOptions {
  /** Whether a bar shows how far reading is, where it takes more than a second; true unless told. */
  readonly progress?: boolean;
}

/**
 * Reads somebody's file of arrests and releases as spells in custody, by a mapping of its columns.
 *
 * The format (CSV with commas, semicolons or bars; a Dataverse .tab; an export of the CECC Political Prisoner Database;
 * Parquet, by DuckDB) is found out from its beginning. The file is read as it comes, so that a million rows need memory only for what is kept.
 * No row disappears: it is used, or set aside with a reason that is counted in `report`, or the file is refused with a
 * list of what has to be mended. Dates that are not known to the day are intervals throughout.
 *
 * @param path the file, as seen from the working directory or the project's folder
 * @param mapping which column is what; see {@link CampaignMapping}, and ceccMapping() for the CECC's export
 * @returns the rows as columns, with the report
 * @throws DataError listing problems of the file by row and column: columns that are not there, cells that are no dates,
 *   statuses without a meaning, ids that stand twice, a release before the detention, no row that can be used
 * @throws {InvalidInputError} if the mapping contradicts itself
 * @throws the signal's reason once it has fired
 * @example
 * const data = await loadCampaign("arrests.csv", {
 *   title: "Arrests after the law", dateFormat: "%d.%m.%Y", timeZero: "detained", endOfFollowUp: "2024-12-31",
 *   columns: { id: "case", detained: "arrested on", released: "freed on" },
 *   treatment: { kind: "column", column: "appeal", treated: ["yes"] },
 * });
 * show(reportTable(data.report));
 */
export async function loadCampaign(
  path: string,
  mapping: CampaignMapping,
  options: LoadCampaignOptions = {},
): Promise<CampaignData> {
  checkMapping(mapping);
  const table = openTable(path);
  const bar = options.progress === false ? null : progressBar(`Reading ${path}`);
  const collected = async (by: CampaignMapping): Promise<RowCollector> => {
    const collector = new RowCollector(table.file, table.format, by, table.head);
    await readRecords(
      table,
      by.dateFormat,
      {
        record: (record, row, quoted) => collector.take(record, row, quoted),
        line: (text, from, end, row) => collector.takeLine(text, from, end, row),
      },
      {
        ...options,
        onProgress: (done, total) => {
          bar?.update(done, total);
          options.onProgress?.(done, total);
        },
      },
    );
    return collector;
  };
  try {
    const first = await collected(mapping);
    if (!first.endsAreLastSeen) return first.finish();
    // Those held have a date as well, as everybody has: the day on which each was last seen.
    const { columns } = mapping;
    const second = await collected({ ...mapping, columns: { ...columns, lastSeen: columns.released } });
    return (second.allDated ? second : first).finish();
  } finally {
    bar?.end();
  }
}

/** A table file that was found, with its first line read. */
interface TableFile {
  /** Absolute path, for reading. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly file: string;
  readonly bytes: number;
  readonly format: FileFormat;
  /** The first ten lines. */
  readonly head: readonly string[];
}

/** A table whose cells have types of their own, so that nothing separates them. */
const PARQUET: FileFormat = { kind: "Parquet", delimiter: ",", description: "Parquet" };

/**
 * Finds a file, as seen from the working directory or else from the project's folder, and looks at its first line.
 *
 * @throws DataError if it is missing, a folder, empty, or not text in UTF-8
 */
function openTable(file: string): TableFile {
  const path = existsSync(file) ? resolve(file) : resolve(projectRoot(), file);
  if (!existsSync(path)) {
    const places = [...new Set([resolve(file), path])];
    throw refuse(file, "file-missing", `no such file; looked for ${places.join(" and ")}`);
  }
  const { size } = statSync(path);
  if (statSync(path).isDirectory()) {
    throw refuse(file, "is-a-directory", "is a directory; name the file with the table");
  }
  const head = Buffer.alloc(Math.min(HEAD, size));
  const handle = openSync(path, "r");
  readSync(handle, head);
  closeSync(handle);
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return { path, file, bytes: size, format: PARQUET, head: [] };
  // The first lines, of which the last may be cut.
  const ends = [...head.subarray(0, HEAD)].flatMap((byte, i) => (byte === 10 || byte === 13 ? [i] : []));
  const whole =
    ends.length > 20 ? head.subarray(0, ends[20]) : size > HEAD ? head.subarray(0, ends.at(-1) ?? HEAD) : head;
  const lines = decodeUtf8(whole, file).split(/\r\n|\n|\r/);
  const line = headerOf(lines);
  if (line.trim() === "") {
    throw refuse(file, "header", "its first line is blank; a line with the names of the columns is needed");
  }
  if (/^\s*(<!doctype|<html|[{[])/i.test(line)) {
    const message = `begins with ${shown(line.trim().slice(0, 40))}, so it is a web page or JSON and no table; download the table itself`;
    throw refuse(file, "not-a-table", message);
  }
  if (bySpaces(line)) throw refuse(file, "header", SPACES, 1);
  return { path, file, bytes: size, format: fileFormat(line), head: lines.slice(0, 10) };
}

/** The line with the names of columns, all of it where a name in quotation marks spans lines. */
function headerOf(lines: readonly string[]): string {
  const end = lines.findIndex(
    (_, i) =>
      lines
        .slice(0, i + 1)
        .join("")
        .split('"').length %
        2 ===
      1,
  );
  return lines.slice(0, Math.max(end, 0) + 1).join(" ");
}

/**
 * Reads a table a record at a time, so that a file of any size needs no more memory than what is kept of it. Cells may
 * stand in quotation marks, doubled inside; in a .tab file a quotation mark may also stand inside a bare cell.
 *
 * @param take is given each record with its number as a spreadsheet counts, the header being 1; false ends the reading.
 *   Lines of text are offered to `line` first
 * @throws DataError if the file is not UTF-8 or its quotation marks do not match
 * @throws the signal's reason once it has fired
 */
async function readRecords(
  table: TableFile,
  dateFormat: string,
  take: { readonly record: TakeRecord; readonly line: TakeLine },
  options: ReadOptions = {},
): Promise<void> {
  const { path, file, bytes, format } = table;
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  if (format.kind === "Parquet") return parquetRecords(path, dateFormat, take.record, signal);
  const { delimiter } = format;
  const splitter = new RecordSplitter(file, { delimiter, bareQuotes: delimiter === "\t" });
  const utf8 = new TextReader(table);
  let read = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    // Whole lines at a time: a text that is put together of two pieces is slow to take apart.
    const end: number = chunk.lastIndexOf(10) + 1 || chunk.length;
    const lines: Buffer = rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([rest, chunk.subarray(0, end)]);
    rest = chunk.subarray(end);
    if (!splitter.push(utf8.textOf(lines), take.record, false, take.line)) return;
    read += chunk.length;
    onProgress?.(read, bytes);
    signal?.throwIfAborted();
  }
  splitter.push(utf8.textOf(rest) + utf8.end(), take.record, true, take.line);
}

/** Bytes of a file as text, piece by piece. */
class TextReader {
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  /** Whether the last piece may have ended within a character. */
  #isCut = false;
  #isFirst = true;

  constructor(private readonly table: TableFile) {}

  /** @throws DataError where bytes are not UTF-8: the whole file is looked at again, to say in which row */
  textOf(piece: Buffer): string {
    const isPlain = !this.#isCut && isAscii(piece);
    try {
      if (isPlain) return piece.toString("latin1");
      // Only at the beginning of a file a byte order mark is none of the text.
      this.#decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: !this.#isFirst });
      if (!piece.includes(0)) return this.#decoder.decode(piece, { stream: true });
    } catch {
      // Said below, with the row.
    } finally {
      this.#isFirst &&= piece.length === 0;
      this.#isCut = piece.length > 0 ? piece[piece.length - 1] > 0x7f : this.#isCut;
    }
    return this.#refuse();
  }

  /** Nothing, unless the file ended within a character. */
  end(): string {
    try {
      return this.#decoder?.decode() ?? "";
    } catch {
      return this.#refuse();
    }
  }

  #refuse(): never {
    const { path, file } = this.table;
    decodeUtf8(readFileSync(path), file);
    throw refuse(file, "encoding", "is not UTF-8 text; save it as UTF-8");
  }
}

/** Whether bytes are characters of ASCII, none of them NUL: their text need not be decoded, which takes several times as long. */
function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] > 0x7f || bytes[i] === 0) return false;
  return true;
}
