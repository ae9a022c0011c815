import { escapeHtml } from "../../lib/tables/escape";

/** Text of outputs as pages show it. Runs in the browser, too. */

/** Characters of text, and of HTML, that an output may bring into a page. */
export const MOST_TEXT = 60_000;
export const MOST_HTML = 300_000;

/** Text as it was printed, cut where it is too long for a page. */
export function pre(value: string, kind: string, label: string, whole = value.length): string {
  const clean = value.replace(ESCAPES, "");
  const shown = clean.length > MOST_TEXT ? clean.slice(0, MOST_TEXT / 3) : clean;
  const cut =
    clean.length > MOST_TEXT || whole > value.length
      ? note(`Cut here: the output has ${megabytes(Math.max(whole, value.length))}; the notebook file has all of it.`)
      : "";
  return `<pre class="${kind}" tabindex="0" role="group" aria-label="${label}">${escapeHtml(shown)}</pre>${cut}`;
}

/** Colours that programs print for terminals. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g");

/** A remark of the page itself. */
export function note(words: string): string {
  return `<p class="note">${escapeHtml(words)}</p>`;
}

/** A size in words. */
export function megabytes(count: number): string {
  return count < 100_000 ? `${Math.ceil(count / 1000)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}
