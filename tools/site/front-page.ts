import { escapeHtml } from "../../lib/tables/escape";
import type { LedgerEntry } from "../notebooks/ledger";
import { finishedPage } from "./finished-page";
import { document, element } from "./sanitise";
import type { Page } from "./site";
import { improveTables } from "./tables";

/** What a verdict looks like where colour is not seen. */
export const VERDICT_MARKS: Readonly<Record<string, { mark: string; kind: string }>> = {
  reproduced: { mark: "✓", kind: "good" },
  contradicted: { mark: "✗", kind: "bad" },
  "cannot be known": { mark: "?", kind: "open" },
  "not yet checked": { mark: "…", kind: "todo" },
};

/** The index: what this is, the notebooks with a figure each, the ledger of claims, where the data come from. */
export function frontPage(notebooks: readonly Page[], ledger: readonly LedgerEntry[]): Page {
  const main = document.createElement("main");
  main.append(
    ...element(`<h1>Human rights diplomacy, cell by cell</h1>
<p class="lead">Did the US campaign #FreeThe20 of September 2015 get twenty female political prisoners out of prison faster? These notebooks work through R. Myrick and J. Weinstein, <cite>Making Sense of Human Rights Diplomacy</cite>, from the dates of each woman to the last printed number: every step is a cell that one can run, change and teach, every number is checked against R, and every date says which page it comes from.</p>
<p>These pages are the notebooks with their results. They work without a network and without a program: point at a figure, sort a table, open the sources of a row, follow a function to its documentation. To change a cell, get the project and run <code>npm ci &amp;&amp; npm start</code>.</p>
<h2>The notebooks</h2>
<ol class="cards">${notebooks.map(card).join("\n")}</ol>
<h2>The claims of the paper</h2>
${claimsHtml(ledger, new Set(notebooks.map(({ notebook }) => notebook)))}
<h2>Where the data come from</h2>
<p>The nineteen women of the campaign and three journalists are <strong>public record</strong>: every date has its sources, its precision, and bounds where sources disagree. Other women are <strong>synthetic</strong>: their rows were made by a seeded generator to agree with what the paper prints, and describe nobody. Every table and figure that rests on them says so. <a href="data.html">What is in the files</a>, how people are named, and how to ask for a correction.</p>
<p>Working paper of 18 October 2018; published in <cite>International Organization</cite> 76 (1), 2022, 379–413, <a href="https://doi.org/10.1017/S0020818321000424" rel="noopener noreferrer">doi 10.1017/S0020818321000424</a>.</p>`)
      .childNodes,
  );
  improveTables(main, "Claims of the paper");
  return finishedPage(main, {
    path: "index.html",
    title: "Human rights diplomacy, cell by cell",
    description: "Notebooks that work through Myrick and Weinstein, Making Sense of Human Rights Diplomacy.",
  });
}

function card(page: Page): string {
  const still =
    page.main.querySelector("[data-cover] picture") ?? page.main.querySelector("figure.figure picture");
  const picture = still?.cloneNode(true);
  const image = picture === undefined ? "" : element("").ownerDocument.createElement("div");
  if (image !== "" && picture !== undefined) {
    image.append(picture);
    // The figure's own text is on its page; here the picture only decorates the link.
    for (const img of image.querySelectorAll("img")) img.setAttribute("alt", "");
  }
  const text =
    page.description.length > 190
      ? `${page.description.slice(0, 190).replace(/\s\S*$/, "")} …`
      : page.description;
  return `<li class="card"><a href="${page.path}">${image === "" ? "" : image.innerHTML}<span class="title">${escapeHtml(page.title)}</span></a><p>${escapeHtml(text)}</p></li>`;
}

function claimsHtml(ledger: readonly LedgerEntry[], notebooks: ReadonlySet<string | null>): string {
  const counts = Object.keys(VERDICT_MARKS)
    .map((verdict) => ({ verdict, count: ledger.filter(({ claim }) => claim.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  const rows = ledger.map(({ claim, found }) => {
    const { mark, kind } = VERDICT_MARKS[claim.verdict] ?? { mark: "", kind: "open" };
    const title = escapeHtml(claim.title);
    const shown = found.at(-1);
    const notebook = shown?.notebook ?? claim.notebook;
    const isThere = notebooks.has(notebook);
    const linked =
      shown !== undefined && isThere ? `<a href="${notebook}.html#claim-${claim.id}">${title}</a>` : title;
    const number = isThere ? `<a href="${notebook}.html">${notebook.slice(0, 2)}</a>` : "";
    return `<tr><td align="right">${claim.id}</td><td>${linked}</td><td><span class="verdict ${kind}"><span aria-hidden="true">${mark}</span> ${escapeHtml(claim.verdict)}</span></td><td>${escapeHtml(shown?.basis ?? "–")}</td><td>${number}</td></tr>`;
  });
  return `<p>A claim is a printed number or statement that a cell recomputes: ${counts.join(", ")}. A verdict that rests on synthetic data is about the method, not about the women.</p>
<table><caption>Ledger of claims</caption><thead><tr><th scope="col" align="right">No.</th><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Rests on</th><th scope="col">Notebook</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}
