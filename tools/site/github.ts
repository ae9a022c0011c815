import { escapeHtml } from "../../lib/tables/escape";
import { asObject } from "../kernel/protocol/wire";
import { type Output, readNotebook, text } from "../notebooks/notebook";
import { siteCells } from "./cells";
import { markdown } from "./markdown";
import { harmless } from "./sanitise";

/**
 * A committed notebook as GitHub previews it, for the test that finds every figure there. GitHub takes the richest form
 * of an output that nbconvert knows, in this order, and drops scripts, styles and forms that it does not know; nothing
 * is drawn there.
 */
const ORDER = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"];

export function githubPreview(file: string): string {
  const notebook = readNotebook(file);
  const cells = siteCells(notebook).map((cell) => {
    if (cell.kind === "markdown") return `<div class="prose">${withoutStyles(markdown(cell.source))}</div>`;
    const outputs = (cell.code?.outputs ?? []).map((output) => `<div class="output">${outputHtml(output)}</div>`);
    return `<pre>${escapeHtml(cell.source)}</pre>${outputs.join("\n")}`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(notebook.name)}</title><style>${GITHUB}</style></head><body><main>${cells.join("\n")}</main></body></html>`;
}

/** GitHub's own page, as far as it matters here: its column, its colours. */
const GITHUB = `
:root { color-scheme: light dark }
body { margin: 0; font: 16px/1.5 "Liberation Sans", sans-serif; background: #ffffff; color: #1f2328 }
main { max-width: 980px; margin: 0 auto; padding: 16px }
img { max-width: 100% }
pre, .output { overflow-x: auto }
table { border-collapse: collapse } td, th { padding: 4px 8px; border: 1px solid #8888 }
@media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3 } a { color: #4493f8 } }`;

function outputHtml(output: Output): string {
  if (output.output_type === "stream") return `<pre>${escapeHtml(text(output.text))}</pre>`;
  if (output.output_type === "error") return `<pre>${escapeHtml(`${output.ename}: ${output.evalue}`)}</pre>`;
  const data = asObject(output.data);
  const type = ORDER.find((candidate) => data[candidate] !== undefined);
  const value = type === undefined ? "" : text(data[type]);
  if (type === "text/html") return withoutStyles(harmless(value));
  if (type === "text/markdown") return withoutStyles(markdown(value));
  if (type?.startsWith("image/") === true && type !== "image/svg+xml")
    return `<img src="data:${type};base64,${value.trim()}" alt="">`;
  return `<pre>${escapeHtml(value)}</pre>`;
}

function withoutStyles(holder: Element): string {
  for (const styled of holder.querySelectorAll("[style]")) styled.removeAttribute("style");
  return holder.innerHTML;
}
