import type { Dialect, EngineColumn, Parameters } from "./engine";
import type { Asked } from "./question";

/** Why rows are left out: the n-th of a statement has the code n + 1. */
export interface Reason {
  readonly what: string;
  /** A condition of SQL that is true of such rows. */
  readonly test: string;
  /** Whether the question is answered all the same; where not, one such row is an error. */
  readonly fault?: string;
}

/** A column that a statement groups by. */
export interface Key {
  readonly name: string;
  readonly as: "number" | "text";
}

/** What is lost where numbers are rounded: `off` is how far a row's value lies from what stands for it. */
export interface Rounding {
  readonly what: string;
  readonly rule: string;
  readonly off: string;
  /** The key of it, and what stands for each of its values. */
  readonly key: string;
  readonly standsFor: (value: number) => number;
}

/** New columns of a level, by name. */
export type Added = readonly (readonly [name: string, expression: string])[];

/** What part of the statement a writer adds: columns of the table, then level by level what is computed from them. */
export interface Part {
  /** Of the innermost level: what is read from the table. */
  readonly read: Added;
  /** Levels before it is known which rows are left out. */
  readonly before: readonly Added[];
  readonly reasons: readonly Reason[];
  /** Levels after that; a row that is left out has "left_out" there, and no value of its own may be computed. */
  readonly after: readonly Added[];
  readonly keys: readonly Key[];
  readonly assumed: readonly (readonly [what: string, test: string])[];
  readonly roundings: readonly Rounding[];
}

/** What a part needs to write SQL. */
export interface Writer {
  readonly asked: Asked;
  readonly dialect: Dialect;
  readonly parameters: Parameters;
  /** The column of the table by this name. */
  column(name: string, part: string): EngineColumn;
}

/** An expression as a double, which is what every engine's client gives as a number. */
export const asNumber = (expression: string): string => `CAST(${expression} AS DOUBLE PRECISION)`;

/** A value of its own for rows that are used only. */
export const ifUsed = (expression: string): string => `CASE WHEN "left_out" IS NULL THEN ${expression} END`;

/** Numbers beyond this are none that can be computed with. */
const LARGEST = "CAST('1.7E308' AS DOUBLE PRECISION)";

/** A condition that is true of numbers that are not finite; null for types that have none such. */
export const notFinite = (expression: string, type: string): string | null =>
  /int/i.test(type) ? null : `NOT (${expression} >= -${LARGEST} AND ${expression} <= ${LARGEST})`;
