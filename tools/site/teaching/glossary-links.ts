import type { Term } from "./glossary";

/** Where no term is linked: what is a link, a name, a formula or a control already. */
const NOT_IN =
  "a, code, pre, kbd, h1, h2, h3, h4, button, summary, form, fieldset, figure, caption, script, svg, .katex, .claim, .prediction";
/** Running text: prose, its lists and quotations, and tables written by hand. */
const PROSE = "p, li, td, blockquote, dd";

/**
 * Links each term at its first use in the prose of a page.
 *
 * @param main the page, part of a document; it is changed
 * @param href address of a term's definition
 * @returns the terms that were linked, in the order of the list
 */
export function linkTerms(main: Element, terms: readonly Term[], href: (term: Term) => string): Term[] {
  const known = new Map<string, Term>();
  for (const term of terms) for (const alias of term.aliases) known.set(alias.toLowerCase(), term);
  const pattern = anyOf([...known.keys()]);
  const linked = new Set<Term>();
  for (const text of textNodes(main)) {
    // From the last one, so that places before it stay where they are.
    const found = [...text.data.matchAll(pattern)].flatMap(({ 0: word, index = 0 }) => {
      const term = known.get(word.toLowerCase());
      if (term === undefined || linked.has(term)) return [];
      linked.add(term);
      return [{ term, index, length: word.length }];
    });
    for (const { term, index, length } of found.reverse()) {
      const word = text.splitText(index);
      word.splitText(length);
      const link = text.ownerDocument.createElement("a");
      link.className = "term";
      link.setAttribute("href", href(term));
      word.replaceWith(link);
      link.append(word);
    }
  }
  return terms.filter((term) => linked.has(term));
}

/** Any of the words as a whole, the longest first: "hazard" is not found in "hazard ratio". */
function anyOf(words: readonly string[]): RegExp {
  const sorted = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const escaped = sorted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}-])(?:${escaped.join("|")})(?![\\p{L}\\p{N}-])`, "giu");
}

/** The texts of running prose, in reading order. */
function textNodes(main: Element): Text[] {
  const window = main.ownerDocument.defaultView;
  if (window === null) return [];
  const walker = main.ownerDocument.createTreeWalker(main, window.NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!(node instanceof window.Text) || parent === null) continue;
    if (parent.closest(PROSE) !== null && parent.closest(NOT_IN) === null) found.push(node);
  }
  return found;
}
