import { hasClass } from "./nodes";
import { document } from "./sanitise";

/** Rows from which on a table can be sorted, and columns from which on it may be wider than the text. */
const SORTABLE_FROM = 11;
const WIDE_FROM = 7;

/** What a table of the text's width holds, in rem; the style sheet says how much a column of sentences needs. */
const TEXT_WIDTH = 47.5;

/** What a telephone holds, in the same measure. */
const PHONE_WIDTH = 20.5;

/** Characters of a cell that needs some room to be read, and of one that needs more. */
const SOME_TEXT = 24;
const LONG_TEXT = 80;

/** A number among words, such as a p value or a ratio with its limits, which must not break at its sign, exponent or bracket. */
const NUMBER = /^(?:p [=<>≤≥] )?[−-]?\d[\d.,]*(?:e[−-]?\d+)?%?(?: \([−-]?\d[\d.,]* to (?:∞|[−-]?\d[\d.,]*)\))?$/;

/**
 * Tables of outputs and of prose as the site shows them: in a box that scrolls by itself, numbers flush right, the
 * caption outside of what scrolls, sources folded behind their number. The names of classes are what `tables.css` and
 * the script that sorts and downloads go by.
 *
 * @param holder an element with harmless HTML, which is changed in place
 * @param name what to call a table without a caption, for its file and for screen readers
 */
export function improveTables(holder: Element, name: string): void {
  holder.querySelectorAll("table").forEach((table, index) => {
    improveTable(table);
    frame(table, `${name}${index === 0 ? "" : `, table ${index + 1}`}`);
  });
}

function improveTable(table: HTMLTableElement): void {
  for (const attribute of ["width", "height", "align"]) table.removeAttribute(attribute);
  table.classList.add("data");
  const cells = [...table.querySelectorAll<HTMLTableCellElement>("td, th")];
  for (const cell of cells) setFlush(cell);
  for (const heading of table.querySelectorAll("thead th"))
    if ((heading.textContent ?? "").trim() === "") replaceTag(heading, "td");
  const links = linksByCell(table);
  // Sources are folded, and short then.
  for (const cell of cells) if (!links.has(cell) && isInBody(cell)) makeRoom(cell);
  markDates(table);
  if (table.querySelectorAll("tbody tr").length >= SORTABLE_FROM) table.dataset.sortable = "";
  if (isOfSentences(table)) makeStack(table);
  const ofSources = new Set([...links].filter(([, count]) => count > 1).map(([cell]) => cell.cellIndex));
  for (const cell of cells) if (cell.localName === "td" && ofSources.has(cell.cellIndex)) foldSources(cell);
}

function markDates(table: HTMLTableElement): void {
  for (const span of table.querySelectorAll("td span"))
    if (/^\d{4}-\d{2}(?:-\d{2})?$/.test(span.textContent ?? "")) span.className = "date";
}

/** Numbers stand flush right. Words in a column of numbers (why one cannot be known) read from the left. */
function setFlush(cell: HTMLTableCellElement): void {
  const isRight = cell.getAttribute("align") === "right";
  if (isRight && !(cell.localName === "td" && /\p{L}{3}.{20}/u.test(cell.textContent ?? "")))
    cell.classList.add("right");
  for (const attribute of ["align", "width", "height"]) cell.removeAttribute(attribute);
}

function isInBody(cell: HTMLTableCellElement): boolean {
  return cell.localName === "td" && cell.parentElement?.parentElement?.localName === "tbody";
}

/** A cell with much text that is no number gets a width to be read in. */
function makeRoom(cell: HTMLTableCellElement): void {
  if (hasClass(cell, "right")) return;
  const longest = Math.max(...[...cell.childNodes].map((node) => (node.textContent ?? "").length), 0);
  if (NUMBER.test((cell.textContent ?? "").trim())) cell.classList.add("short");
  if (longest > SOME_TEXT) cell.classList.add(longest > LONG_TEXT ? "long" : "some");
}

/** How many links each cell holds that has some. */
function linksByCell(table: HTMLTableElement): Map<HTMLTableCellElement, number> {
  const counts = new Map<HTMLTableCellElement, number>();
  for (const link of table.querySelectorAll("td a")) {
    const cell = link.closest("td");
    if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

/** An empty heading says nothing to a screen reader; it is a cell. */
function replaceTag(heading: Element, tag: string): void {
  const cell = document.createElement(tag);
  cell.className = heading.className;
  heading.replaceWith(cell);
}

/** Columns of a table, those with some text, and those with sentences; and the width that they need at the least, in rem. */
function columnsOf(table: HTMLTableElement): { all: number; text: number; long: number; least: number } {
  const all = table.rows[0]?.cells.length ?? 0;
  const places = (cells: string): number =>
    new Set([...table.querySelectorAll<HTMLTableCellElement>(cells)].map((cell) => cell.cellIndex)).size;
  const [text, long] = [places("td.some, td.long"), places("td.long")];
  return { all, text, long, least: long * 17 + (text - long) * 9 + (all - text) * 5 };
}

/** Many columns need more width than prose, and so do some columns of sentences. */
function needsWidth(table: HTMLTableElement): boolean {
  const { all, text, least } = columnsOf(table);
  if (all >= WIDE_FROM || (all >= WIDE_FROM - 1 && text >= 3)) return true;
  // Sentences side by side would be cut at the text's own width.
  return least > TEXT_WIDTH;
}

/** Whether a reader with a telephone would have to push each line of a sentence to and fro. */
function isOfSentences(table: HTMLTableElement): boolean {
  const { text, long, least } = columnsOf(table);
  return (long > 0 || text > 1) && least > PHONE_WIDTH && table.tHead !== null;
}

/**
 * On a telephone each row of such a table is a block, its cells below each other with their column's name. Cells that are no
 * longer set as a table are one to a screen reader by their roles.
 */
function makeStack(table: HTMLTableElement): void {
  table.classList.add("stacks");
  table.setAttribute("role", "table");
  for (const group of table.querySelectorAll("thead, tbody, tfoot")) group.setAttribute("role", "rowgroup");
  const labels = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => (cell.textContent ?? "").trim());
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    for (const cell of row.cells) {
      const isHeading = cell.localName === "th";
      const isColumn = row.parentElement?.localName === "thead";
      cell.setAttribute("role", isHeading ? (isColumn ? "columnheader" : "rowheader") : "cell");
      const label = labels[cell.cellIndex] ?? "";
      if (isInBody(cell) && cell.cellIndex > 0 && label !== "" && (cell.textContent ?? "").trim() !== "")
        cell.dataset.label = label;
    }
  }
}

function frame(table: HTMLTableElement, fallback: string): void {
  const outer = document.createElement("div");
  outer.className = needsWidth(table) ? "table wide" : "table";
  const box = document.createElement("div");
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  const caption = table.querySelector("caption");
  box.setAttribute("aria-label", (caption?.textContent ?? "").replace(/\s+/g, " ").trim() || fallback);
  table.replaceWith(outer);
  if (caption !== null) {
    const line = document.createElement("p");
    line.className = "caption";
    line.innerHTML = caption.innerHTML;
    for (const strong of line.querySelectorAll("strong"))
      if (/SYNTHETIC DATA$|JUDGEMENTS$/.test(strong.textContent ?? "")) strong.className = "synthetic";
    outer.append(line);
    caption.remove();
  }
  const notes = notesOf(table);
  box.append(table);
  outer.append(box);
  if (notes !== null) outer.append(notes);
  if (!table.classList.contains("no-tools")) {
    const tools = document.createElement("div");
    tools.className = "tools";
    outer.append(tools);
  }
}

/** The notes under a table, taken out of what scrolls: on a telephone they would be cut where their table is. */
function notesOf(table: HTMLTableElement): Element | null {
  const foot = table.tFoot;
  if (foot === null) return null;
  const notes = document.createElement("div");
  notes.className = "table-notes";
  for (const cell of foot.querySelectorAll("td, th")) {
    const note = document.createElement("p");
    note.innerHTML = cell.innerHTML;
    notes.append(note);
  }
  foot.remove();
  return notes;
}

/** A cell of links, and nothing else, becomes their number, which opens them with their addresses. */
function foldSources(cell: Element): void {
  const links = [...cell.querySelectorAll("a[href]")];
  const rest = [...cell.childNodes].some(
    (node) => !(node.nodeName === "A" || node.nodeName === "BR" || (node.textContent ?? "").trim() === ""),
  );
  if (rest || links.length === 0) return;
  if (!links.every((link) => /^https?:/.test(link.getAttribute("href") ?? ""))) return;
  const details = document.createElement("details");
  details.className = "sources";
  const summary = document.createElement("summary");
  summary.textContent = `${links.length} ${links.length === 1 ? "source" : "sources"}`;
  const list = document.createElement("ul");
  for (const link of links) {
    const item = document.createElement("li");
    link.removeAttribute("title");
    const address = link.getAttribute("href") ?? "";
    const host = new URL(address).host.replace(/^www\./, "");
    const label = link.textContent ?? "";
    const rest = address
      .replace(/^https?:\/\/(?:www\.)?/, "")
      .slice(host.length)
      .replace(/\/$/, "");
    const shown = readable(rest);
    if (label === host && shown !== "") {
      const tail = document.createElement("span");
      tail.className = "path";
      tail.textContent = shown.length > 70 ? `${shown.slice(0, 69)}…` : shown;
      link.append(tail);
    }
    item.append(link);
    list.append(item);
  }
  details.append(summary, list);
  cell.replaceChildren(details);
  cell.classList.add("sources");
  cell.closest("tr")?.classList.add("has-sources");
}

/** An address as one reads it, where its escapes are text. */
function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
