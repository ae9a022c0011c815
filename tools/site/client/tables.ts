import { csvText, forPrograms } from "../figure-data";
import { announce, button, download } from "./dom";

/** Tables that can be sorted and downloaded, and rows that open their sources. */
export function workTables(root: ParentNode = document): void {
  root.querySelectorAll<HTMLTableElement>("table.data").forEach((table, index) => {
    if (table.dataset.sortable !== undefined) makeSortable(table);
    if (!table.classList.contains("no-tools")) addDownload(table, index + 1);
  });
  for (const row of root.querySelectorAll<HTMLTableRowElement>("tr.has-sources"))
    row.addEventListener("click", (event) => openSources(row, event));
}

/** A click anywhere in a row opens its sources, unless it was meant for something else. */
function openSources(row: HTMLTableRowElement, event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("a, summary, button") || getSelection()?.toString() !== "") return;
  const folds = [...row.querySelectorAll<HTMLDetailsElement>("details.sources")];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
  if (open) folds[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function addDownload(table: HTMLTableElement, number: number): void {
  const frame = table.closest(".table");
  const bar = frame?.querySelector(".tools");
  if (!frame || !bar) return;
  const caption = frame.querySelector(".caption")?.textContent?.trim() ?? "";
  const name =
    (caption || `table ${number}`)
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.slice(0, 8)
      .join("-") ?? "table";
  const made = button("CSV", () => download(`${name}.csv`, csvText(rowsOf(table)), "text/csv"));
  made.setAttribute("aria-label", `${caption || `Table ${number}`} as CSV`);
  made.className = "download";
  bar.append(made);
}

function rowsOf(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) => [...row.cells].map(cellValue));
}

/** What a cell holds: of sources their addresses, of anything else its text. */
function cellValue(cell: HTMLTableCellElement): string {
  const links = [...cell.querySelectorAll<HTMLAnchorElement>(".sources a")];
  if (links.length > 0) return links.map((link) => link.href).join(" | ");
  const text = linesOf(cell).join(cell.classList.contains("right") ? " " : "; ");
  return text === "–" ? "" : forPrograms(text);
}

/** The lines of a cell: an estimate and its error, or several things that it names. */
function linesOf(cell: HTMLTableCellElement): string[] {
  const copy = cell.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return [];
  for (const end of copy.querySelectorAll("br")) end.replaceWith("\u2028");
  return (copy.textContent ?? "").split("\u2028").map((line) => line.replace(/\s+/g, " ").trim());
}

function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const original = [...body.rows];
  const headings = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  for (const heading of headings) {
    const column = heading.cellIndex;
    const label = heading.textContent?.trim() ?? "";
    const made = button(label, () => {
      const next =
        { none: "ascending", ascending: "descending", descending: "none" }[heading.ariaSort ?? "none"] ?? "none";
      for (const other of headings) other.ariaSort = other === heading ? next : "none";
      const turn = next === "descending" ? -1 : 1;
      const rows = next === "none" ? original : [...original].sort((a, b) => compare(a, b, column, turn));
      body.append(...rows);
      announce(next === "none" ? "In the original order" : `Sorted by ${label}, ${next}`);
    });
    heading.ariaSort = "none";
    heading.replaceChildren(made);
  }
}

function compare(a: HTMLTableRowElement, b: HTMLTableRowElement, column: number, turn: number): number {
  const [one, other] = [a, b].map((row) => row.cells[column]?.textContent?.replace(/\s+/g, " ").trim() ?? "");
  const missing = (text: string | undefined): boolean => text === undefined || text === "" || text === "–";
  // What is not known comes last, whichever way one sorts.
  if (missing(one) || missing(other)) return Number(missing(one)) - Number(missing(other));
  const [x, y] = [one, other].map((text) => numberIn(forPrograms(text ?? "")));
  if (x !== null && y !== null) return turn * (x - y);
  return turn * (one ?? "").localeCompare(other ?? "", "en");
}

function numberIn(text: string): number | null {
  const match = /^([<>≤≥]\s*)?([−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?)\s*(%|sources?)?$/.exec(text);
  return match?.[2] === undefined ? null : Number(match[2].replaceAll("−", "-"));
}
