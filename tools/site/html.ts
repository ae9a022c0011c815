import { escapeHtml } from "../../lib/tables/escape";

/** A text as part of an address or an `id`: lower case, words joined by hyphens, letters of all scripts kept. */
export function slug(text: string): string {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? "section" : words.join("-");
}

/** Gives out each name once: the second "results" is "results-2". */
export function unique(): (name: string) => string {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
}

/** Attributes as they stand in a tag, with a blank before each; null and false leave one out, true gives its name. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join("");
}

/** The text of HTML without its tags and without what only keeps lines together, for search and for titles. */
export function plainText(element: Element): string {
  return (element.textContent ?? "").replaceAll("\u2060", "").replace(/\s+/g, " ").trim();
}
