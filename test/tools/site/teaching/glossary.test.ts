import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { glossary, glossaryHtml, type Term } from "../../../../tools/site/teaching/glossary";
import { linkTerms } from "../../../../tools/site/teaching/glossary-links";

const terms = glossary();

function linked(html: string, list: readonly Term[] = terms): string {
  const { document } = new JSDOM(`<main>${html}</main>`).window;
  const main = document.querySelector("main");
  if (main === null) throw new Error("no main");
  linkTerms(main, list, ({ id }) => `g#${id}`);
  for (const link of main.querySelectorAll("a.term")) {
    const id = link.getAttribute("href")?.slice(2);
    expect(link.getAttribute("data-definition")).toBe(list.find((term) => term.id === id)?.definition);
    link.removeAttribute("data-definition");
  }
  return main.innerHTML;
}

describe("links to the glossary", () => {
  test("stand at the first use only, in any case, for the longest term", () => {
    expect(linked("<p>Hazard ratios. A hazard ratio, a hazard.</p>")).toBe(
      '<p><a class="term" href="g#hazard-ratio">Hazard ratios</a>. A hazard ratio, a <a class="term" href="g#hazard">hazard</a>.</p>',
    );
  });

  test("never stand in code, links, headings, formulas or parts of words", () => {
    const html =
      '<h2>Censoring</h2><p><code>censored</code> <a href="x">censored</a> <span class="katex">censored</span> uncensored non-censored</p>';
    expect(linked(html)).toBe(html);
  });

  test("leave the text as it was", () => {
    const { document } = new JSDOM(`<main><p>Log-rank test &amp; <b>p value</b>, <i>median</i></p></main>`).window;
    const main = document.querySelector("main");
    const before = main?.textContent;
    if (main !== null) linkTerms(main, terms, ({ id }) => id);
    expect(main?.textContent).toBe(before);
    expect(main?.querySelectorAll("a.term").length).toBe(3);
  });
});

test("each term has an address of its own, a definition in sentences, and aliases nobody else has", () => {
  expect(new Set(terms.map(({ id }) => id)).size).toBe(terms.length);
  const aliases = terms.flatMap((term) => term.aliases.map((alias) => alias.toLowerCase()));
  expect(new Set(aliases).size).toBe(aliases.length);
  for (const { id, definition } of terms) {
    expect(id).toMatch(/^[a-z-]+$/);
    expect(definition, id).toMatch(/^[A-Z].{60,}\.$/);
  }
  expect(glossaryHtml(terms)).toContain('<h2 id="hazard-ratio">Hazard ratio</h2>');
});
