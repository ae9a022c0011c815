import type { Options } from "minisearch";

/** A place that search leads to. */
export interface SearchPlace {
  readonly id: number;
  /** Address inside the site with its anchor. */
  readonly href: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
  /** The first words of the place, for the list of results. */
  readonly excerpt: string;
}

/** How the index is made and read: both sides need the same. */
export const SEARCH_OPTIONS: Options<SearchPlace> = {
  fields: ["title", "page", "text"],
  storeFields: ["href", "page", "title", "excerpt"],
  // "proposed" finds "propose"; accents do not matter, for not everybody has an í on the keyboard.
  processTerm: (term) => term.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
};
