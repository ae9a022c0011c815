/** What is wrong with the form of a record. */
export interface SplitFault {
  readonly message: string;
}

export interface SplitterOptions {
  readonly delimiter: string;
  /** `"\n"` (also after `"\r"`), or `"\r"` alone in files of old systems. */
  readonly newline: "\n" | "\r";
  /** Whether a quotation mark in a bare cell is an ordinary character, as it is in .tab files. */
  readonly bareQuotes: boolean;
}

/** Characters in which a record must end; a quotation mark that nobody closes would swallow the rest of the file. */
const LONGEST = 1 << 20;

/**
 * Splits delimited text (RFC 4180) into records as it comes, piece by piece. Quotation marks around a cell fall away and
 * doubled ones inside become one; a quoted cell may hold delimiters and line breaks.
 *
 * csv-parse, which reads the project's own files, needs ten times as long; that counts with a million rows.
 */
export class RecordSplitter {
  readonly #options: SplitterOptions;
  #text = "";

  constructor(options: SplitterOptions) {
    this.#options = options;
  }

  /**
   * Takes the next piece of the text, or null at its end.
   *
   * @param take is given each complete record; false ends the splitting
   * @returns what is wrong with the record that cannot be split, or null
   */
  push(piece: string | null, take: (record: string[]) => boolean): SplitFault | null {
    const { delimiter, newline } = this.#options;
    const text = piece === null ? this.#text : this.#text + piece;
    let start = 0;
    while (start < text.length) {
      const end = text.indexOf(newline, start);
      if (end < 0 && piece !== null) break;
      const line = text.slice(start, end < 0 ? text.length : end);
      if (!line.includes('"')) {
        start = end < 0 ? text.length : end + 1;
        if (!take(withoutReturn(line).split(delimiter))) return null;
        continue;
      }
      const record = this.#quoted(text, start, piece === null);
      if (record === "incomplete") {
        if (text.length - start > LONGEST) return unclosed(line);
        break;
      }
      if ("message" in record) return record;
      start = record.next;
      if (!take(record.cells)) return null;
    }
    this.#text = text.slice(start);
    return null;
  }

  /** A record that has quotation marks, cell by cell. */
  #quoted(
    text: string,
    from: number,
    last: boolean,
  ): { cells: string[]; next: number } | SplitFault | "incomplete" {
    const { delimiter, newline, bareQuotes } = this.#options;
    const cells: string[] = [];
    let at = from;
    for (;;) {
      let stop: number;
      const close = text[at] === '"' ? closingQuote(text, at) : -1;
      if (text[at] === '"' && close < 0) {
        return last ? unclosed(text.slice(at, at + 60)) : "incomplete";
      }
      const returned = text[close + 1] === "\r" && (text[close + 2] ?? "\n") === "\n" && newline === "\n";
      const after = close + (returned ? 2 : 1);
      if (close >= 0 && close + 2 >= text.length && !last) return "incomplete";
      if (close >= 0 && (after >= text.length || text[after] === delimiter || text[after] === newline)) {
        cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
        stop = after;
      } else {
        stop = endOfBare(text, at, delimiter, newline);
        if (stop === text.length && !last) return "incomplete";
        const cell = text[stop] === delimiter ? text.slice(at, stop) : withoutReturn(text.slice(at, stop));
        if (cell.includes('"') && !bareQuotes) {
          return {
            message: `a quotation mark stands inside a cell that does not begin and end with one (${JSON.stringify(cell.slice(0, 40))}); put the whole cell in quotation marks and double those inside`,
          };
        }
        cells.push(cell);
      }
      if (text[stop] !== delimiter) return { cells, next: Math.min(stop + 1, text.length) };
      at = stop + 1;
    }
  }
}

/** The quotation mark that closes the cell which one at `open` opens; −1 where the text ends first. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

function endOfBare(text: string, from: number, delimiter: string, newline: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === delimiter || text[at] === newline) return at;
  }
  return text.length;
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

function unclosed(text: string): SplitFault {
  return { message: `a quotation mark is not closed (near ${JSON.stringify(text.slice(0, 40))})` };
}
