import type { Delimiter } from "./delimited-text";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const UTF8 = new TextEncoder();

/** Distinct texts that are numbered, a power of two; a column with more of them is one of names, numbers or remarks. */
const MOST_TEXTS = (1 << 16) - 1;

/** Where the cells of a line begin and end, quotation marks around them aside, for whoever reads a million lines. */
export class LineCells {
  /** The codes of UTF-16 of the text at hand: to ask a string for each of them takes several times as long. */
  codes = new Uint16Array(0);
  #bytes = new Uint8Array(0);
  #text = "";
  /** Places in the text, cell by cell. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of the characters between them, see {@link textHash}. */
  readonly hash: Int32Array;
  /** 1 where a cell is a word of ASCII: no white space, and nothing that is not seen. */
  readonly word: Uint8Array;
  readonly #delimiter: number;

  /** @param width how many cells a line has */
  constructor(
    private readonly width: number,
    delimiter: Delimiter,
  ) {
    this.start = new Int32Array(width);
    this.end = new Int32Array(width);
    this.hash = new Int32Array(width);
    this.word = new Uint8Array(width);
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /**
   * Finds the cells of a line; false where it has another number of them, or quotation marks that do more than enclose a
   * cell: then it takes {@link RecordSplitter} to say what the record is.
   *
   * @example new LineCells(2, ",").find('ada,"2016-01-31"', 0, 16) // true; start is [0, 5], end is [3, 15]
   */
  find(text: string, from: number, end: number): boolean {
    if (text !== this.#text) this.#hold(text);
    const last = this.width - 1;
    let at = from;
    for (let cell = 0; cell <= last; cell++) {
      const quoted = at < end && this.codes[at] === QUOTE;
      at = quoted ? this.#quoted(cell, text, at + 1, end) : this.#bare(cell, at, end);
      if (at < 0 || (at === end) !== (cell === last)) return false;
      at += 1;
    }
    return true;
  }

  #hold(text: string): void {
    this.#text = text;
    if (this.codes.length < text.length) {
      this.codes = new Uint16Array(text.length);
      this.#bytes = new Uint8Array(text.length);
    }
    // What is ASCII has one byte of UTF-8 for each of its codes.
    const { read, written } = UTF8.encodeInto(text, this.#bytes);
    if (read === text.length && written === read) this.codes.set(this.#bytes.subarray(0, written));
    else for (let i = 0; i < text.length; i++) this.codes[i] = text.charCodeAt(i);
  }

  /** Where a cell ends that no quotation marks enclose; −1 where one stands in it. */
  #bare(cell: number, start: number, end: number): number {
    const { codes } = this;
    const delimiter = this.#delimiter;
    let [hash, seen] = [0, 1];
    let at = start;
    for (; at < end; at++) {
      const mark = codes[at];
      if (mark === delimiter) break;
      if (mark === QUOTE) return -1;
      if (mark <= 0x20 || mark >= 0x7f) seen = 0;
      hash = (Math.imul(hash, 31) + mark) | 0;
    }
    this.#keep(cell, start, at, hash, seen);
    return at;
  }

  /** Where an enclosed cell ends with its mark; −1 where the mark is not closed or more follows, or a delimiter is enclosed. */
  #quoted(cell: number, text: string, start: number, end: number): number {
    const close = text.indexOf('"', start);
    const next = close + 1;
    if (close < 0 || next > end || (next < end && this.codes[next] !== this.#delimiter)) return -1;
    let [hash, seen] = [0, 1];
    for (let at = start; at < close; at++) {
      const mark = this.codes[at];
      if (mark === BACKSLASH || mark === this.#delimiter) return -1;
      if (mark <= 0x20 || mark >= 0x7f) seen = 0;
      hash = (Math.imul(hash, 31) + mark) | 0;
    }
    this.#keep(cell, start, close, hash, seen);
    return next;
  }

  #keep(cell: number, start: number, end: number, hash: number, seen: number): void {
    this.start[cell] = start;
    this.end[cell] = end;
    this.hash[cell] = hash;
    this.word[cell] = seen;
  }
}

/**
 * A number of 32 bits for a text, the same for the same text, as {@link LineCells} finds it of each cell: rows of a table are put
 * into a map by it without making their texts first. Other texts may have the same number, so texts are compared after it.
 *
 * @returns a whole number from −2³¹ to 2³¹ − 1: Σ 31^(n − 1 − i) times the i-th of n codes of UTF-16, modulo 2³²
 * @example textHash("ab") // 31 · 97 + 98 = 3105
 */
export function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Numbers the distinct texts of cells, from 0 in the order in which they come, so that what a text means is found out once. */
export class TextNumbers {
  readonly texts: string[] = [];
  #places = new Int32Array(1 << 8);
  #hashes = new Int32Array(1 << 8);

  /** The number of a part of a text; −1 where there are too many different ones to keep. */
  numberOf(text: string, from: number, end: number, hash: number): number {
    const mixed = hash ^ (hash >>> 15);
    const mask = this.#places.length - 1;
    let slot = mixed & mask;
    for (; this.#places[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] !== mixed) continue;
      const known = this.texts[this.#places[slot] - 1];
      if (known.length === end - from && text.startsWith(known, from)) return this.#places[slot] - 1;
    }
    if (this.texts.length === MOST_TEXTS) return -1;
    this.texts.push(text.slice(from, end));
    this.#places[slot] = this.texts.length;
    this.#hashes[slot] = mixed;
    if (2 * this.texts.length > this.#places.length) this.#widen();
    return this.texts.length - 1;
  }

  #widen(): void {
    const [places, hashes] = [this.#places, this.#hashes];
    const mask = 2 * places.length - 1;
    this.#places = new Int32Array(mask + 1);
    this.#hashes = new Int32Array(mask + 1);
    for (let i = 0; i < places.length; i++) {
      if (places[i] === 0) continue;
      let slot = hashes[i] & mask;
      while (this.#places[slot] !== 0) slot = (slot + 1) & mask;
      this.#places[slot] = places[i];
      this.#hashes[slot] = hashes[i];
    }
  }
}
