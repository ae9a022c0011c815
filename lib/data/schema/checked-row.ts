import type { PartialDate } from "../../dates";
import type { CellValue } from "./cells";

/**
 * One checked row, from which the generated functions of rows.ts make a typed one.
 *
 * The type of a cell is known to the data package at run time and to the compiler through rows.ts.
 * The getters meet in the middle: they check, so that no cast is needed, and they throw only if
 * rows.ts is older than data/datapackage.json.
 */
export class CheckedRow {
  constructor(private readonly cells: ReadonlyMap<string, CellValue>) {}

  /** Any cell, for rules that go by column name. */
  get(column: string): CellValue {
    const cell = this.cells.get(column);
    if (cell === undefined) throw outOfDate(column, "no such column");
    return cell;
  }

  text(column: string): string {
    return required(this.optionalText(column), column);
  }

  optionalText(column: string): string | null {
    const cell = this.get(column);
    if (cell === null || typeof cell === "string") return cell;
    throw outOfDate(column, "not text");
  }

  integer(column: string): number {
    return required(this.optionalInteger(column), column);
  }

  optionalInteger(column: string): number | null {
    const cell = this.get(column);
    if (cell === null || typeof cell === "number") return cell;
    throw outOfDate(column, "not a number");
  }

  partialDate(column: string): PartialDate {
    return required(this.optionalPartialDate(column), column);
  }

  optionalPartialDate(column: string): PartialDate | null {
    const cell = this.get(column);
    if (cell === null || (typeof cell === "object" && "precision" in cell)) return cell;
    throw outOfDate(column, "not a partial date");
  }

  list(column: string): readonly string[] {
    const cell = this.get(column);
    if (cell !== null && typeof cell === "object" && !("precision" in cell)) return cell;
    throw outOfDate(column, "not a list");
  }

  oneOf<T extends string>(column: string, values: readonly T[]): T {
    return required(this.optionalOneOf(column, values), column);
  }

  optionalOneOf<T extends string>(column: string, values: readonly T[]): T | null {
    const cell = this.get(column);
    if (cell === null) return null;
    const value = values.find((candidate) => candidate === cell);
    if (value === undefined) throw outOfDate(column, "not one of its values");
    return value;
  }
}

function required<T>(cell: T | null, column: string): T {
  if (cell === null) throw outOfDate(column, "empty");
  return cell;
}

function outOfDate(column: string, found: string): Error {
  return new Error(
    `column ${column} is ${found}: lib/data/schema/rows.ts is older than data/datapackage.json; run npm run data:generate`,
  );
}
