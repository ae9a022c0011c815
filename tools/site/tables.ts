import { hasClass, isElement } from "./nodes";
import { document } from "./sanitise";

/** Rows from which on a table can be sorted, and columns from which on it may be wider than the text. */
const SORTABLE_FROM = 11;
const WIDE_FROM = 7;

/** What a table of the text's width holds, in rem, and what a telephone shows; the style sheet says how much a column of sentences needs. */
const TEXT_WIDTH = 47.5;
const TELEPHONE_WIDTH = 20.5;

/** What a column needs at the least, in rem: of sentences, of words, of anything short; and a letter where nothing may break. */
const LEAST = { long: 17, some: 9, other: 5, letter: 0.52, padding: 1.4 };

/** Columns of text among all, from which on a table is read by its rows rather than down its columns. */
const MOSTLY_TEXT = 0.4;

/** Characters of a cell that needs some room to be read, and of one that needs more. */
const SOME_TEXT = 24;
const LONG_TEXT = 80;

/** Characters of a cell that is not worth two lines, such as a name of two words or "12 to 24". */
const SHORT_TEXT = 12;

/** Characters of a row's name, for which headings rather take two lines where there is room for a table. */
const NAME_TEXT = 24;

/** A number among words, such as a p value or a ratio with its limits, which must not break at its sign, exponent or bracket. */
const NUMBER =
  /^(?:p [=<>≤≥] )?[−-]?\d[\d.,]*(?:e[−-]?\d+|\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?(?: \([−-]?\d[\d.,]* to (?:∞|[−-]?\d[\d.,]*)\))?$/;

/**
 * Tables of outputs and of prose as the site shows them: in a box that scrolls by itself, numbers flush right, the
 * caption outside of what scrolls, sources folded behind their number. The names of classes are what `tables.css` and
 * the script that sorts and downloads go by.
 *
 * @param holder an element with harmless HTML, which is changed in place
 * @param name what to call a table without a caption, for its file and for screen readers
 * @param claim whether the table is a claim's, which a telephone shows row by row
 */
export function improveTables(holder: Element, name: string, claim = false): void {
  holder.querySelectorAll("table").forEach((table, index) => {
    improveTable(table);
    // Claims look alike, also where one has few words.
    if (claim || isReadByRows(table)) stack(table);
    enclose(table, `${name}${index === 0 ? "" : `, table ${index + 1}`}`);
  });
}

function improveTable(table: HTMLTableElement): void {
  for (const attribute of ["width", "height", "align"]) table.removeAttribute(attribute);
  table.classList.add("data");
  const cells = [...table.querySelectorAll<HTMLTableCellElement>("td, th")];
  for (const cell of cells) setFlush(cell);
  setHeadingsFlush(table);
  for (const heading of table.querySelectorAll("thead th"))
    if ((heading.textContent ?? "").trim() === "") replaceTag(heading, "td");
  const links = linksByCell(table);
  // Sources are folded, and short then.
  for (const cell of cells)
    if (!links.has(cell) && isInBody(cell)) {
      makeRoom(cell);
      markLines(cell);
    }
  markDates(table);
  if (hasOrder(table)) table.dataset.sortable = "";
  const ofSources = new Set([...links].filter(([, count]) => count > 1).map(([cell]) => cell.cellIndex));
  for (const cell of cells) if (cell.localName === "td" && ofSources.has(cell.cellIndex)) foldSources(cell);
}

/**
 * A telephone shows a table of sentences row by row, each cell below the other with its column's name beside it: side by
 * side most of them would stand outside of the window. The style sheet takes the table apart, so that what is a row and
 * what a cell has to be said.
 */
function stack(table: HTMLTableElement): void {
  table.dataset.stack = "";
  table.setAttribute("role", "table");
  for (const group of table.querySelectorAll("thead, tbody")) group.setAttribute("role", "rowgroup");
  for (const row of table.rows) row.setAttribute("role", "row");
  const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => (cell.textContent ?? "").trim());
  for (const cell of table.querySelectorAll<HTMLTableCellElement>("td, th")) {
    const inBody = cell.closest("tbody") !== null;
    const heads = cell.localName === "th" ? (inBody ? "rowheader" : "columnheader") : "cell";
    cell.setAttribute("role", heads);
    const name = names[cell.cellIndex] ?? "";
    if (inBody && name !== "") cell.dataset.column = name;
  }
}

/** Sentences beside what names the row would stand outside of the window, and so would many columns of words. */
function isReadByRows(table: HTMLTableElement): boolean {
  const { columns, some, long, least } = widths(table);
  const text = some.size + long.size;
  const isOfSentences = [...long].some((column) => column > 0) || (text >= 2 && text >= MOSTLY_TEXT * columns);
  return isOfSentences && least > TELEPHONE_WIDTH;
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

/** A heading stands where most of its column does: over words that came in place of numbers, at the left. */
function setHeadingsFlush(table: HTMLTableElement): void {
  for (const heading of table.querySelectorAll<HTMLTableCellElement>("thead th.right")) {
    const below = [...(table.tBodies[0]?.rows ?? [])].flatMap(({ cells }) => cells[heading.cellIndex] ?? []);
    const words = below.filter((cell) => !hasClass(cell, "right"));
    if (words.length > below.length / 2) heading.classList.remove("right");
  }
}

/** Of several things that one cell names, each is a line of its own, which goes on further to the right. */
function markLines(cell: HTMLTableCellElement): void {
  if (hasClass(cell, "right") || ![...cell.childNodes].some(({ nodeName }) => nodeName === "BR")) return;
  for (const node of [...cell.childNodes]) {
    if (node.nodeName === "BR") continue;
    const before = node.previousSibling;
    if (before !== null && isElement(before) && hasClass(before, "item")) before.append(node);
    else {
      const item = document.createElement("span");
      item.className = "item";
      node.replaceWith(item);
      item.append(node);
    }
  }
}

function isInBody(cell: HTMLTableCellElement): boolean {
  return cell.localName === "td" && cell.parentElement?.parentElement?.localName === "tbody";
}

/** A cell with much text that is no number gets a width to be read in. */
function makeRoom(cell: HTMLTableCellElement): void {
  if (hasClass(cell, "right")) return;
  const longest = Math.max(...[...cell.childNodes].map((node) => (node.textContent ?? "").length), 0);
  if (isShort(cell.textContent ?? "")) cell.classList.add("short");
  else if (cell.cellIndex === 0 && isName(cell.textContent ?? "")) cell.classList.add("name");
  if (longest > SOME_TEXT) cell.classList.add(longest > LONG_TEXT ? "long" : "some");
}

/** Whether the text of a cell stands on one line: a number, or a few letters. */
export function isShort(text: string): boolean {
  return text.trim().length <= SHORT_TEXT || NUMBER.test(text.trim());
}

/** Whether the text of a row's first cell is a name that stays on one line where there is room for a table. */
export function isName(text: string): boolean {
  return text.trim().length <= NAME_TEXT;
}

/** A table of models has two numbers in a cell, estimate and error: there is no order of its rows. */
function hasOrder(table: HTMLTableElement): boolean {
  return table.querySelectorAll("tbody tr").length >= SORTABLE_FROM && table.querySelector("td.right br") === null;
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

/** Many columns need more width than prose, and so do some columns of sentences, and of numbers with their limits. */
function needsWidth(table: HTMLTableElement): boolean {
  const { columns, some, long, least } = widths(table);
  if (columns >= WIDE_FROM || (columns >= WIDE_FROM - 1 && some.size + long.size >= 3)) return true;
  // They would be cut at the text's own width.
  return least > TEXT_WIDTH;
}

interface Widths {
  readonly columns: number;
  /** Columns with words, and those with sentences. */
  readonly some: ReadonlySet<number>;
  readonly long: ReadonlySet<number>;
  /** What the table needs at the least, in rem. */
  readonly least: number;
}

function widths(table: HTMLTableElement): Widths {
  const columns = table.rows[0]?.cells.length ?? 0;
  const of = (selector: string): HTMLTableCellElement[] => [
    ...table.querySelectorAll<HTMLTableCellElement>(`tbody ${selector}`),
  ];
  const long = new Set(of("td.long").map((cell) => cell.cellIndex));
  const some = new Set(
    of("td.some")
      .map((cell) => cell.cellIndex)
      .filter((column) => !long.has(column)),
  );
  // What does not break needs its letters.
  const unbroken = Array.from({ length: columns }, () => 0);
  for (const { cellIndex, textContent } of of("td:is(.right, .short)"))
    unbroken[cellIndex] = Math.max(unbroken[cellIndex] ?? 0, (textContent ?? "").trim().length);
  const least = unbroken.reduce((sum, letters, column) => {
    const { other, letter, padding } = LEAST;
    const words = long.has(column) ? LEAST.long : some.has(column) ? LEAST.some : other;
    return sum + Math.max(words, letters === 0 ? 0 : letters * letter + padding);
  }, 0);
  return { columns, some, long, least };
}

function enclose(table: HTMLTableElement, fallback: string): void {
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
