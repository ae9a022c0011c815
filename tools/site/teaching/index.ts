import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isSolution } from "../../notebooks/tags";
import { browserScript } from "../assets";
import type { AddedAsset, Extension, ExtensionPage } from "../extension";
import { controlHtml } from "./control";
import { deckAddress, deckPages, hasSlides } from "./deck-pages";
import { exerciseBox } from "./exercise-box";
import { glossary, glossaryHtml, glossaryNotes } from "./glossary";
import { linkTerms } from "./glossary-links";
import { foldPredictions, predictionHtml } from "./prediction";

const GLOSSARY = "glossary.html";

/**
 * What makes the site a seminar: predictions that fold a result, fields that check exercises, the control of follow-up
 * and coding, a glossary with links to it, and a deck of slides for each notebook.
 */
export function teaching(): Extension {
  const terms = glossary();
  return {
    name: "teaching",
    omitCell: (cell) => isSolution(cell.tags),
    afterCell: (cell) => {
      const parts = [predictionHtml(cell), exerciseBox(cell), controlHtml(cell)].filter(
        (part) => part !== null,
      );
      return parts.length === 0 ? null : parts.join("\n");
    },
    finish: (main, page) => {
      foldPredictions(main);
      if (page.path !== GLOSSARY) {
        const used = linkTerms(main, terms, ({ id }) => (page.single ? `#term-${id}` : `${GLOSSARY}#${id}`));
        if (page.single && used.length > 0) main.insertAdjacentHTML("beforeend", glossaryNotes(used));
      }
      if (page.notebook !== null && !page.single && hasSlides(page.cells)) {
        const link = `<p class="deck-link"><a href="${deckAddress(page.notebook)}">Slides of this notebook</a></p>`;
        main.querySelector("h1")?.insertAdjacentHTML("afterend", link);
      }
    },
    pages: (notebooks) => [
      { path: GLOSSARY, title: "Glossary", html: glossaryHtml(terms), navigation: "Glossary" },
      ...deckPages(notebooks),
    ],
    assets,
  };
}

async function assets(): Promise<AddedAsset[]> {
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const onNotebooks = (page: ExtensionPage): boolean => page.notebook !== null;
  const script = async (name: string): Promise<string> => browserScript(here(`client/${name}.ts`));
  const [main, followUp, deck] = await Promise.all([script("main"), script("follow-up"), script("deck")]);
  return [
    { path: "assets/teaching.css", content: readFileSync(here("teaching.css"), "utf8"), loadOn: () => true },
    { path: "assets/deck.css", content: readFileSync(here("deck.css"), "utf8") },
    { path: "assets/teaching.js", content: main, loadOn: onNotebooks },
    { path: "assets/follow-up.js", content: followUp, loadOn: (page) => page.notebook === "01-long-list" },
    { path: "assets/deck.js", content: deck },
  ];
}
