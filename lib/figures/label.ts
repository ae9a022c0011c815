import { InvalidInputError } from "../statistics";
import { largest } from "../statistics/inner";

/**
 * Text that stands in a figure. Plotly reads labels as a small HTML (`<b>`, `<a href>`, entities) and,
 * where a page has MathJax, `$…$` as a formula; text that comes from data must arrive as written.
 */

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", $: "&#36;" };

/**
 * Text as Plotly will show it, letter for letter.
 *
 * @example escapeLabel("<script> & co") // "&lt;script&gt; &amp; co"
 */
export function escapeLabel(text: string): string {
  return text.replace(/[&<>$]/g, (character) => ENTITIES[character] ?? character);
}

/** Text again as it was before {@link escapeLabel}. */
export function unescapeLabel(text: string): string {
  return Object.entries(ENTITIES).reduceRight((plain, [letter, entity]) => plain.replaceAll(entity, letter), text);
}

/**
 * Widths of DejaVu Sans in parts of the font size, by kind of letter: the widest font of the theme's list.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!()[\]I ]/u, 0.37],
  [/[mwMW%@—]/u, 0.98],
  [/[A-Z]/u, 0.7],
  [/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/u, 1],
];

/**
 * An upper estimate of the width of a line of plain text in pixels, needed where Plotly does not make room
 * itself (it does so for axes, but not for annotations).
 */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? 0.62;
  return Math.ceil(width * size * (bold ? 1.12 : 1));
}

/** Width of the widest of some lines, in pixels. */
export function widest(lines: readonly string[], size: number, bold = false): number {
  return largest(
    lines.map((line) => textWidth(line, size, bold)),
    0,
  );
}

/**
 * What may be broken apart: words, where a number stays with its per cent and with the sign before it. A blank that holds
 * its words together does so here.
 */
function pieces(text: string): string[] {
  return text.split(/(?<! [=<>≤≥])[^\S\u00a0]+(?!%)/).filter((part) => part !== "");
}

/** Breaks text at blanks into lines of at most `limit` characters; a longer word stays whole, and so does "= 0.6". */
export function wrap(text: string, limit: number): string[] {
  return pack(pieces(text), " ", (line) => line.length <= limit);
}

/**
 * Breaks text at blanks into lines of at most `width` pixels in the given size; a longer word stays whole.
 */
export function wrapToWidth(text: string, width: number, size: number, bold = false): string[] {
  return pack(pieces(text), " ", (line) => textWidth(line, size, bold) <= width);
}

/**
 * Joins pieces into as few lines as fit, in order; a piece that does not fit alone has a line of its own.
 */
export function pack(all: readonly string[], joint: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const piece of all) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last}${joint}${piece}`)) lines[lines.length - 1] = `${last}${joint}${piece}`;
    else lines.push(piece);
  }
  return lines;
}

/** A p value as one prints it: "p < 0.0001", "p = 0.058", "p = 0.31". */
export function formatP(p: number): string {
  if (!(p >= 0 && p <= 1)) throw new InvalidInputError(`formatP: ${p} is given; a p value lies between 0 and 1`, "p");
  if (p < 0.0001) return "p < 0.0001";
  if (p < 0.001) return `p = ${p.toFixed(4)}`;
  return `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** Exactly `digits` decimals, with a true minus sign: for columns of numbers that are compared. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) throw new InvalidInputError(`formatFixed: ${value} is not a finite number`, "value");
  const text = value.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

/** At most `digits` decimals, without trailing zeros, with a true minus sign: 12.5, 3, −0.25. */
export function formatNumber(value: number, digits: number): string {
  if (!Number.isFinite(value)) throw new InvalidInputError(`formatNumber: ${value} is not a finite number`, "value");
  return (Number(value.toFixed(digits)) + 0).toString().replace("-", "−");
}

/** A whole number as one reads it: 2,855. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A share as a percentage: 0.842 is "84%", with one digit "84.2%". */
export function formatPercent(share: number, digits = 0): string {
  return `${formatNumber(100 * share, digits)}%`;
}

/** "a", "a and b", "a, b and c". */
export function listing(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A title as a sentence: with a full stop unless it has another end. */
export function sentence(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}

/** A text with a large first letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
