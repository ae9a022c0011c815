import { document } from "./sanitise";

/** Rows from which on a table can be sorted, and columns from which on it may be wider than the text. */
const SORTABLE_FROM = 11;
const WIDE_FROM = 7;

/** Characters of a cell that needs some room to be read, and of one that needs more. */
const SOME_TEXT = 24;
const LONG_TEXT = 80;

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
    for (const attribute of ["width", "height", "align"]) table.removeAttribute(attribute);
    table.classList.add("data");
    for (const cell of table.querySelectorAll("td, th")) {
      // Words in a column of numbers (why one cannot be known) read from the left.
      const words = cell.tagName === "TD" && /\p{L}{3}.{20}/u.test(cell.textContent ?? "");
      if (cell.getAttribute("align") === "right" && !words) cell.classList.add("right");
      cell.removeAttribute("align");
      cell.removeAttribute("width");
      cell.removeAttribute("height");
    }
    for (const heading of table.querySelectorAll("thead th"))
      if ((heading.textContent ?? "").trim() === "") replaceTag(heading, "td");
    for (const cell of table.querySelectorAll("tbody td:not(.right)")) {
      // Sources are folded, and short then.
      if (cell.querySelector("a") !== null) continue;
      const longest = Math.max(...[...cell.childNodes].map((node) => (node.textContent ?? "").length), 0);
      if (longest > SOME_TEXT) cell.classList.add(longest > LONG_TEXT ? "long" : "some");
    }
    for (const span of table.querySelectorAll("td span"))
      if (/^\d{4}-\d{2}(?:-\d{2})?$/.test(span.textContent ?? "")) span.className = "date";
    if (table.querySelectorAll("tbody tr").length >= SORTABLE_FROM) markSortable(table);
    const manyLinks = [...table.querySelectorAll("td")].filter(
      (cell) => cell.querySelectorAll("a").length > 1,
    );
    const columns = new Set(manyLinks.map((cell) => cell.cellIndex));
    for (const cell of table.querySelectorAll("td")) if (columns.has(cell.cellIndex)) foldSources(cell);
    frame(table, `${name}${index === 0 ? "" : `, table ${index + 1}`}`);
  });
}

/** An empty heading says nothing to a screen reader; it is a cell. */
function replaceTag(heading: Element, tag: string): void {
  const cell = document.createElement(tag);
  cell.className = heading.className;
  heading.replaceWith(cell);
}

/** The script puts a button into each heading, in the place of the element that stands there now. */
function markSortable(table: HTMLTableElement): void {
  table.dataset.sortable = "";
  for (const heading of table.querySelectorAll("thead th")) {
    const label = document.createElement("span");
    label.className = "sort";
    label.append(...heading.childNodes);
    heading.append(label);
  }
}

function frame(table: HTMLTableElement, fallback: string): void {
  const outer = document.createElement("div");
  outer.className = (table.rows[0]?.cells.length ?? 0) >= WIDE_FROM ? "table wide" : "table";
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
      if (/SYNTHETIC DATA$/.test(strong.textContent ?? "")) strong.className = "synthetic";
    outer.append(line);
    caption.remove();
  }
  box.append(table);
  outer.append(box);
  if (!table.classList.contains("no-tools")) {
    const tools = document.createElement("div");
    tools.className = "tools";
    outer.append(tools);
  }
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
