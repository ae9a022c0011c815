/** What comes from data becomes HTML only through these functions. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as HTML that shows it letter for letter, inside an element or a quoted attribute.
 *
 * @example escapeHtml("<script>") // "&lt;script&gt;"
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const CHARACTERS = new Map(Object.entries(ENTITIES).map(([character, entity]) => [entity, character]));

/**
 * The text that {@link escapeHtml} was given.
 *
 * @example unescapeHtml("&lt;script&gt;") // "<script>"
 */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS.get(entity) ?? entity);
}

/**
 * A value as JSON that can stand inside a `<script>` element: no text in it can end the element, open a
 * comment in it, or end a line of JavaScript.
 *
 * @throws TypeError where the value is nothing that JSON can hold
 */
export function scriptJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`scriptJson: ${typeof value} has no JSON form`);
  return json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The address if it is one that a table may link to (http or https), else null: `javascript:` and its like
 * stay text.
 *
 * @example webAddress("https://cpj.org/?p=1") // "https://cpj.org/?p=1"
 * @example webAddress("javascript:alert(1)") // null
 */
export function webAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\/[^\s]+$/i.test(trimmed)) return null;
  try {
    return new URL(trimmed).href;
  } catch {
    return null;
  }
}

/**
 * The address of another notebook in the same folder, or of a cell in it, else null.
 *
 * @example notebookAddress("01-long-list.ipynb#cell-claim7") // "01-long-list.ipynb#cell-claim7"
 * @example notebookAddress("../secret.ipynb") // null
 */
export function notebookAddress(text: string): string | null {
  return /^[\w-]+\.ipynb(?:#[\w-]+)?$/.test(text) ? text : null;
}

/** What a bare address is called where it is linked: its host. */
export function linkLabel(address: string): string {
  return new URL(address).host.replace(/^www\./, "");
}
