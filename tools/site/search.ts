import MiniSearch from "minisearch";
import { scriptJson } from "../../lib/tables/escape";
import { SEARCH_OPTIONS, type SearchPlace } from "./search-options";
import type { Page } from "./site";

/**
 * The search index of all pages as a script, since a page that was opened from a file may load scripts and nothing else.
 */
export function searchIndex(pages: readonly Page[]): string {
  const places: SearchPlace[] = pages.flatMap((page) =>
    page.sections.map(({ title, anchor, text }) => ({
      id: 0,
      href: anchor === "" ? page.path : `${page.path}#${anchor}`,
      page: page.title,
      title,
      text,
      excerpt: text.length > 140 ? `${text.slice(0, 140).replace(/\s\S*$/, "")} …` : text,
    })),
  );
  const index = new MiniSearch<SearchPlace>(SEARCH_OPTIONS);
  index.addAll(places.map((place, id) => ({ ...place, id })));
  return `window.hrdSearchIndex=${scriptJson(index.toJSON())};\n`;
}
