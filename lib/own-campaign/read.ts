import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { projectRoot } from "../data/schema";
import { decodeUtf8, RecordSplitter, refuse, type TakeRecord } from "../files";
import { type FileFormat, fileFormat } from "./file-format";

/** Bytes in which the first line must end. */
const HEAD = 1 << 16;
/** Bytes that are read at a time. */
const CHUNK = 1 << 18;

/** A table file that was found, with its first line read. */
export interface TableFile {
  /** Absolute path, for reading. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly file: string;
  readonly bytes: number;
  readonly format: FileFormat;
}

/**
 * Finds a file, as seen from the working directory or else from the project's folder, and looks at its first line.
 *
 * @throws DataError if it is missing, a folder, empty, or not text in UTF-8
 */
export function openTable(file: string): TableFile {
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
  const end = head.findIndex((byte) => byte === 10 || byte === 13);
  const line = decodeUtf8(end < 0 ? head : head.subarray(0, Math.max(end, 1)), file);
  if (line.trim() === "") {
    throw refuse(file, "header", "its first line is blank; a line with the names of the columns is needed");
  }
  if (/^\s*(<!doctype|<html|[{[])/i.test(line)) {
    const message = `begins with ${JSON.stringify(line.trim().slice(0, 40))}, so it is a web page or JSON and no table; download the table itself`;
    throw refuse(file, "not-a-table", message);
  }
  return { path, file, bytes: size, format: fileFormat(line) };
}

/** What reading tells and obeys. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Bytes read so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads a table a record at a time, so that a file of any size needs no more memory than what is kept of it. Cells may
 * stand in quotation marks, doubled inside; in a .tab file a quotation mark may also stand inside a bare cell.
 *
 * @param take is given each record with its number as a spreadsheet counts, the header being 1; false ends the reading
 * @throws DataError if the file is not UTF-8 or its quotation marks do not match
 * @throws the signal's reason once it has fired
 */
export async function readRecords(
  table: TableFile,
  take: TakeRecord,
  options: ReadOptions = {},
): Promise<void> {
  const { path, file, bytes, format } = table;
  const { signal, onProgress } = options;
  const { delimiter } = format;
  const splitter = new RecordSplitter(file, { delimiter, bareQuotes: delimiter === "\t" });
  const utf8 = utf8Decoder();
  let read = 0;
  signal?.throwIfAborted();
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    if (!splitter.push(textOf(chunk, utf8, table), take, false)) return;
    read += chunk.length;
    onProgress?.(read, bytes);
    signal?.throwIfAborted();
  }
  splitter.push(textOf(null, utf8, table), take, true);
}

const utf8Decoder = () => new TextDecoder("utf-8", { fatal: true });

/** Bytes as text; the whole file is looked at again where they are not UTF-8, to say in which row. */
function textOf(
  chunk: Buffer | null,
  utf8: ReturnType<typeof utf8Decoder>,
  { path, file }: TableFile,
): string {
  try {
    if (chunk?.includes(0) !== true) {
      return chunk === null ? utf8.decode() : utf8.decode(chunk, { stream: true });
    }
  } catch {
    // Said below, with the row.
  }
  decodeUtf8(readFileSync(path), file);
  throw refuse(file, "encoding", "is not UTF-8 text; save it as UTF-8");
}
