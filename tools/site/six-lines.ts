import { plainText } from "./html";
import type { Page } from "./site";

/** A line of what was found, with what it rests on. */
export interface FoundLine {
  readonly about: string;
  readonly found: string;
  readonly restsOn: string;
}

/** What was found: the lines that the cell tagged `six-lines` has computed, with its place; null where no page has it. */
export function sixLines(
  pages: readonly Page[],
): { readonly href: string; readonly lines: readonly FoundLine[] } | null {
  for (const { cells, main, path } of pages) {
    const cell = cells.find(({ tags }) => tags.includes("six-lines"));
    const section = cell && main.querySelector(`[id="cell-${cell.id}"]`);
    if (!section) continue;
    const lines = [...section.querySelectorAll("tbody tr")].map((row) => {
      const [about = "", found = "", restsOn = ""] = [...row.children].map(plainText);
      return { about, found, restsOn };
    });
    return { href: `${path}#${section.id}`, lines };
  }
  return null;
}
