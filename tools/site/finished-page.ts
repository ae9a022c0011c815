import { bindNumbers } from "./bound-numbers";
import type { SiteCell } from "./cells";
import { nameHeadings, sectionsOf } from "./headings";
import { plainText, unique } from "./html";
import type { Page } from "./site";

/** What a page's `<main>` does not say itself. */
export interface PageFacts {
  readonly path: string;
  readonly title: string;
  /** The beginning of the first paragraph unless told. */
  readonly description?: string;
  /** Name of the notebook, if the page is one. */
  readonly notebook?: string;
  readonly cells?: readonly SiteCell[];
}

/**
 * A page from its finished `<main>`: headings get names and links, and search gets their sections.
 *
 * @param name gives out names inside the page; needed where some are taken already
 */
export function finishedPage(main: Element, facts: PageFacts, name = unique()): Page {
  bindNumbers(main);
  const headings = nameHeadings(main, name);
  const { path, title, notebook = null, cells = [] } = facts;
  const description = facts.description ?? plainText(main.querySelector("p") ?? main).slice(0, 200);
  const sections = sectionsOf(main, headings);
  return { path, title, description, main, cells, headings, sections, notebook, previous: null, next: null };
}
