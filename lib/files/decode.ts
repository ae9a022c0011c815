import { type DataError, refuse } from "./problem";

/**
 * The text of a data file. UTF-8 with or without byte order mark; anything else is refused, since
 * guessing an encoding garbles names without a sign.
 *
 * @param bytes the file's content
 * @param file the file's name, for messages
 * @throws DataError if the file is empty, UTF-16, holds NUL bytes, or is not UTF-8 (with the row).
 * @example decodeUtf8(readFileSync("arrests.csv"), "arrests.csv")
 */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) {
    throw refuse(file, "file-empty", "is empty; expected a header row and data rows");
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

/** Finds the first row that is not UTF-8 and shows how it would read in the likeliest other encoding. */
function notUtf8(bytes: Uint8Array, file: string): DataError {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let row = 1;
  for (let start = 0; start < bytes.length; row++) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    try {
      strict.decode(bytes.subarray(start, end));
    } catch {
      const latin1 = new TextDecoder("windows-1252").decode(bytes.subarray(start, end));
      const word = /[^\s,;"\t]*[^\x20-\x7e\s][^\s,;"\t]*/.exec(latin1)?.[0] ?? latin1;
      const message = `is not UTF-8; it may be Latin-1 or Windows-1252 ("${word}"), save the file as UTF-8`;
      return refuse(file, "encoding", message, row);
    }
    start = end + 1;
  }
  return refuse(file, "encoding", "is not UTF-8; save it as UTF-8");
}

function rowAt(bytes: Uint8Array, position: number): number {
  let row = 1;
  for (let i = 0; i < position; i++) if (bytes[i] === 10) row += 1;
  return row;
}
