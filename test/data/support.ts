import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { DataError } from "../../lib/files";

const folders: string[] = [];

/** The project's data files, copied into a folder of their own. */
export function copyOfData(): string {
  const folder = emptyFolder();
  for (const name of ["freethe20.csv", "long_list.csv", "journalists.csv", "evidence.csv", "published.json"]) {
    copyFileSync(join("data", name), join(folder, name));
  }
  return folder;
}

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hrd-data-"));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A data folder in which one file is replaced. */
export function folderWith(file: string, content: string | Uint8Array): string {
  const folder = copyOfData();
  writeFileSync(join(folder, file), content);
  return folder;
}

/** The cells of a table of the project, header first. */
export function cellsOf(file: string): string[][] {
  return parse(readFileSync(join("data", file), "utf8"));
}

export function toText(cells: readonly (readonly string[])[], delimiter = ",", newline = "\n"): string {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return cells.map((row) => row.map(quote).join(delimiter) + newline).join("");
}

/** Cells to put into a table: by row (the header is row 1) and column name. */
export type Edit = readonly [row: number, column: string, value: string];

/** A data folder in which cells of a table are changed. */
export function folderWithCells(file: string, ...edits: readonly Edit[]): string {
  const cells = cellsOf(file);
  for (const [row, column, value] of edits) {
    const index = cells[0].indexOf(column);
    if (index === -1) throw new Error(`${file} has no column ${column}`);
    cells[row - 1][index] = value;
  }
  return folderWith(file, toText(cells));
}

/** The DataError that `run` throws. */
export function dataError(run: () => unknown): DataError {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error("expected a DataError, nothing was thrown");
}
