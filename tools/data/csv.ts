import { projectPackage, tableResource } from "../../lib/data/schema/project";

/** Cells of a row by column; a column without a cell is empty. */
export type Cells = Readonly<Record<string, string | undefined>>;

/**
 * The text of a table's CSV file, with the columns of the data package.
 *
 * @param name the table's name in the data package
 * @throws Error if a cell would need quoting: none of the files that are made here has such a cell
 * @example tableCsv("long-list", [{ id: "LL-01", country: "Egypt" }])
 */
export function tableCsv(name: string, rows: readonly Cells[]): string {
  const columns = tableResource(projectPackage(), name).schema.fields.map((field) => field.name);
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        const cell = row[column] ?? "";
        if (/[",\r\n]/.test(cell)) throw new Error(`${name}: "${cell}" would need quoting`);
        return cell;
      })
      .join(","),
  );
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
