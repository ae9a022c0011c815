import type MiniSearch from "minisearch";
import type { SearchOptions, SearchResult } from "minisearch";
import { folded, type SearchPlace, wordsOf } from "./search-options";

/** A piece of a text: found, or what stands around it. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A place as the list of results shows it. */
export interface Found {
  readonly href: string;
  /** Title of the page; empty where it is the place's own. */
  readonly page: string;
  readonly title: readonly Piece[];
  /** Some words around the hit. */
  readonly excerpt: readonly Piece[];
}

/** How many places were found, and the best of them. */
export interface Places {
  readonly count: number;
  readonly first: readonly Found[];
}

/** Words of a question that say nothing of what is asked for. */
const SMALL = new Set(
  "a an and are as at be by can did do does for from get how i in is it me my of on one or the to was were what where which who why".split(
    " ",
  ),
);
const EXCERPT = 180;

/**
 * The places where something stands, the best first: what has the words side by side before what has them anywhere,
 * what is called so before what mentions it, and a word misspelt only where nothing has it as it was typed.
 */
export function findPlaces(index: MiniSearch<SearchPlace>, query: string, most = 20): Places {
  const typed = words(query);
  const telling = typed.filter((word) => !SMALL.has(word));
  const asked = telling.length === 0 ? typed : telling;
  if (asked.length === 0) return { count: 0, first: [] };
  // "p" is a word of its own, and not the beginning of all that begin with it.
  const prefix = (term: string): boolean => term.length > 2;
  const options = { prefix, boost: { title: 4, page: 1.5, keywords: 3, code: 0.2 } };
  const tries: readonly SearchOptions[] = [
    { ...options, combineWith: "AND" },
    { ...options, combineWith: "AND", fuzzy: 0.2 },
    { ...options, combineWith: "OR" },
  ];
  for (const attempt of tries) {
    const found = index.search(asked.join(" "), attempt);
    if (found.length === 0) continue;
    const first = ranked(found, typed, asked).slice(0, most);
    return { count: found.length, first: first.map((result) => shown(result, typed)) };
  }
  return { count: 0, first: [] };
}

/** Words as the index knows them. */
function words(text: string): string[] {
  return wordsOf(folded(text.normalize("NFC")));
}

function ranked(found: readonly SearchResult[], typed: readonly string[], asked: readonly string[]): SearchResult[] {
  const scored = found.map((result) => ({ result, score: result.score * nearness(result, typed, asked) }));
  return scored.sort((a, b) => b.score - a.score || a.result.id - b.result.id).map(({ result }) => result);
}

/** By how much a place is nearer to what was typed than the single words say. */
function nearness(result: SearchResult, typed: readonly string[], asked: readonly string[]): number {
  const all = words(String(result.title));
  // "neweyWest function" is called neweyWest, and whoever types it as two words means it.
  const title = all.filter((word) => !SMALL.has(word) && word !== "function");
  const phrase = asked.join(" ");
  const text = (name: string): string => folded(String(result[name]));
  if (title.join("") === asked.join("") || all.join(" ") === typed.join(" ")) return 12 * worth(result);
  if (` ${title.join(" ")} `.includes(` ${phrase} `)) return 4 * worth(result);
  if (asked.length > 1) {
    if (text("keywords").includes(phrase)) return 8;
    if (phrasePattern(typed).test(text("text"))) return 4 * worth(result);
  }
  // What R calls a function, "survfit(Surv(time, event) ~ group)", is the function's name for whoever knows R.
  const called = text("keywords")
    .split("; ")
    .map((name) => words(name)[0]);
  if (asked.length === 1 && called.includes(phrase)) return 6 * worth(result);
  // Whole words before beginnings of longer ones.
  const whole = asked.filter((word) => result.terms.includes(word)).length / asked.length;
  return (0.5 + whole / 2) * worth(result);
}

/** Notebooks and glossary before the library, its functions before its types, what is said before a list of it. */
function worth({ href, title }: SearchResult): number {
  if (/ (?:interface|type|value)$/.test(String(title))) return 0.3;
  if (/^library\.html#/.test(String(href))) return 0.4;
  return /^library/.test(String(href)) ? 0.5 : 1;
}

/** The words in their order with nothing but blanks and signs between them. */
function phrasePattern(typed: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${typed.join("[^\\p{L}\\p{N}]+")}(?![\\p{L}\\p{N}])`, "u");
}

function shown(result: SearchResult, typed: readonly string[]): Found {
  const page = String(result.page);
  const title = String(result.title);
  const text = String(result.text);
  // Longer ones first: "hazards" is marked whole, and not its "hazard".
  const terms = [...result.terms].sort((a, b) => b.length - a.length);
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  const { from, to } = window(text, any, typed);
  const cut = pieces(text.slice(from, to), any);
  const around = (shown: boolean, sign: string): Piece[] => (shown ? [{ text: sign, hit: false }] : []);
  return {
    href: String(result.href),
    page: title === page ? "" : page,
    title: pieces(title, any),
    excerpt: [...around(from > 0, "… "), ...cut, ...around(to < text.length, " …")],
  };
}

/** Where the excerpt is cut: around the phrase, else where most of the words stand together, whole ones before all others. */
function window(text: string, any: RegExp, typed: readonly string[]): { from: number; to: number } {
  const plain = folded(text);
  const phrase = typed.length > 1 ? phrasePattern(typed).exec(plain) : null;
  const hits = [...plain.matchAll(any)].map(({ 0: word, index = 0 }) => ({ word, index }));
  let best = phrase?.index ?? hits[0]?.index ?? 0;
  if (phrase === null) {
    let most = 0;
    for (const { index } of hits) {
      const near = hits.filter((hit) => hit.index >= index && hit.index < index + EXCERPT * 0.7);
      const different = new Set(near.map(({ word }) => word));
      const told = different.size + 100 * typed.filter((word) => different.has(word)).length;
      if (told > most) [most, best] = [told, index];
    }
  }
  const from = text.length <= EXCERPT ? 0 : Math.max(0, Math.min(best - 50, text.length - EXCERPT));
  return {
    from: from === 0 ? 0 : wordStart(text, from),
    to: Math.min(text.length, wordEnd(text, from + EXCERPT)),
  };
}

function wordStart(text: string, at: number): number {
  const blank = text.indexOf(" ", at);
  return blank < 0 || blank > at + 30 ? at : blank + 1;
}

function wordEnd(text: string, at: number): number {
  const blank = text.lastIndexOf(" ", at);
  return at >= text.length || blank < at - 30 ? at : blank;
}

/** A text in pieces, those that were asked for apart. */
function pieces(text: string, any: RegExp): Piece[] {
  const made: Piece[] = [];
  let end = 0;
  for (const { 0: word, index = 0 } of folded(text).matchAll(any)) {
    if (index > end) made.push({ text: text.slice(end, index), hit: false });
    made.push({ text: text.slice(index, index + word.length), hit: true });
    end = index + word.length;
  }
  if (end < text.length) made.push({ text: text.slice(end), hit: false });
  return made;
}
