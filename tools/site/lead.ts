import { escapeHtml } from "../../lib/tables/escape";
import { type CellFigure, cellFigure, figureMeta } from "./cell-figure";
import { figureTitle } from "./figure";
import { plain } from "./figure-data";
import { attributes } from "./html";
import type { Page } from "./site";
import { sketch } from "./sketch";

/** The figure that stands for a notebook. */
interface Lead {
  readonly cell: string;
  /** True: its words answer what the page first asks to be guessed, so that only its lines are shown before. */
  readonly wordless?: boolean;
}

/**
 * Under the title and on the index's card. None of the figures that are shown with their words answers a question that
 * the page asks; that of 01 is on the index, too.
 */
const LEADS: Readonly<Record<string, { readonly top: Lead; readonly card?: string }>> = {
  "00-campaign": { top: { cell: "figure-1" }, card: "swimmer" },
  "01-long-list": { top: { cell: "figure1" } },
  "02-ua-control-group": { top: { cell: "flow" }, card: "figure2" },
  "03-cox-models": { top: { cell: "predict" } },
  "04-diagnostics": { top: { cell: "countries-left" } },
  "05-clocks-and-codings": { top: { cell: "lexis" }, card: "curve" },
  "06-attention": { top: { cell: "look" } },
  "07-mechanisms": { top: { cell: "beliefs", wordless: true } },
  "08-your-own-campaign": { top: { cell: "tab" } },
  "11-more-diagnostics": { top: { cell: "worst" } },
  "12-more-clocks": { top: { cell: "power-curves" } },
  "14-more-models": { top: { cell: "competing" } },
};

const CARD = { width: 320, height: 130 };
const NARROW = { width: 360, height: 200 };

/** The figure for a page's top, else its first one. */
function leadOf(page: Page): (Lead & { readonly figure: CellFigure }) | null {
  const lead = LEADS[page.notebook ?? ""]?.top ?? firstFigure(page);
  const figure = lead === null ? null : cellFigure(page, lead.cell);
  return lead === null || figure === null ? null : { ...lead, figure };
}

function firstFigure(page: Page): Lead | null {
  const section = page.main.querySelector("figure.figure")?.closest("section.cell");
  // Its words wait for a guess only where the page asks for one.
  const wordless = page.main.querySelector(".prediction") !== null;
  return section ? { cell: section.id.replace(/^cell-/, ""), wordless } : null;
}

/** What the figure says: its title, subtitle and marks as over the figure itself, else its title alone. */
function wordsOf(figure: CellFigure): string {
  const head = figure.element.querySelector(".figure-head")?.innerHTML;
  const title = plain(figureMeta(figure).title) || figureTitle(figure.plotly);
  return `<div class="figure-head">${head ?? `<p class="figure-title">${escapeHtml(title)}</p>`}</div>`;
}

/** The picture, of which only the plot is seen, as in its cell: its words stand over it already. */
function pictureOf({ element }: CellFigure): string {
  const img = element.querySelector(".still img")?.outerHTML ?? "";
  const seen = /--seen:[^;"]+/.exec(element.querySelector(".frame")?.getAttribute("style") ?? "")?.[0];
  return img === "" ? "" : `<picture class="still"${attributes({ style: seen ?? null })}>${img}</picture>`;
}

/**
 * The figure under the title: its words as its cell has them, and below them its picture where there is room for the
 * picture's letters, its lines where there is not; and a link to where it is drawn. Empty for a notebook without figures.
 */
export function leadHtml(page: Page): string {
  const lead = leadOf(page);
  if (lead === null) return "";
  const { figure, wordless = false } = lead;
  const lines = sketch(figure.plotly, NARROW) ?? "";
  if (wordless) {
    if (lines === "") return "";
    return `<figure class="lead-figure wordless">${lines}<figcaption>A figure of this notebook. Its words come after your guess: <a href="#${figure.element.id}">the figure</a></figcaption></figure>`;
  }
  return `<figure class="lead-figure">${wordsOf(figure)}${pictureOf(figure)}${lines}<figcaption><a href="#${figure.element.id}">The figure with its cell</a></figcaption></figure>`;
}

/** The lines of a notebook's figure for its card; empty where it has none that can be drawn so. */
export function cardSketch(page: Page): string {
  const own = LEADS[page.notebook ?? ""];
  const cell = own?.card ?? own?.top.cell ?? firstFigure(page)?.cell;
  const figure = cell === undefined ? null : cellFigure(page, cell);
  return figure === null ? "" : (sketch(figure.plotly, CARD) ?? "");
}
