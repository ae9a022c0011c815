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
  const open = new Map<string, Term>();
  for (const term of terms) for (const alias of term.aliases) open.set(alias.toLowerCase(), term);
  const linked = new Set<Term>();
  for (const text of textNodes(main)) linkIn(text, open, linked, href);
  return terms.filter((term) => linked.has(term));
}

/** Links the terms in one text, and goes on behind each link. */
function linkIn(text: Text, open: Map<string, Term>, linked: Set<Term>, href: (term: Term) => string): void {
  let rest = text;
  while (open.size > 0) {
    const found = pattern(open).exec(rest.data);
    const term = found === null ? undefined : open.get(found[0].toLowerCase());
    if (found === null || term === undefined) return;
    const word = rest.splitText(found.index);
    rest = word.splitText(found[0].length);
    const link = text.ownerDocument.createElement("a");
    link.className = "term";
    link.setAttribute("href", href(term));
    word.replaceWith(link);
    link.append(word);
    linked.add(term);
    for (const alias of term.aliases) open.delete(alias.toLowerCase());
  }
}

/** Any of the words, the longest first, as a whole. */
function pattern(open: ReadonlyMap<string, Term>): RegExp {
  const words = [...open.keys()].sort((a, b) => b.length - a.length);
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}-])(?:${escaped.join("|")})(?![\\p{L}\\p{N}-])`, "iu");
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
