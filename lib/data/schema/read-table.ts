import { readFileSync } from "node:fs";
import { decodeUtf8, type Fault, refuseAll, splitTable } from "../../files";
import type { Cell } from "./cells";
import { readCell } from "./cells";
import { CheckedRow } from "./checked-row";
import type { Campaign, TableResource } from "./descriptor";
import type { Location } from "./location";
import { checkRules } from "./rules";

/**
 * Reads a table file and checks all of it against its description in the data package. Either every
 * row comes back, or none and an error that lists what has to be mended.
 *
 * @param location the file
 * @param resource its description
 * @param campaign the constants that rules compare with
 * @returns rows in the file's order
 * @throws DataError with every problem of the file.
 */
export function readTable(location: Location, resource: TableResource, campaign: Campaign): CheckedRow[] {
  const { schema } = resource;
  const text = decodeUtf8(readFileSync(location.path), location.file);
  const names = schema.fields.map((field) => field.name);
  const table = splitTable(text, location.file, names, resource.mayBeEmpty);
  const problems: Fault[] = [];
  const rows: CheckedRow[] = [];
  for (const [i, texts] of table.rows.entries()) {
    const cells = new Map<string, Cell>();
    const before = problems.length;
    for (const field of schema.fields) {
      const value = texts[table.columns.indexOf(field.name)];
      const result = readCell(value, field, schema.missingValues);
      if ("fault" in result) problems.push({ row: i + 2, column: field.name, value, ...result.fault });
      else cells.set(field.name, result.value);
    }
    // Rules relate cells, so they wait until each cell makes sense on its own.
    if (problems.length > before) continue;
    const row = new CheckedRow(cells);
    rows.push(row);
    for (const fault of checkRules(row, schema.rules, campaign)) problems.push({ row: i + 2, ...fault });
  }
  problems.push(...repeated(table.columns, table.rows, resource));
  problems.push(...repeatedKeys(table.columns, table.rows, schema.primaryKey));
  if (problems.length > 0) throw refuseAll(location.file, problems);
  return rows;
}

/** Values that stand twice in a column whose values must differ. */
function repeated(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  resource: TableResource,
): Fault[] {
  const problems: Fault[] = [];
  for (const field of resource.schema.fields) {
    if (field.type !== "string" && field.type !== "integer") continue;
    if (field.constraints?.unique !== true) continue;
    const firstRow = new Map<string, number>();
    for (const [i, row] of rows.entries()) {
      const value = row[columns.indexOf(field.name)];
      const first = firstRow.get(value);
      if (first === undefined) {
        firstRow.set(value, i + 2);
        continue;
      }
      const message = `${JSON.stringify(value)} stands in row ${first} already; values of this column differ`;
      problems.push({ row: i + 2, column: field.name, value, rule: "unique", message });
    }
  }
  return problems;
}

/** Rows whose primary key of several columns stands twice; a key of one column is a unique column. */
function repeatedKeys(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  key: readonly string[],
): Fault[] {
  if (key.length < 2) return [];
  const places = key.map((name) => columns.indexOf(name));
  const firstRow = new Map<string, number>();
  return rows.flatMap((row, i): Fault[] => {
    const values = JSON.stringify(places.map((place) => row[place]));
    const first = firstRow.get(values);
    if (first === undefined) {
      firstRow.set(values, i + 2);
      return [];
    }
    const found = places.map((place) => row[place]).join(", ");
    const message = `${key.join(" and ")} are as in row ${first}; one row for each is needed`;
    return [{ row: i + 2, column: key[0], value: found, rule: "primary-key", message }];
  });
}
