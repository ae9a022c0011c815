import type { SiteCell } from "../cells";
import type { Page } from "../site";
import { slidesOf } from "./deck";
import { deckDocument } from "./deck-page";
import { foldPredictions } from "./prediction";

/** Address of a notebook's deck inside the site. */
export function deckAddress(notebook: string): string {
  return `slides-${notebook}.html`;
}

/** Whether a notebook has slides: one of its cells is tagged `slide`. */
export function hasSlides(cells: readonly SiteCell[]): boolean {
  return cells.some((cell) => cell.tags.includes("slide"));
}

/** A deck of slides: a document of its own, without the frame of the site. */
export interface Deck {
  /** Address inside the site. */
  readonly path: string;
  readonly document: string;
}

/** The decks of the notebooks that have slides, from their pages, whose predictions are folded for it. */
export function deckPages(notebooks: readonly Page[]): Deck[] {
  return notebooks.flatMap((page) =>
    page.notebook === null || !hasSlides(page.cells) ? [] : [deckPage(page, page.notebook)],
  );
}

function deckPage({ main, cells, title, path }: Page, notebook: string): Deck {
  foldPredictions(main);
  const sections = new Map([...main.children].map((section) => [section.id, section]));
  const shown = cells.flatMap((cell) => {
    const section = sections.get(`cell-${cell.id}`);
    return section === undefined ? [] : [{ cell, section }];
  });
  const document = deckDocument(slidesOf(shown), {
    title,
    page: path,
    styles: ["assets/site.css", "assets/katex.css", "assets/teaching.css", "assets/deck.css"],
    scripts: ["assets/site.js", "assets/teaching.js", "assets/follow-up.js", "assets/deck.js"],
  });
  return { path: deckAddress(notebook), document };
}
