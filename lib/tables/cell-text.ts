import { type Cell, isLink, type Link, type TableColumn } from "./table";

/** What stands for a value that is not known. */
export const UNKNOWN = "–";

/**
 * A number as the tables print it, the same on every machine: with the column's decimals where it has any,
 * else as it is, a fraction with four significant digits. Thousands are not grouped, for many of the
 * numbers are years.
 *
 * @example numberText(0.842105, { percent: true, digits: 1 }) // "84.2%"
 */
export function numberText(value: number, column: Pick<TableColumn, "digits" | "percent">): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const scaled = column.percent === true ? value * 100 : value;
  const digits = column.digits ?? (column.percent === true ? 0 : undefined);
  const text =
    digits !== undefined
      ? scaled.toFixed(digits)
      : Number.isInteger(scaled)
        ? String(scaled)
        : String(Number(scaled.toPrecision(4)));
  return `${text.replace("-", "−")}${column.percent === true ? "%" : ""}`;
}

/** A cell's items as text, without markup. */
export function cellItems(cell: Cell, column: TableColumn): (string | Link)[] {
  if (cell === null) return [UNKNOWN];
  if (typeof cell === "number") return [numberText(cell, column)];
  if (typeof cell === "boolean") return [cell ? "yes" : "no"];
  if (typeof cell === "string" || isLink(cell)) return [cell];
  return cell.map((item) => (typeof item === "number" ? numberText(item, column) : item));
}

/** A column's heading with its unit: "In custody (months)". */
export function headingText(column: TableColumn): string {
  return column.unit === undefined ? column.label : `${column.label} (${column.unit})`;
}
