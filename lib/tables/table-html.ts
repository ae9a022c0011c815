import { provenanceMark } from "../files";
import { escapeHtml, linkLabel, notebookAddress, webAddress } from "./escape";
import { type Cell, cellItems, headingText, type Link, moreRows, type Table, type TableColumn } from "./table";

/** Grey with alpha is visible on a light and on a dark page; text keeps the page's own colour. */
const RULE = "1px solid rgba(128,128,128,0.4)";

/**
 * A table as HTML. It needs no style sheet: GitHub drops all styles and keeps a plain, readable table with
 * its alignment; Jupyter's pages, light or dark, keep their own colours. Whatever comes from data is
 * escaped, and only http and https addresses become links.
 * @example tableHtml(table([{ name: "<b>" }])) // … &lt;b&gt; …
 */
export function tableHtml(table: Table): string {
  const head = table.columns.map((column) => headCell(column)).join("");
  const body = table.rows
    .map((row) => `<tr>${row.map((cell, at) => bodyCell(cell, table.columns[at])).join("")}</tr>`)
    .join("\n");
  return `<table style="border-collapse:collapse;margin:0.5em 0">
${captionHtml(table)}<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
${footHtml(table)}</table>`;
}

function captionHtml(table: Table): string {
  const mark = provenanceMark(table);
  if (mark === null && table.caption === undefined) return "";
  const badge =
    mark === null
      ? ""
      : `<strong style="background:#F0E442;color:#000;border:1.5px solid #000;padding:0 0.4em">${mark}</strong> `;
  const text = table.caption === undefined ? "" : escapeHtml(table.caption);
  return `<caption style="caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:0.3em 0">${badge}${text}</caption>\n`;
}

function footHtml(table: Table): string {
  const lines = [
    ...(table.omitted === undefined || table.omitted === 0 ? [] : [`<em>and ${moreRows(table.omitted)}</em>`]),
    ...(table.notes === undefined ? [] : [table.notes.map(escapeHtml).join("<br>")]),
  ];
  if (lines.length === 0) return "";
  const rows = lines.map(
    (line) =>
      `<tr><td colspan="${table.columns.length}" align="left" style="text-align:left;padding:0.25em 0.6em">${line}</td></tr>`,
  );
  return `<tfoot>${rows.join("")}</tfoot>\n`;
}

function headCell(column: TableColumn): string {
  return `<th scope="col" align="${column.align}" style="text-align:${column.align};vertical-align:bottom;padding:0.25em 0.6em;border-bottom:2px solid rgba(128,128,128,0.7)">${escapeHtml(headingText(column))}</th>`;
}

function bodyCell(cell: Cell, column: TableColumn | undefined): string {
  const shown = column ?? { label: "", align: "left" };
  const digits = shown.align === "right" ? "font-variant-numeric:tabular-nums;white-space:nowrap;" : "";
  const items = cellItems(cell, shown).map(itemHtml).join("<br>");
  return `<td align="${shown.align}" style="text-align:${shown.align};vertical-align:top;${digits}padding:0.25em 0.6em;border-bottom:${RULE}">${items}</td>`;
}

function itemHtml(item: string | Link): string {
  const url = webAddress(typeof item === "string" ? item : item.url);
  const text = typeof item === "string" ? item : item.text;
  const beside = typeof item === "string" ? null : notebookAddress(item.url);
  if (beside !== null) return `<a href="${escapeHtml(beside)}">${escapeHtml(text)}</a>`;
  if (url === null) return textHtml(typeof item === "string" || item.url === "" ? text : `${text} (${item.url})`);
  // A bare address shows its host; all of it is in the title and behind the link.
  const label = typeof item === "string" ? linkLabel(url) : text;
  return `<a href="${escapeHtml(url)}" title="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${escapeHtml(label)}</a>`;
}

/** Text whose dates are not broken at their hyphens. */
function textHtml(text: string): string {
  return escapeHtml(text).replace(
    /\b\d{4}-\d{2}(?:-\d{2})?\b/g,
    (date) => `<span style="white-space:nowrap">${date}</span>`,
  );
}
