import type { Page } from "./site";

/** The line of a notebook that leads to the one before and the one after; `media.ts` takes it off the page. */
const LINE = /^\*\*(?:Before|Next):\*\* .*$/m;

const LINK = /\*\*(Before|Next):\*\* \[[^\]]*\]\(([\w-]+)\.ipynb\)/g;

/**
 * For each page of a notebook, in their order, where its end leads: to what its own last line names, as from 09 past the
 * appendices to the ledger; to its neighbours by number where it has no such line, as an appendix.
 */
export function neighboursOf(chapters: readonly Page[]): Pick<Page, "previous" | "next">[] {
  const end = (page: Page | undefined): Page["next"] =>
    page === undefined ? null : { path: page.path, title: page.title };
  return chapters.map((page, at) => {
    const line = page.cells
      .flatMap(({ kind, source }) => (kind === "markdown" ? (LINE.exec(source) ?? []) : []))
      .at(-1);
    if (line === undefined) return { previous: end(chapters[at - 1]), next: end(chapters[at + 1]) };
    const said = new Map([...line.matchAll(LINK)].map(([, word, notebook]) => [word, notebook]));
    const named = (word: string): Page["next"] => end(chapters.find(({ notebook }) => notebook === said.get(word)));
    return { previous: named("Before"), next: named("Next") };
  });
}
