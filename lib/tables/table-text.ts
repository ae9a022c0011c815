import { largest } from "../statistics/inner";
import { linkLabel, notebookAddress, webAddress } from "./escape";
import {
  type Cell,
  captionText,
  cellItems,
  headingText,
  type Link,
  moreRows,
  type Table,
  type TableColumn,
} from "./table";

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
    largest(
      [head, ...body].flatMap((row) => (row[at] ?? []).map(columnsOf)),
      1,
    ),
  );
  const print = (row: readonly (readonly string[])[]): string[] => {
    const height = largest(
      row.map((cell) => cell.length),
      1,
    );
    return Array.from({ length: height }, (_, line) =>
      table.columns
        .map((column, at) => pad(row[at]?.[line] ?? "", widths[at] ?? 1, column.align))
        .join("  ")
        .trimEnd(),
    );
  };
  const caption = captionText(table);
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

/** Letters that a terminal draws two columns wide (East Asian wide and full-width forms). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
/** Marks that stand on the letter before them. */
const MARK = /\p{M}/u;

/** Columns that a line of text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return columns;
}

/** The text filled with blanks to a number of columns, flush left or right. */
export function pad(text: string, columns: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, columns - columnsOf(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** The text in lines of at most `limit` columns, broken at blanks where there are any. */
export function lines(text: string, limit: number): string[] {
  const result: string[] = [];
  for (const paragraph of text.split(/\r\n?|\n/)) {
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      const joined = line === "" ? word : `${line} ${word}`;
      if (columnsOf(joined) <= limit) {
        line = joined;
        continue;
      }
      if (line !== "") result.push(line);
      line = word;
      while (columnsOf(line) > limit) {
        const cut = cutAt(line, limit);
        result.push(line.slice(0, cut));
        line = line.slice(cut);
      }
    }
    result.push(line);
  }
  return result;
}

/** Index of the first letter beyond `limit` columns; at least one letter is kept. */
function cutAt(text: string, limit: number): number {
  let at = 0;
  let columns = 0;
  for (const letter of text) {
    columns += columnsOf(letter);
    if (columns > limit && at > 0) break;
    at += letter.length;
  }
  return at;
}
