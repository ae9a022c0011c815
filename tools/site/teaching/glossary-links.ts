import { hasClass, isElement, isText } from "../nodes";
import type { Term } from "./glossary";

/** Where no term is linked: what is a link, a name, a formula or a control already. */
const NOT_IN = new Set("a code pre kbd h1 h2 h3 h4 button summary form fieldset figure caption script svg".split(" "));
const NOT_IN_CLASSES = ["katex", "claim", "prediction", "title-block"];
/** Running text: prose, its lists and quotations, and tables written by hand. */
const PROSE = new Set("p li td blockquote dd".split(" "));

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
      link.setAttribute("data-definition", term.definition);
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

/** The texts of running prose, in reading order. A walk: to ask a selector at each text took most of a page's time. */
function textNodes(node: Node, inProse = false): Text[] {
  const found: Text[] = [];
  for (const child of node.childNodes) {
    if (isText(child)) {
      if (inProse) found.push(child);
    } else if (isElement(child) && !NOT_IN.has(child.localName) && !hasClass(child, ...NOT_IN_CLASSES))
      found.push(...textNodes(child, inProse || PROSE.has(child.localName)));
  }
  return found;
}
