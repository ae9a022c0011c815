import { asideText } from "./aside";
import { slug } from "./html";
import { hasClass, isComment, isElement, isText } from "./nodes";
import { document } from "./sanitise";
import type { Heading, Section } from "./site";

/**
 * Gives each heading a name and a link to itself, and lists them.
 *
 * @param name gives out names inside the page
 */
export function nameHeadings(main: Element, name: (wanted: string) => string): Heading[] {
  return [...main.querySelectorAll("h1, h2, h3, h4")].map((heading) => {
    const text = (heading.textContent ?? "").replace(/\s+/g, " ").trim();
    const level = Number(heading.tagName.slice(1));
    const anchor = heading.id === "" ? name(slug(text)) : heading.id;
    heading.id = anchor;
    if (level > 1) {
      const link = document.createElement("a");
      link.className = "permalink";
      link.href = `#${anchor}`;
      link.textContent = "#";
      link.setAttribute("aria-label", `Link to “${text}”`);
      heading.append(" ", link);
    }
    return { text, anchor, level };
  });
}

/** What search knows of a page: its text between one heading and the next. */
export function sectionsOf(main: Element, headings: readonly Heading[]): Section[] {
  const texts: string[] = headings.map(() => "");
  let at = -1;
  const walk = (node: Node): void => {
    if (isText(node)) {
      if (at >= 0) texts[at] += node.data;
      return;
    }
    if (isComment(node) && at >= 0) texts[at] += asideText(node.data);
    if (!isElement(node) || isLeftOut(node)) return;
    if (/^H[1-4]$/.test(node.tagName)) {
      at = headings.findIndex(({ anchor }) => anchor === node.id);
      return;
    }
    for (const child of node.childNodes) walk(child);
    if (at >= 0) texts[at] += " ";
  };
  walk(main);
  return headings.map(({ text, anchor, level }, index) => ({
    title: text,
    anchor: level === 1 ? "" : anchor,
    text: (texts[index] ?? "").replace(/\s+/g, " ").trim(),
  }));
}

/** What search does not read: data of figures, the drawn form of formulas, the links of headings. */
function isLeftOut(element: Element): boolean {
  if (element.localName === "script" || hasClass(element, "katex-html", "permalink")) return true;
  return element.localName === "details" && hasClass(element, "rows");
}
