import type { SiteCell } from "./cells";

/** The site as plain values, before anything is written. */

/** A part of a page that search finds and leads to. */
export interface Section {
  readonly title: string;
  /** Name of the place in the page; empty for its top. */
  readonly anchor: string;
  /** What is written there, as a reader sees it. */
  readonly text: string;
  /** The code of its cells. */
  readonly code: string;
}

export interface Heading {
  readonly text: string;
  readonly anchor: string;
  readonly level: number;
}

/** What the frame of the site has to know of a page. */
export interface Framed {
  /** Address inside the site: "01-long-list.html", "library/survival.html". */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines and for the list of results. */
  readonly description: string;
  readonly headings: readonly Heading[];
  /** Name of the notebook; null where the page is none. */
  readonly notebook: string | null;
  readonly previous: { readonly path: string; readonly title: string } | null;
  readonly next: { readonly path: string; readonly title: string } | null;
}

/** A page before the frame of the site is put around it. */
export interface Page extends Framed {
  readonly main: Element;
  /** The notebook's cells; empty where the page is none. */
  readonly cells: readonly SiteCell[];
  readonly sections: readonly Section[];
}

/** A file of the site by its address. */
export type Files = Map<string, string | Buffer>;

/** Path from a page to the root of the site: "", "../", "../../". */
export function baseOf(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}
