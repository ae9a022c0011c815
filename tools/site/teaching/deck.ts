import type { ExtensionCell } from "../extension";

/**
 * A slide: what the audience sees, in two parts that stand side by side where there is room, and what only the
 * speaker sees.
 */
export interface Slide {
  readonly title: string;
  /** Heading, prose, lists and formulas. */
  readonly text: Element[];
  /** Figures, tables and other results. */
  readonly results: Element[];
  readonly notes: Element[];
}

/** A cell with its section of the notebook's page. */
export interface DeckCell {
  readonly cell: Pick<ExtensionCell, "kind" | "tags">;
  readonly section: Element;
}

/**
 * The slides of a notebook, from its cells' tags: `slide` starts a slide, `slide-more` goes on with it, and what has
 * neither is not shown.
 *
 * Of prose a slide shows heading, first paragraph, lists, quotations, tables and formulas; further paragraphs are what
 * the speaker says, and become notes. A cell with several headings gives several slides; what stands before its first
 * heading closes the slide before. Of code a slide shows the results, with the code folded below.
 */
export function slidesOf(cells: readonly DeckCell[]): Slide[] {
  const slides: Slide[] = [];
  for (const { cell, section } of cells) {
    const starts = cell.tags.includes("slide");
    if (!starts && !cell.tags.includes("slide-more")) continue;
    if (cell.kind === "markdown") addProse(slides, section, starts);
    else addResults(slides, section, starts);
  }
  return slides;
}

function addProse(slides: Slide[], section: Element, starts: boolean): void {
  const parts = [...section.children];
  const headed = parts.some(isHeading);
  if (starts && !headed) slides.push(next(slides));
  let paragraphs = 0;
  let beforeHeading = starts && headed;
  for (const part of parts) {
    if (isHeading(part) && starts) {
      const title = clean(part.cloneNode(true));
      slides.push({
        title: title?.textContent?.trim() ?? "",
        text: title === null ? [] : [title],
        results: [],
        notes: [],
      });
      paragraphs = 0;
      beforeHeading = false;
      continue;
    }
    const slide = slides.at(-1);
    const copy = clean(part.cloneNode(true));
    if (slide === undefined || copy === null) continue;
    const spoken = beforeHeading || (part.matches("p") && paragraphs > 0);
    if (part.matches("p")) paragraphs += 1;
    (spoken ? slide.notes : slide.text).push(copy);
  }
}

function addResults(slides: Slide[], section: Element, starts: boolean): void {
  if (starts || slides.length === 0) slides.push(next(slides));
  const slide = slides.at(-1);
  const children = [...section.children];
  const isCode = (part: Element): boolean => part.matches("details.code");
  for (const part of [...children.filter((part) => !isCode(part)), ...children.filter(isCode)]) {
    const copy = clean(part.cloneNode(true));
    if (isCode(part)) copy?.removeAttribute("open");
    if (copy !== null) slide?.results.push(copy);
  }
}

/** A slide that goes on with the subject of the one before. */
function next(slides: readonly Slide[]): Slide {
  const before = slides.at(-1);
  const heading = before?.text.find(isHeading);
  const copy = heading === undefined ? null : clean(heading.cloneNode(true));
  return { title: before?.title ?? "", text: copy === null ? [] : [copy], results: [], notes: [] };
}

function isHeading(part: Element): boolean {
  return /^H[1-3]$/.test(part.tagName);
}

/** The copy without the marks of the page that a slide has no use for; null where it is no element. */
function clean(node: Node): Element | null {
  if (!("querySelectorAll" in node)) return null;
  const holder = node.ownerDocument?.createElement("div");
  holder?.append(node);
  const element = holder?.firstElementChild ?? null;
  for (const link of element?.querySelectorAll(".permalink") ?? []) link.remove();
  if (element !== null && isHeading(element)) element.removeAttribute("id");
  return element;
}
