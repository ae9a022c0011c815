import { loadPublished, projectRoot } from "../../lib/data";
import { escapeHtml } from "../../lib/tables/escape";
import type { LedgerEntry } from "../notebooks/ledger";
import { finishedPage } from "./finished-page";
import { document, element } from "./sanitise";
import type { Page } from "./site";
import { sixLines } from "./six-lines";
import { improveTables } from "./tables";
import { VERDICT_MARKS } from "./verdict-marks";

/** The index: what this is, the notebooks with a figure each, the ledger of claims, where the data come from. */
export function frontPage(notebooks: readonly Page[], ledger: readonly LedgerEntry[]): Page {
  const main = document.createElement("main");
  main.append(
    ...element(`<h1>Human rights diplomacy, cell by cell</h1>
<p class="lead">Did the US campaign #FreeThe20 of September 2015 get twenty female political prisoners out of prison faster? R. Myrick and J. Weinstein asked this in <cite>Making Sense of Human Rights Diplomacy</cite>; these pages work through their paper, from each woman's dates to the last printed number.</p>
${foundHtml(notebooks)}
<h2>The notebooks</h2>
<p>Each page is a notebook with its results, for reading without a network and without a program. Every step is a cell that one can run, change and teach, every number is checked against R, and every date says which page it comes from. To change a cell, get the project and run <code>npm ci &amp;&amp; npm start</code>.</p>
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

/** The cell of a notebook that has a tag, as its section of the page. */
function tagged(notebooks: readonly Page[], tag: string): { page: Page; section: Element } | null {
  for (const page of notebooks) {
    const cell = page.cells.find(({ tags }) => tags.includes(tag));
    const section = cell && page.main.querySelector(`[id="cell-${cell.id}"]`);
    if (section) return { page, section };
  }
  return null;
}

/**
 * What was found, what of it is real, and Figure 1: the lines that the cell tagged `six-lines` has computed, and the
 * picture of the one tagged `picture:figure-1`. Empty for notebooks that have neither.
 */
function foundHtml(notebooks: readonly Page[]): string {
  const found = sixLines(notebooks);
  const figure = tagged(notebooks, "picture:figure-1");
  const items = (found?.lines ?? []).map(
    (line) =>
      `<li><strong>${escapeHtml(line.about)}.</strong> ${escapeHtml(line.found)} <span class="rests-on">Rests on: ${escapeHtml(line.restsOn)}.</span></li>`,
  );
  if (found === null || items.length === 0) return "";
  const picture = figure?.section.querySelector("picture");
  const still =
    figure && picture
      ? `<figure class="front-figure">${picture.outerHTML}<figcaption>Figure 1 of the paper. Solid: nineteen women of the public record. Dashed: eighteen made-up ones; the real list has never been published. <a href="${figure.page.path}#${figure.section.id}">The figure with its cell</a></figcaption></figure>`
      : "";
  return `<h2>What was found, in six lines</h2>
<p><strong>Real</strong> are the nineteen women, three journalists, their dates, and what the paper prints. <strong>Made up</strong> is everybody else: rows of a program, which describe nobody and show how a method works, not what happened. <a href="${found.href}">The cell that computes this</a></p>
<ol class="six-lines">${items.join("\n")}</ol>
${still}`;
}

function card(page: Page): string {
  const still = page.main.querySelector("[data-cover] picture") ?? page.main.querySelector("figure.figure picture");
  const picture = still?.cloneNode(true);
  const image = picture === undefined ? "" : element("").ownerDocument.createElement("div");
  if (image !== "" && picture !== undefined) {
    image.append(picture);
    // The figure's own text is on its page; here the picture only decorates the link.
    for (const img of image.querySelectorAll("img")) img.setAttribute("alt", "");
  }
  const text =
    page.description.length > 190 ? `${page.description.slice(0, 190).replace(/\s\S*$/, "")} …` : page.description;
  return `<li class="card"><a href="${page.path}">${image === "" ? "" : image.innerHTML}<span class="title">${escapeHtml(page.title)}</span></a><p>${escapeHtml(text)}</p></li>`;
}

/** The claims by verdict; the ledger itself has a page of its own. */
function claimsHtml(ledger: readonly LedgerEntry[], notebooks: ReadonlySet<string | null>): string {
  const rows = Object.entries(VERDICT_MARKS).flatMap(([verdict, { mark, kind }]) => {
    const count = ledger.filter(({ claim }) => claim.verdict === verdict).length;
    if (count === 0) return [];
    return `<tr><td><span class="verdict ${kind}"><span aria-hidden="true">${mark}</span> ${escapeHtml(verdict)}</span></td><td align="right">${count}</td></tr>`;
  });
  const page = notebooks.has(LEDGER) ? `<a href="${LEDGER}.html">ledger</a>` : "ledger";
  return `<p>The ${page} has ${ledger.length} claims, each with its quotation, its place and the cell that looked at it. What rests on synthetic data is never more than <em>attainable</em>; <em>inconsistent</em> needs a quotation.</p>
<table><caption>Claims by verdict</caption><thead><tr><th scope="col">Verdict</th><th scope="col" align="right">Claims</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>
${sourcesHtml()}`;
}

/** The notebook with the ledger. */
const LEDGER = "13-ledger";

/** What the draft and the article are, who may circulate them, and how much of them was at hand. */
function sourcesHtml(): string {
  const { sources, quotations } = loadPublished({ from: `${projectRoot()}/data` });
  const items = sources.map(({ citation, status, circulation, endsAt, supersededBy }) => {
    const said = quotations.find(({ id }) => id === circulation);
    const note =
      said === undefined ? "" : ` It says on its ${escapeHtml(said.place.toLowerCase())}: “${escapeHtml(said.text)}”`;
    const later = supersededBy === null ? "" : ` Superseded by the ${escapeHtml(supersededBy)}.`;
    return `<li>${escapeHtml(citation)} ${escapeHtml(capital(status))}.${note}${later} ${escapeHtml(endsAt)}</li>`;
  });
  return `<h2>What is quoted here</h2><ul>${items.join("")}</ul>`;
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
