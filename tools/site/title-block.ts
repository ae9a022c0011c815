import { readFileSync } from "node:fs";
import path from "node:path";
import { escapeHtml } from "../../lib/tables/escape";
import { asObject, asString } from "../kernel/protocol/wire";
import type { LedgerEntry } from "../notebooks/ledger";
import { type Answer, countedVerdict } from "./answers";
import { plainText } from "./html";
import { leadHtml } from "./lead";
import { markdown } from "./markdown";
import type { Page } from "./site";

/** What the project's own files say of a notebook and of themselves: nothing in a title block is written by hand. */
export interface Colophon {
  /** README's row of each notebook: its question, and what its data are. */
  readonly notebooks: ReadonlyMap<string, { readonly question: Element; readonly data: string }>;
  /** When the data files were compiled, as "20 November 2026". */
  readonly compiled: string;
  readonly citation: {
    readonly authors: string;
    readonly year: string;
    readonly title: string;
    readonly version: string;
  };
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/**
 * @throws Error naming the file that does not say what a title block needs
 */
export function readColophon(root: string): Colophon {
  const text = (name: string): string => readFileSync(path.join(root, name), "utf8");
  const rows = [...text("README.md").matchAll(/^\| \[[^\]]+\]\(notebooks\/([\w-]+)\.ipynb\) \| (.+) \| (.+) \|$/gm)];
  const citation = (field: string): string => {
    const found = new RegExp(`^(?:  - )?${field}: "?([^"\n]+?)"?$`, "m").exec(text("CITATION.cff"))?.[1];
    if (found === undefined) throw new Error(`CITATION.cff has no ${field}`);
    return found;
  };
  const { created } = asObject(JSON.parse(text("data/datapackage.json")));
  const [year = "", month = "", day = ""] = asString(created).slice(0, 10).split("-");
  const compiled = `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
  return {
    notebooks: new Map(
      rows.map(([, name = "", question = "", data = ""]) => [name, { question: markdown(question), data }]),
    ),
    compiled,
    citation: {
      authors: citation("name"),
      year: citation("date-released").slice(0, 4),
      title: citation("title"),
      version: citation("version"),
    },
  };
}

/** The question in plain words, for search engines, for cards and for whoever gets a link; null where README has none. */
export function questionOf({ notebook }: Page, { notebooks }: Colophon): string | null {
  const known = notebooks.get(notebook ?? "");
  return known === undefined ? null : plainText(known.question);
}

/**
 * What stands under the title of a notebook: its question, what was found, how long it takes, on which data, which
 * claims of the paper it looks at, how to cite it. The answer is folded, for the page asks for a guess first.
 */
export function titleBlock(
  page: Page,
  colophon: Colophon,
  ledger: readonly LedgerEntry[],
  answer: Answer | null,
): string {
  const known = colophon.notebooks.get(page.notebook ?? "");
  if (known === undefined) return "";
  const { authors, year, title, version } = colophon.citation;
  const named = /[.?!]$/.test(page.title) ? page.title : `${page.title}.`;
  const cite = `${authors} (${year}). ${named} In: ${title}, version ${version}.`;
  const found =
    answer === null
      ? ""
      : `<details class="answer"><summary>What was found</summary><p>${escapeHtml(answer.found)}${restsOn(answer)}</p></details>`;
  return `<div class="title-block">
<p class="question">${known.question.querySelector("p")?.innerHTML ?? ""}</p>
${found}
<p class="facts">${minutes(page.main)} minutes to read · ${escapeHtml(known.data)}, files of ${colophon.compiled}${claims(page.notebook, ledger)}</p>
<details class="cite"><summary>How to cite</summary><p>${escapeHtml(cite)}</p><p>And the paper: R. Myrick and J. Weinstein (2022). Making Sense of Human Rights Diplomacy. <cite>International Organization</cite> 76 (1), 379–413. <a href="https://doi.org/10.1017/S0020818321000424" rel="noopener noreferrer">doi 10.1017/S0020818321000424</a></p></details>
</div>
${leadHtml(page)}`;
}

function restsOn({ restsOn: what }: Answer): string {
  return what === null ? "" : ` <span class="rests-on">Rests on: ${escapeHtml(what)}.</span>`;
}

/** Two hundred words of prose a minute, and half a minute for each figure and each table, in steps of five. */
export function minutes(main: Element): number {
  const prose = [...main.querySelectorAll("section.markdown")].map(plainText).join(" ").split(" ").length;
  const shown = main.querySelectorAll(".output :is(figure.figure, table)").length;
  return Math.max(5, 5 * Math.round((prose / 200 + shown / 2) / 5));
}

function claims(notebook: string | null, ledger: readonly LedgerEntry[]): string {
  const own = ledger.filter(({ claim, found }) => (found.at(-1)?.notebook ?? claim.notebook) === notebook);
  if (own.length === 0) return "";
  const verdicts = [...new Set(own.map(({ claim }) => claim.verdict))].sort((a, b) => (a > b ? -1 : 1));
  const counts = verdicts.map((verdict) =>
    countedVerdict(own.filter(({ claim }) => claim.verdict === verdict).length, verdict),
  );
  return ` · <a href="index.html#the-claims-of-the-paper">claims of the paper</a>: ${counts.join(", ")}`;
}
