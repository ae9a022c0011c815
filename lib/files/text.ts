/** Marks that print nothing and yet make two texts differ, at either end. */
const UNSEEN_ENDS = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;
/** Letters that may be composed, and white space that may be more than one space. */
const NOT_PLAIN = /[^\0-\x7f]|\s\s|[\t\n\r\v\f]/;

/**
 * A cell's text without blanks and invisible marks (a mark of direction, a byte order mark) around it.
 *
 * @example trimmed("\u200e2019-03-04 ") // "2019-03-04"
 */
export function trimmed(text: string): string {
  if (isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1))) return text;
  const cut = text.trim();
  return BEYOND_ASCII.test(cut) ? cut.replace(UNSEEN_ENDS, "") : cut;
}

/** A character of ASCII that is seen; most cells begin and end with one. */
const isInk = (code: number): boolean => code > 0x20 && code < 0x7f;

/**
 * A text as it is compared: trimmed, composed letters (NFC), and one space for each run of white space. Letter case counts.
 *
 * @example plain("Rene\u0301\u00a0A ") === plain("René A") // true
 */
export function plain(text: string): string {
  const cut = trimmed(text);
  return NOT_PLAIN.test(cut) ? cut.normalize("NFC").replace(/\s+/gu, " ") : cut;
}

/**
 * A text in quotation marks for a message, with characters that print nothing as escapes.
 *
 * @example shown("\u200bid") // '"\\u200bid"'
 */
export function shown(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\u00a0\u2028\u2029]/gu,
    (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
