import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browserScript } from "../assets";
import type { SiteCell } from "../cells";
import { finishedPage } from "../finished-page";
import { document, element } from "../sanitise";
import type { Page } from "../site";
import { CLASS } from "./class-page";
import { controlHtml } from "./control";
import { deckAddress, hasSlides } from "./deck-pages";
import { exerciseBox } from "./exercise-box";
import { glossaryHtml, glossaryNotes, type Term } from "./glossary";
import { linkTerms } from "./glossary-links";
import { oddsHtml } from "./odds";
import { foldPredictions, predictionHtml } from "./prediction";

/**
 * What makes the site a seminar: predictions that fold a result, fields that check exercises, the control of follow-up
 * and coding, a glossary with links to it, and a deck of slides for each notebook.
 */

/** Address of the glossary inside the site. */
export const GLOSSARY = "glossary.html";

/** What stands behind a cell and its outputs for those who learn; empty for most cells. */
export function teachingHtml(cell: SiteCell): string {
  return [predictionHtml(cell), exerciseBox(cell), controlHtml(cell), oddsHtml(cell)]
    .filter((part) => part !== null)
    .join("\n");
}

/**
 * Predictions fold what they are about, words lead to the glossary, and a notebook to its slides.
 *
 * @param page a finished page, whose `main` is changed
 * @param single whether it stands alone: it brings the terms that it uses along then
 */
export function addTeaching({ main, path, notebook, cells }: Page, terms: readonly Term[], single: boolean): void {
  foldPredictions(main, cells);
  if (path !== GLOSSARY) {
    const used = linkTerms(main, terms, ({ id }) => (single ? `#term-${id}` : `${GLOSSARY}#${id}`));
    if (single && used.length > 0) main.insertAdjacentHTML("beforeend", glossaryNotes(used));
  }
  if (notebook !== null && !single && hasSlides(cells)) {
    const link = `<p class="deck-link"><a href="${deckAddress(notebook)}">Slides of this notebook</a></p>`;
    (main.querySelector(".title-block") ?? main.querySelector("h1"))?.insertAdjacentHTML("afterend", link);
  }
}

/** The page that terms lead to. */
export function glossaryPage(terms: readonly Term[]): Page {
  const main = document.createElement("main");
  main.append(...element(glossaryHtml(terms)).childNodes);
  return finishedPage(main, { path: GLOSSARY, title: "Glossary" });
}

/** A style sheet or script of the seminar. */
export interface TeachingAsset {
  /** Address inside the site. */
  readonly path: string;
  readonly content: string;
  /** Whether a page of the site loads it; decks name what they load themselves. */
  loadedBy(page: Pick<Page, "notebook" | "path">): boolean;
}

/** All style sheets and scripts of the seminar. */
export async function teachingAssets(): Promise<TeachingAsset[]> {
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const text = (name: string): string => readFileSync(here(name), "utf8");
  const script = async (name: string): Promise<string> => browserScript(here(`client/${name}.ts`));
  const [main, followUp, deck, ofClass] = await Promise.all(["main", "follow-up", "deck", "class"].map(script));
  return [
    { path: "assets/teaching.css", content: text("teaching.css"), loadedBy: () => true },
    { path: "assets/deck.css", content: text("deck.css"), loadedBy: () => false },
    { path: "assets/teaching.js", content: main, loadedBy: ({ notebook }) => notebook !== null },
    {
      path: "assets/follow-up.js",
      content: followUp,
      loadedBy: ({ notebook }) => notebook === "01-long-list",
    },
    { path: "assets/deck.js", content: deck, loadedBy: () => false },
    { path: "assets/class.css", content: text("class.css"), loadedBy: ({ path }) => path === CLASS },
    { path: "assets/class.js", content: ofClass, loadedBy: ({ path }) => path === CLASS },
  ];
}
