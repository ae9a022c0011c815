import type { SiteCell } from "./cells";

/**
 * A notebook is read in two media. What speaks of running cells is for Jupyter, and the page says its own in place of
 * it; what only the page has it brings itself. A cell tagged `jupyter-only` is not on the page at all.
 */
const JUPYTER_ONLY = "jupyter-only";

/** What notebooks say to somebody in Jupyter, and what the page says instead; a test holds each to be said somewhere. */
export const FOR_JUPYTER: readonly { readonly said: RegExp; readonly instead: string }[] = [
  {
    said: /Write your answer as the second argument of `check` and run the cell(?:: it says whether that is right, or what to reconsider)?\. Without an answer it gives a hint\.(?: On the rendered page a field below the hint does the same\.)?/,
    instead: "Write your answer into the field below the hint: it says whether that is right, or what to reconsider.",
  },
  {
    said: /On the rendered page controls stand below the tables: [^.]*\. They redraw Figure 1\. Here, [^.]*\./,
    instead:
      "The controls below the tables redraw Figure 1: a slider for the end of follow-up, menus for the coding and for the clock, and a box for each of the three unclear women.",
  },
  { said: / Cells run from top to bottom with <kbd>Shift<\/kbd>\+<kbd>Enter<\/kbd>\./, instead: "" },
  { said: /(?<=\*\*Before you )run anything(?=\.\*\*)/, instead: "read on" },
  // The end of each page leads to the one before and the one after.
  { said: /^\*\*(?:Before|Next):\*\* .*(?:\n|$)/m, instead: "" },
];

/** The cell as the page has it; null where it has no place there. */
export function onThePage(cell: SiteCell): SiteCell | null {
  if (cell.tags.includes(JUPYTER_ONLY)) return null;
  if (cell.kind === "code") return cell;
  const source = FOR_JUPYTER.reduce((text, { said, instead }) => text.replace(said, instead), cell.source);
  return source === cell.source ? cell : { ...cell, source };
}

/** The page's own field says what an answer looks like and whether it is right: what `check()` said goes, its hint stays. */
export function dropUnanswered(section: Element): void {
  if (section.querySelector(".exercise") === null) return;
  for (const said of section.querySelectorAll(".output p"))
    if (/^… Exercise \S+: Not answered yet\./.test(said.textContent ?? "")) said.remove();
}
