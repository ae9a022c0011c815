import type { Page } from "./site";

/**
 * What can be added to the site from outside the renderer. `tools/site/extensions.ts` lists the extensions; the
 * renderer calls them in that order.
 *
 * HTML that an extension returns is trusted: it must escape what comes from data.
 */

/** A code or Markdown cell as an extension sees it. */
export interface ExtensionCell {
  readonly id: string;
  readonly kind: "code" | "markdown";
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: string;
  /** Place among all cells of the notebook, from 1. */
  readonly number: number;
}

/** A page on which an extension works. */
export interface ExtensionPage {
  /** Address inside the site: "01-long-list.html". */
  readonly path: string;
  readonly title: string;
  /** Name of the notebook, "01-long-list"; null where the page is none. */
  readonly notebook: string | null;
  /** The notebook's cells; empty where the page is none. */
  readonly cells: readonly ExtensionCell[];
  /** `npm run render -- --single`: no other page is there to link to. */
  readonly single: boolean;
  /** Path from this page to the site's root: "" or "../". */
  readonly base: string;
}

/** A page of the extension's own: a glossary, a deck of slides. */
export interface AddedPage {
  /** Address inside the site: "glossary.html", "slides/01-long-list.html". */
  readonly path: string;
  readonly title: string;
  /** What stands in `<main>`; a heading of first degree comes first. */
  readonly html: string;
  /** Name of the page in the navigation; without it the page is only linked to. */
  readonly navigation?: string;
  /**
   * A whole document of its own instead of `html` in the site's frame; `contentSecurityPolicy()` of shell.ts gives
   * what it needs in its head.
   */
  readonly document?: string;
}

/** Files of the extension's own. */
export interface AddedAsset {
  /** Address inside the site: "assets/teaching.js". */
  readonly path: string;
  readonly content: string | Buffer;
  /** Loaded by these pages: a style sheet in the head, a script (an IIFE, no module) after the site's own. */
  readonly loadOn?: (page: ExtensionPage) => boolean;
}

export interface Extension {
  readonly name: string;
  /** Leaves a cell and its outputs out: of the page, of search, and of the functions that the page uses. */
  omitCell?(cell: ExtensionCell, page: ExtensionPage): boolean;
  /** HTML in place of a cell's prose or code (not of its outputs); null leaves it as it is. */
  replaceCell?(cell: ExtensionCell, page: ExtensionPage): string | null;
  /** HTML behind a cell and its outputs; null adds nothing. */
  afterCell?(cell: ExtensionCell, page: ExtensionPage): string | null;
  /** Works on the finished `<main>` of a page, e.g. to link terms. `main` is an element of a jsdom document. */
  finish?(main: Element, page: ExtensionPage): void;
  /** @param notebooks pages of the notebooks, before `finish` */
  pages?(notebooks: readonly Page[]): readonly AddedPage[] | Promise<readonly AddedPage[]>;
  assets?(): readonly AddedAsset[] | Promise<readonly AddedAsset[]>;
}
