import { escapeHtml } from "../tables";
import type { Checked } from "./check-answer";

/** What `npm run exercises` reads a solution's fingerprint from. */
export const CHECK_MIME = "application/vnd.hrd.check+json";

const MARKS: Readonly<Record<Checked["verdict"], string>> = {
  right: "✓",
  reconsider: "↻",
  "not answered": "…",
  "cannot be told": "?",
};

/** What was said of an answer, in all forms in which a notebook shows it. */
export function checkBundle(checked: Checked): Record<string, unknown> {
  const { exercise, verdict, message, hint, digest } = checked;
  const mark = `${MARKS[verdict]} Exercise ${exercise}:`;
  const hintHtml = hint === "" ? "" : `\n<details><summary>Hint</summary>${codeHtml(hint)}</details>`;
  return {
    [CHECK_MIME]: { exercise, verdict, digest },
    "text/html": `<p><strong>${escapeHtml(mark)}</strong> ${codeHtml(message)}</p>${hintHtml}`,
    "text/plain": `${mark} ${message}${hint === "" ? "" : `\nHint: ${hint}`}`,
  };
}

/** Text as HTML, with what stands between backticks as code. */
export function codeHtml(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}
