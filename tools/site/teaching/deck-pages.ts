import path from "node:path";
import { findNotebooks, readNotebook } from "../../notebooks/notebook";
import { siteCells } from "../cells";
import type { AddedPage, Extension } from "../extension";
import { notebookPage } from "../notebook-page";
import { slidesOf } from "./deck";
import { deckDocument } from "./deck-page";
import { foldPredictions } from "./prediction";

/** Address of a notebook's deck inside the site. */
export function deckAddress(notebook: string): string {
  return `slides-${notebook}.html`;
}

/** The notebooks that have slides: files of which a cell is tagged `slide`. */
function notebooksWithSlides(root: string): string[] {
  return findNotebooks(path.join(root, "notebooks"), []).filter((file) =>
    siteCells(readNotebook(file)).some((cell) => cell.tags.includes("slide")),
  );
}

/** Whether a notebook has slides, by its name. */
export function hasSlides(root: string, notebook: string): boolean {
  return notebooksWithSlides(root).some((file) => path.basename(file, ".ipynb") === notebook);
}

/**
 * The decks of all notebooks that have slides.
 *
 * @param hooks what is put behind cells, as on the notebooks' own pages
 */
export async function deckPages(root: string, hooks: Extension): Promise<AddedPage[]> {
  const decks: AddedPage[] = [];
  for (const file of notebooksWithSlides(root)) {
    const notebook = path.basename(file, ".ipynb");
    // The same cells in the same order give pictures the same addresses as on the notebook's page, which brings them.
    const context = { root, library: new Map(), extensions: [hooks], files: new Map(), single: false };
    const { page } = await notebookPage(file, context);
    foldPredictions(page.main);
    const cells = siteCells(readNotebook(file)).flatMap((cell) => {
      const section = page.main.querySelector(`#cell-${cell.id}`);
      return section === null ? [] : [{ cell, section }];
    });
    const document = deckDocument(slidesOf(cells), {
      title: page.title,
      page: page.path,
      styles: ["assets/site.css", "assets/katex.css", "assets/teaching.css", "assets/deck.css"],
      scripts: ["assets/site.js", "assets/teaching.js", "assets/follow-up.js", "assets/deck.js"],
    });
    decks.push({ path: deckAddress(notebook), title: `${page.title}: slides`, html: "", document });
  }
  return decks;
}
