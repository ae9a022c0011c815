import MiniSearch from "minisearch";
import { scriptJson } from "../../lib/tables/escape";
import { SEARCH_OPTIONS, type SearchPlace } from "./search-options";
import type { Page } from "./site";
import { VERDICT_MARKS } from "./verdict-marks";

/** What people call a place that does not call itself so. */
const KEYWORDS: Readonly<Record<string, string>> = {
  "data.html#the-files": "download data dataset csv file files excel spreadsheet",
  "data.html#codebook": "variables variable list columns data dictionary",
  "library.html": "R code R functions Stata equivalent package API documentation reference",
  "index.html": "home start results findings summary abstract",
};

/** A claim is looked for by its number where its verdict stands. */
const VERDICT = new RegExp(`\\bClaim \\d+(?=, (?:${Object.keys(VERDICT_MARKS).join("|")}))`, "g");

/**
 * The search index of all pages as a script, since a page that was opened from a file may load scripts and nothing else.
 *
 * @param others further words for places, by their addresses: what else a term is called, what R calls a function
 */
export function searchIndex(pages: readonly Page[], others: ReadonlyMap<string, string>): string {
  const places: SearchPlace[] = pages
    .flatMap((page) =>
      page.sections.map(({ title, anchor, text, code }) => {
        const href = anchor === "" ? page.path : `${page.path}#${anchor}`;
        const keywords = [KEYWORDS[href], others.get(href), ...(text.match(VERDICT) ?? [])];
        return { href, page: page.title, title, text, code, keywords: keywords.filter(Boolean).join("; ") };
      }),
    )
    .map((place, id) => ({ ...place, id }));
  for (const href of Object.keys(KEYWORDS))
    if (!places.some((place) => place.href === href))
      throw new Error(`search has keywords for ${href}, which is no place of the site`);
  const index = new MiniSearch<SearchPlace>(SEARCH_OPTIONS);
  index.addAll(places);
  return `window.hrdSearchIndex=${scriptJson(index.toJSON())};\n`;
}
