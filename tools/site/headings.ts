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

/** What search knows of a page: its text, and its code, between one heading and the next. */
export function sectionsOf(main: Element, headings: readonly Heading[]): Section[] {
  const texts = headings.map(() => ({ text: "", code: "" }));
  let at = -1;
  const add = (kind: "text" | "code", found: string): void => {
    const section = texts[at];
    if (section !== undefined) section[kind] += found;
  };
  const walk = (node: Node, kind: "text" | "code"): void => {
    if (isText(node)) add(kind, node.data);
    if (isComment(node)) add(kind, asideText(node.data));
    if (!isElement(node) || isLeftOut(node)) return;
    if (/^H[1-4]$/.test(node.tagName)) {
      at = headings.findIndex(({ anchor }) => anchor === node.id);
      return;
    }
    const inside = node.localName === "pre" && hasClass(node, "code") ? "code" : kind;
    for (const child of node.childNodes) walk(child, inside);
    if (!INLINE.has(node.localName)) add(kind, " ");
  };
  walk(main, "text");
  const tidy = (text = ""): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
  return headings.map(({ text, anchor, level }, index) => ({
    title: text,
    anchor: level === 1 ? "" : anchor,
    text: tidy(texts[index]?.text),
    code: tidy(texts[index]?.code),
  }));
}

/** Elements inside a word or a sentence, formulas among them: no blank comes from them. */
const INLINE = new Set(
  "a abbr b cite code em i kbd mark math mi mn mo mrow mspace mstyle msub msubsup msup mtext q s samp semantics small span strong sub sup u var".split(
    " ",
  ),
);

/** What search does not read: data of figures, the drawn and the typed form of formulas, what is pressed or filled in. */
const LEFT_OUT = new Set("annotation button fieldset form script style".split(" "));
const LEFT_OUT_CLASSES = ["katex-html", "permalink", "tools", "deck-link", "types", "source"];

function isLeftOut(element: Element): boolean {
  const { localName, parentElement } = element;
  if (LEFT_OUT.has(localName) || hasClass(element, ...LEFT_OUT_CLASSES)) return true;
  if (localName === "summary" && parentElement !== null) return hasClass(parentElement, "code", "rows", "sources");
  return localName === "details" && hasClass(element, "rows");
}
