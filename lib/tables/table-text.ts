import { cellItems, headingText } from "./cell-text";
import { linkLabel, notebookAddress, webAddress } from "./escape";
import { syntheticCaption } from "./synthetic-mark";
import type { Cell, Link, Table, TableColumn } from "./table";
import { moreRows } from "./table-html";
import { columnsOf, lines, pad } from "./text-width";

const MAX = 44; // columns a cell may take; longer text goes on in the next line

/**
 * A table as aligned text, for terminals, screen readers and `text/plain`: caption, headings, a rule, rows.
 * Web addresses are numbered in their cells and written out below, so that they neither break the columns
 * nor get broken.
 *
 * @example
 * tableText(table([{ name: "a", n: 1 }]))
 * // name  n
 * // ----  -
 * // a     1
 */
export function tableText(table: Table): string {
  const head = table.columns.map((column) => lines(headingText(column), MAX));
  const addresses: string[] = [];
  const body = table.rows.map((row) => row.map((cell, at) => cellLines(cell, table.columns[at], addresses)));
  const widths = table.columns.map((_, at) =>
    Math.max(1, ...[head, ...body].flatMap((row) => (row[at] ?? []).map(columnsOf))),
  );
  const print = (row: readonly (readonly string[])[]): string[] => {
    const height = Math.max(1, ...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      table.columns
        .map((column, at) => pad(row[at]?.[line] ?? "", widths[at] ?? 1, column.align))
        .join("  ")
        .trimEnd(),
    );
  };
  const caption = [syntheticCaption(table.provenance), table.caption ?? null]
    .filter((part) => part !== null)
    .join(": ");
  return [
    ...(caption === "" ? [] : [caption]),
    ...print(head),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...body.flatMap(print),
    ...(table.omitted === undefined || table.omitted === 0 ? [] : [`and ${moreRows(table.omitted)}`]),
    ...(table.notes ?? []),
    ...addresses.map((address, at) => `[${at + 1}] ${address}`),
  ].join("\n");
}

function cellLines(cell: Cell, column: TableColumn | undefined, addresses: string[]): string[] {
  const items = cellItems(cell, column ?? { label: "", align: "left" });
  return items.flatMap((item) => lines(itemText(item, addresses), MAX));
}

function itemText(item: string | Link, addresses: string[]): string {
  const url = webAddress(typeof item === "string" ? item : item.url);
  if (typeof item !== "string" && notebookAddress(item.url) !== null) return item.text;
  if (url === null) return typeof item === "string" ? item : `${item.text} (${item.url})`;
  if (!addresses.includes(url)) addresses.push(url);
  const label = typeof item === "string" ? linkLabel(url) : item.text;
  return `${label} [${addresses.indexOf(url) + 1}]`;
}
