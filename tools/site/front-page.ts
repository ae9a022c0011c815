import { loadPublished, projectRoot } from "../../lib/data";
import { escapeHtml } from "../../lib/tables/escape";
import type { LedgerEntry } from "../notebooks/ledger";
import { type Answer, firstSentence, LEDGER } from "./answers";
import { type CellFigure, cellFigure } from "./cell-figure";
import { finishedPage } from "./finished-page";
import { frontFigure } from "./front-figure";
import { cardSketch } from "./lead";
import { document, element } from "./sanitise";
import type { Page } from "./site";
import { sixLines } from "./six-lines";
import { improveTables } from "./tables";
import { type Colophon, minutes } from "./title-block";
import { VERDICT_MARKS } from "./verdict-marks";

/** What the index says of a notebook beside its title. */
export interface CardFacts {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly colophon: Colophon;
}

/**
 * The index. On its first screen the question, the answer, Figure 1, and what is real and what is not; then a card for each
 * notebook, what was found in six lines, the claims as counts, and where the data come from.
 */
export function frontPage(notebooks: readonly Page[], ledger: readonly LedgerEntry[], facts: CardFacts): Page {
  const main = document.createElement("main");
  main.className = "front";
  main.append(
    ...element(`${firstScreen(notebooks)}
<h2>The notebooks</h2>
<ol class="cards">${notebooks.map((page) => card(page, facts)).join("\n")}</ol>
<p class="about">R. Myrick and J. Weinstein asked this in <cite>Making Sense of Human Rights Diplomacy</cite>. These pages work through their paper, from each woman's dates to the last printed number: every step is a cell that one can run, change and teach, every number is checked against R, and every date says which page it comes from. They can be read without a network and without a program. To change a cell, get the project and run <code>npm ci &amp;&amp; npm start</code>. For teachers there is a page that reads <a href="class.html">what a class handed in</a>.</p>
${foundHtml(notebooks)}
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

/** The notebook with the cell that draws Figure 1, and that cell; null where the notebooks are others. */
export function figureOne(notebooks: readonly Page[]): CellFigure | null {
  for (const page of notebooks) {
    const cell = page.cells.find(({ tags }) => tags.includes("picture:figure-1"));
    if (cell !== undefined) return cellFigure(page, cell.id);
  }
  return null;
}

/** The question, the answer in two sentences, Figure 1, what is real: in a window of 1280 × 720 and on a telephone. */
function firstScreen(notebooks: readonly Page[]): string {
  const counted = sixLines(notebooks)?.lines.find(({ about }) => about === "Releases")?.found;
  const figure = figureOne(notebooks);
  const small = figure === null ? null : frontFigure(figure);
  const picture = small ?? figure?.element.querySelector("picture")?.outerHTML;
  const answer =
    counted === undefined
      ? ""
      : `<p class="answer">${escapeHtml(firstSentence(counted))} Whether the campaign did that, no test of two lists can tell: if officials chose women whose release was near, the same curves come out without any effect.</p>`;
  const drawn =
    figure === null || picture === undefined
      ? ""
      : `<figure class="front-figure">${picture}<figcaption>Figure 1 of the paper, drawn anew: share still in custody, 95% intervals. <a href="${figure.href}">With its cell</a></figcaption></figure>`;
  return `<div class="first-screen"><div class="asked"><h1>Did the campaign #FreeThe20 get twenty women out of prison faster?</h1>
${answer}</div>
${drawn}
<p class="real"><strong>Real</strong>: nineteen women, three journalists, their dates, what the paper prints. <strong>Synthetic</strong>: everybody else, made up by a program; they describe nobody and show how a method works, not what happened.</p></div>`;
}

/** The lines that the cell tagged `six-lines` has computed; empty for notebooks that have none. */
function foundHtml(notebooks: readonly Page[]): string {
  const found = sixLines(notebooks);
  const items = (found?.lines ?? []).map(
    (line) =>
      `<li><strong>${escapeHtml(line.about)}.</strong> ${escapeHtml(line.found)} <span class="rests-on">Rests on: ${escapeHtml(line.restsOn)}.</span></li>`,
  );
  if (found === null || items.length === 0) return "";
  return `<h2>What was found, in six lines</h2>
<ol class="six-lines">${items.join("\n")}</ol>
<p><a href="${found.href}">The cell that computes these lines</a></p>`;
}

/** What a notebook asks, what it found, and how long it takes. */
function card(page: Page, { answers, colophon }: CardFacts): string {
  const known = colophon.notebooks.get(page.notebook ?? "");
  const answer = answers.get(page.notebook ?? "")?.found;
  const found = answer === undefined ? "" : `<p class="found">${escapeHtml(firstSentence(answer))}</p>`;
  const data = known === undefined ? "" : ` · ${escapeHtml(known.data)}`;
  return `<li class="card"><a href="${page.path}">${cardSketch(page)}<span class="title">${escapeHtml(page.title)}</span></a><p class="question">${escapeHtml(page.description)}</p>${found}<p class="facts">${minutes(page.main)} minutes${data}</p></li>`;
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

/** What the draft and the article are, who may circulate them, and how much of them was at hand. */
function sourcesHtml(): string {
  const { sources, quotations } = loadPublished({ from: `${projectRoot()}/data` });
  const items = sources.map(({ citation, status, circulation, endsAt, supersededBy }) => {
    const said = quotations.find(({ id }) => id === circulation);
    const note =
      said === undefined ? "" : ` It says on its ${escapeHtml(said.place.toLowerCase())}: “${escapeHtml(said.text)}”`;
    const later = supersededBy === null ? "" : ` Superseded by the ${escapeHtml(supersededBy)}.`;
    return `<li>${cited(citation)} ${escapeHtml(capital(status))}.${note}${later} ${escapeHtml(endsAt)}</li>`;
  });
  return `<h2>What is quoted here</h2><ul>${items.join("")}</ul>`;
}

/** A citation that ends as a sentence, and whose address is a link. */
function cited(citation: string): string {
  const [, before, address] = /^(.*?)(https:[^\s]+?)?\.?$/.exec(citation) ?? [];
  const link = address === undefined ? "" : `<a href="${address}" rel="noopener noreferrer">${escapeHtml(address)}</a>`;
  return `${escapeHtml(before ?? citation)}${link}.`;
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
