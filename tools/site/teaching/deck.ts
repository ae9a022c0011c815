import type { SiteCell } from "../cells";
import { isComment } from "../nodes";
import { overSlides } from "./deck-tables";

/** A slide: what the audience sees, and what only the speaker sees. */
export interface Slide {
  readonly title: string;
  readonly kind: "prose" | "result";
  readonly body: Element[];
  readonly notes: Element[];
}

/** A cell with its section of the notebook's page. */
export interface DeckCell {
  readonly cell: Pick<SiteCell, "kind" | "tags">;
  readonly section: Element;
}

/**
 * The slides of a notebook, from its cells' tags: `slide` starts a slide, `slide-more` goes on with its subject, and
 * what has neither is not shown.
 *
 * Of prose a slide shows heading, first paragraph, lists, tables and formulas with what leads to them, quotations, and
 * what ends the sentence of a formula; other paragraphs are what the speaker says, and become notes. Each heading begins a
 * slide; what stands before the first one of its cell are notes to the slide before. Of code each result is a slide of its
 * own, under the same heading, and a table that is too long for one is several; the question of a prediction goes with its
 * choices.
 */
export function slidesOf(cells: readonly DeckCell[]): Slide[] {
  const slides: Slide[] = [];
  for (const { cell, section } of cells) {
    const starts = cell.tags.includes("slide");
    if (!starts && !cell.tags.includes("slide-more")) continue;
    if (cell.kind === "markdown") addProse(slides, section, starts);
    else addResults(slides, section);
  }
  return slides.filter((slide, index) => !isBareHeading(slide, slides[index + 1]));
}

/** A heading alone, which the slide of the first result repeats. */
function isBareHeading({ kind, body, notes }: Slide, following: Slide | undefined): boolean {
  return kind === "prose" && body.length === 1 && notes.length === 0 && following?.kind === "result";
}

function addProse(slides: Slide[], section: Element, starts: boolean): void {
  const parts = [...section.children].filter((part) => !isEmpty(part));
  let beforeHeading = parts.some(isHeading);
  // A result fills its slide; what is said of it comes after.
  if (!beforeHeading && (starts || slides.at(-1)?.kind === "result")) slides.push(next(slides, "prose"));
  let paragraphs = 0;
  for (const [at, part] of parts.entries()) {
    const copy = shown(part);
    if (isHeading(part)) {
      slides.push({ title: copy.textContent?.trim() ?? "", kind: "prose", body: [copy], notes: [] });
      paragraphs = 0;
      beforeHeading = false;
      continue;
    }
    const leads = parts[at + 1]?.matches("ul, ol, table, .table, .formula") === true;
    const spoken = beforeHeading || (part.matches("p") && paragraphs > 0 && !leads && !goesOn(part, parts[at - 1]));
    if (part.matches("p")) paragraphs += 1;
    const slide = slides.at(-1);
    (spoken ? slide?.notes : slide?.body)?.push(copy);
  }
}

/** A paragraph without a word, as stands before and after a formula. */
function isEmpty(part: Element): boolean {
  return part.matches("p") && part.childElementCount === 0 && part.textContent?.trim() === "";
}

/** Whether a paragraph goes on with the sentence of the formula before it: it begins with a small letter. */
function goesOn(part: Element, before: Element | undefined): boolean {
  const first = part.firstChild;
  return before?.matches(".formula") === true && first?.nodeType === 3 && /^\s*[a-z]/.test(first.textContent ?? "");
}

function addResults(slides: Slide[], section: Element): void {
  const code = [...section.children].find((part) => part.matches("details.code"));
  const results = [...section.children]
    .filter((part) => part !== code)
    .flatMap(oneByOne)
    .flatMap(overSlides);
  for (const [index, result] of results.entries()) {
    const before = slides.at(-1);
    const slide = next(slides, "result");
    const question = before?.body.at(-1);
    if (result.matches(".prediction") && question?.matches("blockquote") === true) {
      before?.body.pop();
      slide.body.push(question);
    }
    slide.body.push(shown(result));
    if (index === 0 && code !== undefined) slide.body.push(folded(code));
    slides.push(slide);
  }
}

/** The results that a part of a page holds: its outputs each for itself; behind a guess the first, and then the others. */
function oneByOne(part: Element): Element[] {
  if (part.matches("[data-outputs]")) return [...part.children];
  const result = part.matches(".prediction") ? part.querySelector(".prediction-result") : null;
  if (result === null) return [part];
  const inside = (holder: Element): Element[] =>
    [...holder.children].flatMap((child) => (child.matches("[data-outputs]") ? [...child.children] : [child]));
  const others = inside(result)
    .filter((one) => !one.matches(".prediction-guess"))
    .slice(1);
  // The page has the part itself.
  const asked = copied(part);
  const copies = asked.querySelector(".prediction-result");
  const [, ...rest] = copies === null ? [] : inside(copies).filter((one) => !one.matches(".prediction-guess"));
  for (const one of rest) one.remove();
  return [asked, ...others];
}

/** A slide that goes on with the subject of the one before. */
function next(slides: readonly Slide[], kind: Slide["kind"]): Slide {
  const before = slides.at(-1);
  const heading = before?.body.find(isHeading);
  const body = heading === undefined ? [] : [copied(heading)];
  return { title: before?.title ?? "", kind, body, notes: [] };
}

function isHeading(part: Element): boolean {
  return /^H[1-3]$/.test(part.tagName);
}

/** A part as a slide shows it. Only what has marks of the page that a slide has no use for is copied. */
function shown(part: Element): Element {
  return isHeading(part) || part.getElementsByClassName("permalink").length > 0 ? copied(part) : part;
}

function copied(part: Element): Element {
  const holder = part.ownerDocument.createElement("div");
  holder.append(part.cloneNode(true));
  for (const link of holder.querySelectorAll(".permalink")) link.remove();
  const copy = holder.firstElementChild ?? holder;
  if (isHeading(copy)) copy.removeAttribute("id");
  return copy;
}

/** A copy of a cell's code without links, that stays closed whatever the page's switch for code says. */
function folded(code: Element): Element {
  const copy = copied(code);
  copy.className = "deck-code";
  copy.removeAttribute("open");
  // The code itself is set aside; see aside.ts.
  for (const node of copy.querySelector("code")?.childNodes ?? [])
    if (isComment(node)) node.data = withoutLinks(node.data);
  return copy;
}

/** Coloured code with its names as plain as the others. */
function withoutLinks(html: string): string {
  return html.replace(/<a class="lib ?([^"]*)"[^>]*>(.*?)<\/a>/gs, (_, role: string, name: string) =>
    role === "" ? name : `<span class="${role}">${name}</span>`,
  );
}
