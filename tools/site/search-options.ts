import type { Options } from "minisearch";

/** A place that search leads to. */
export interface SearchPlace {
  readonly id: number;
  /** Address inside the site with its anchor. */
  readonly href: string;
  readonly page: string;
  readonly title: string;
  /** What is written there, as a reader sees it; excerpts are cut from it. */
  readonly text: string;
  /** Code of cells, which counts less and is not shown. */
  readonly code: string;
  /** Words under which somebody may look for the place and which it does not use. */
  readonly keywords: string;
}

/** A letter without its accent, in lower case; one for one, so that places in a text stay where they are. */
export function folded(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, (letter) => letter.normalize("NFD").charAt(0)).toLowerCase();
}

/** The words of a text: letters and digits, "p=0.05" is three of them. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How the index is made and read: both sides need the same. */
export const SEARCH_OPTIONS: Options<SearchPlace> = {
  fields: ["title", "page", "text", "code", "keywords"],
  storeFields: ["href", "page", "title", "text", "keywords"],
  tokenize: wordsOf,
  // "proposed" finds "propose"; accents do not matter, for not everybody has an í on the keyboard.
  processTerm: folded,
};
