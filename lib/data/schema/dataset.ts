import { readFileSync } from "node:fs";
import {
  decodeUtf8,
  type Fault,
  isSynthetic,
  type Provenance,
  provenancesOf,
  refuseAll,
  splitTable,
  type TextTable,
} from "../../files";
import { type CellValue, readCell } from "./cells";
import { CheckedRow } from "./checked-row";
import type { Campaign, Coding, Descriptor, Regions, TableResource } from "./descriptor";
import { type Location, locate, locateOptional, TABLE_ENDINGS } from "./location";
import { tableResource } from "./project";
import { checkRules } from "./rules";

/** Rows with all that a result needs to say about their origin. */
export interface Dataset<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  /** The file or files read, as shown to the user: relative to the project for its own. */
  readonly file: string;
  /** True if all rows are the project's own, false if any file came from another folder. */
  readonly own: boolean;
  /** Distinct provenance of the rows. */
  readonly provenance: readonly Provenance[];
  /** Launch, end of follow-up and the months between. */
  readonly campaign: Campaign;
  /** Target countries by region, for steps that say where somebody was held. */
  readonly regions: Regions;
}

/** Rows under a named coding of the unclear cases. */
export interface CodedDataset<Row> extends Dataset<Row> {
  readonly coding: Coding;
}

/** Options of all loaders. */
export interface LoadOptions {
  /**
   * Folder to read from instead of the project's data/; the same file names and columns, as .csv,
   * .tab or .tsv. Goes before the environment variable HRD_DATA.
   */
  readonly from?: string;
}

/**
 * Finds, reads and checks the file of a table.
 *
 * @param name the table's name in the data package
 * @param alsoFromProject whether the project's file serves where the folder of HRD_DATA has none
 * @throws DataError if it cannot be found or used.
 */
export function readResource(
  descriptor: Descriptor,
  name: string,
  options: LoadOptions,
  alsoFromProject = false,
): { location: Location; resource: TableResource; rows: CheckedRow[] } {
  const resource = tableResource(descriptor, name);
  const location = locate(name, stemOf(resource), TABLE_ENDINGS, { from: options.from, alsoFromProject });
  return { location, resource, rows: readTable(location, resource, descriptor.campaign) };
}

/**
 * The same for a table that a folder need not have; null where it has none.
 *
 * @throws DataError if there is a file that cannot be used.
 */
export function readOptionalResource(
  descriptor: Descriptor,
  name: string,
  options: LoadOptions,
): { location: Location; rows: CheckedRow[] } | null {
  const resource = tableResource(descriptor, name);
  const location = locateOptional(name, stemOf(resource), TABLE_ENDINGS, { from: options.from });
  return location === null ? null : { location, rows: readTable(location, resource, descriptor.campaign) };
}

const stemOf = ({ path }: TableResource): string => path.replace(/\.[^.]*$/, "");

/** Rows with what a result has to say about their origin. */
export function describeDataset<Row extends { readonly provenance: Provenance }>(
  location: Location,
  title: string,
  rows: readonly Row[],
  descriptor: Descriptor,
): Dataset<Row> {
  return {
    // A title must not outlive the rows it was written for: another folder's rows may be real.
    title: isSynthetic(rows) ? `${title} (synthetic)` : title,
    rows,
    file: location.file,
    own: location.own,
    provenance: provenancesOf(rows),
    campaign: descriptor.campaign,
    regions: descriptor.regions,
  };
}

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
function readTable(location: Location, resource: TableResource, campaign: Campaign): CheckedRow[] {
  const { schema } = resource;
  const text = decodeUtf8(readFileSync(location.path), location.file);
  const names = schema.fields.map((field) => field.name);
  const table = splitTable(text, location.file, names, resource.mayBeEmpty);
  const problems: Fault[] = [];
  const rows: CheckedRow[] = [];
  for (const [i, texts] of table.rows.entries()) {
    const cells = new Map<string, CellValue>();
    const before = problems.length;
    for (const field of schema.fields) {
      const value = texts[table.columns.indexOf(field.name)];
      const result = readCell(value, field, schema.missingValues);
      if ("fault" in result) problems.push({ row: table.at[i], column: field.name, value, ...result.fault });
      else cells.set(field.name, result.value);
    }
    // Rules relate cells, so they wait until each cell makes sense on its own.
    if (problems.length > before) continue;
    const row = new CheckedRow(cells);
    rows.push(row);
    for (const fault of checkRules(row, schema.rules, campaign)) problems.push({ row: table.at[i], ...fault });
  }
  for (const problem of repeated(table, schema)) problems.push(problem);
  if (problems.length > 0) throw refuseAll(location.file, problems);
  return rows;
}

/** Rows that have in some columns, taken together, what an earlier row has there, with that row. */
function repeats({ columns, rows, at }: TextTable, names: readonly string[]) {
  const places = names.map((name) => columns.indexOf(name));
  const firstRow = new Map<string, number>();
  return rows.flatMap((cells, i) => {
    const values = places.map((place) => cells[place]);
    const key = JSON.stringify(values);
    const first = firstRow.get(key);
    if (first === undefined) firstRow.set(key, at[i]);
    return first === undefined ? [] : [{ row: at[i], column: names[0], value: values.join(", "), first }];
  });
}

/** Values that stand twice in a column whose values must differ, and keys of several columns that stand twice. */
function repeated(table: TextTable, { fields, primaryKey }: TableResource["schema"]): Fault[] {
  const unique = fields.filter(
    ({ constraints }) => constraints !== undefined && "unique" in constraints && constraints.unique === true,
  );
  const twice = unique.flatMap(({ name }) =>
    repeats(table, [name]).map(({ first, ...at }): Fault => {
      const message = `${JSON.stringify(at.value)} stands in row ${first} already; values of this column differ`;
      return { ...at, rule: "unique", message };
    }),
  );
  // A key of one column is a unique column.
  const keys = primaryKey.length < 2 ? [] : repeats(table, primaryKey);
  return [
    ...twice,
    ...keys.map(({ first, ...at }): Fault => {
      const message = `${primaryKey.join(" and ")} are as in row ${first}; one row for each is needed`;
      return { ...at, rule: "primary-key", message };
    }),
  ];
}
