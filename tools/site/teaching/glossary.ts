import { readFileSync } from "node:fs";
import { escapeHtml } from "../../../lib/tables/escape";
import { asObject, asString } from "../../kernel/protocol/wire";

/** A term and what it means, for somebody who knows no statistics. */
export interface Term {
  /** Name of its place on the glossary's page. */
  readonly id: string;
  readonly term: string;
  /** How it is written in running text; the case of letters does not matter. */
  readonly aliases: readonly string[];
  readonly definition: string;
}

/** The terms of glossary.json, in the order of the alphabet. */
export function glossary(): readonly Term[] {
  const json: unknown = JSON.parse(readFileSync(new URL("glossary.json", import.meta.url), "utf8"));
  if (!Array.isArray(json)) throw new Error("glossary.json is not a list of terms");
  const terms = json.map(asObject).map(({ id, term, aliases, definition }) => ({
    id: asString(id),
    term: asString(term),
    aliases: Array.isArray(aliases) ? aliases.map(String) : [],
    definition: asString(definition),
  }));
  return terms.sort((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));
}

/** What stands on the glossary's page, below its frame's heading. */
export function glossaryHtml(terms: readonly Term[]): string {
  const entries = terms.map(
    ({ id, term, definition }) =>
      `<h2 id="${escapeHtml(id)}">${escapeHtml(term)}</h2>\n<p>${escapeHtml(definition)}</p>`,
  );
  return `<h1>Glossary</h1>
<p class="lead">What the words of these pages mean, for readers who know no statistics. On each page a term leads here where it is first used.</p>
${entries.join("\n")}`;
}

/** The terms that a page uses, at its end, for a page that has to stand alone. */
export function glossaryNotes(terms: readonly Term[]): string {
  const entries = terms.map(
    ({ id, term, definition }) =>
      `<dt id="term-${escapeHtml(id)}">${escapeHtml(term)}</dt><dd>${escapeHtml(definition)}</dd>`,
  );
  return `<section class="glossary-notes"><h2 id="glossary">Glossary</h2><dl>${entries.join("\n")}</dl></section>`;
}
