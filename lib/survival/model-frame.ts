import { InvalidInputError } from "../statistics";
import { checkFields, lengthOf } from "../statistics/inner";
import type { CoxInput } from "./cox/design";
import { compareLabels } from "./groups";
import { shown } from "./outcome";

/** A column of categories as 0/1 columns, one for each level but the reference; made by factor(). */
export interface FactorTerm<Column extends string> {
  readonly kind: "factor";
  readonly column: Column;
  readonly reference: string | number | boolean | undefined;
  readonly levels: readonly (string | number | boolean)[] | undefined;
}

/** Products of two terms' columns; made by interaction(). */
export interface InteractionTerm<Column extends string> {
  readonly kind: "interaction";
  readonly first: Column | FactorTerm<Column>;
  readonly second: Column | FactorTerm<Column>;
}

export type ModelTerm<Column extends string> = Column | FactorTerm<Column> | InteractionTerm<Column>;

/** Which columns of the rows play which part. */
export interface ModelSpecification<Column extends string> {
  readonly time: Column;
  readonly event: Column;
  readonly covariates: readonly ModelTerm<Column>[];
  readonly entry?: Column;
  /** How much a row weighs. */
  readonly weights?: Column;
  /** How many such rows there are. */
  readonly counts?: Column;
  readonly offset?: Column;
  readonly cluster?: Column;
  /** One column, or several whose combinations are the strata. */
  readonly strata?: Column | readonly Column[];
}

/** The input of cox(), and which rows it was made from. */
export interface ModelFrame extends CoxInput {
  readonly time: number[];
  readonly event: number[];
  readonly covariates: Readonly<Record<string, number[]>>;
  /** Indices of the rows that are in the frame. */
  readonly rows: readonly number[];
  /** Rows left out because a column of the model has no value there. */
  readonly incomplete: {
    readonly count: number;
    readonly rows: readonly number[];
    /** How often each column was the reason; a row can have several. */
    readonly columns: readonly { readonly column: string; readonly count: number }[];
  };
}

/**
 * A column of categories for modelFrame(); R's `factor(column)` with treatment contrasts.
 *
 * @param column its name
 * @param options reference: the level that the others are compared with, the first unless told; levels: their order,
 *   increasing unless told
 * @example factor("region", { reference: "Asia" }) // columns "region=Africa", "region=Europe", …
 */
export function factor<Column extends string>(
  column: Column,
  options: {
    readonly reference?: string | number | boolean;
    readonly levels?: readonly (string | number | boolean)[];
  } = {},
): FactorTerm<Column> {
  checkFields("factor", "options", options, ["reference", "levels"]);
  return { kind: "factor", column, reference: options.reference, levels: options.levels };
}

/**
 * The products of two terms, R's `a:b`. Name the terms themselves beside it, or the products mean something else.
 *
 * @example covariates: ["age", factor("region"), interaction("age", factor("region"))]
 */
export function interaction<First extends string, Second extends string>(
  first: First | FactorTerm<First>,
  second: Second | FactorTerm<Second>,
): InteractionTerm<First | Second> {
  return { kind: "interaction", first, second };
}

/**
 * Turns rows into the input of cox(), the part of a formula and R's `model.frame` and `model.matrix`.
 *
 * Names of columns are checked by the compiler against the rows' type. Numbers are taken as they are, true and false as
 * 1 and 0, categories by factor(). A row that has no value (null, undefined, NaN) in a column of the model is left out and
 * counted, by column: R leaves it out too, without a word.
 *
 * @param rows objects with the columns as keys
 * @param specification which column is what
 * @returns the input of cox() with the rows it holds and those left out
 * @throws {InvalidInputError} if a column has text where a number is needed, or a factor has one level only, or a
 *   reference or level that no row has, naming row and column
 * @example
 * const frame = modelFrame(women, { time: "months", event: "released", covariates: ["age", factor("region")] });
 * cox(frame)
 */
export function modelFrame<Row extends object>(
  rows: readonly Row[],
  specification: ModelSpecification<keyof Row & string>,
): ModelFrame {
  type Column = keyof Row & string;
  checkFields("modelFrame", "specification", specification, [
    "time",
    "event",
    "covariates",
    "entry",
    "weights",
    "counts",
    "offset",
    "cluster",
    "strata",
  ]);
  lengthOf("modelFrame", "covariates", specification.covariates);
  // What every object inherits, such as "constructor", is no column.
  const read = (row: Row, column: Column): unknown =>
    column in Object.prototype && !Object.hasOwn(row, column) ? undefined : row[column];
  const strata = asList(specification.strata);
  const { time, event, entry, weights, counts, offset, cluster, covariates } = specification;
  const singles = [time, event, entry, weights, counts, offset, cluster].filter(
    (column): column is Column => column !== undefined,
  );
  const columns = [...new Set<Column>([...singles, ...strata, ...covariates.flatMap(columnsOf)])];
  const { rows: kept, incomplete } = completeCases(rows.length, columns, (column, i) =>
    isMissing(read(rows[i], column)),
  );
  if (kept.length === 0) {
    throw refused(
      `none of ${rows.length} rows is complete in ${columns.map((column) => `"${column}"`).join(", ")}`,
      "rows",
    );
  }
  const numbers = (column: Column) => kept.map((i) => numberAt(read(rows[i], column), i, column));
  const labels = (column: Column) => kept.map((i) => labelAt(read(rows[i], column), i, column));
  const matrix = new Map<string, number[]>();
  for (const term of covariates) {
    for (const { name, values } of termColumns(term, numbers, labels)) {
      if (matrix.has(name)) throw refused(`the covariate "${name}" is there twice`, "covariates");
      matrix.set(name, values);
    }
  }
  const stratum = strata.map(labels);
  return {
    time: numbers(time),
    event: numbers(event),
    covariates: Object.fromEntries(matrix),
    ...(inObjectOrder(matrix) ? {} : { order: [...matrix.keys()] }),
    ...(entry !== undefined && { entry: numbers(entry) }),
    ...(weights !== undefined && { weights: numbers(weights) }),
    ...(counts !== undefined && { counts: numbers(counts) }),
    ...(offset !== undefined && { offset: numbers(offset) }),
    ...(cluster !== undefined && { cluster: labels(cluster) }),
    ...(strata.length > 0 && { strata: combined(kept.map((_, k) => stratum.map((values) => values[k]))) }),
    rows: kept,
    incomplete,
  };
}

/** Whether an object keeps these names in their order: it puts whole numbers first. */
function inObjectOrder(columns: ReadonlyMap<string, unknown>): boolean {
  const kept = Object.keys(Object.fromEntries(columns));
  return [...columns.keys()].every((name, i) => name === kept[i]);
}

/** A label for each tuple: its parts with commas between, or in quotation marks where two tuples would look alike. */
function combined(tuples: readonly (readonly string[])[]): string[] {
  const joined = tuples.map((tuple) => tuple.join(", "));
  const quoted = tuples.map((tuple) => JSON.stringify(tuple));
  return new Set(joined).size === new Set(quoted).size ? joined : quoted;
}

function asList<Column extends string>(columns: Column | readonly Column[] | undefined): readonly Column[] {
  if (columns === undefined) return [];
  return typeof columns === "string" ? [columns] : columns;
}

function columnsOf<Column extends string>(term: ModelTerm<Column>): Column[] {
  if (typeof term === "string") return [term];
  return term.kind === "factor" ? [term.column] : [...columnsOf<Column>(term.first), ...columnsOf<Column>(term.second)];
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** Complete cases: the rows that have a value in every column, and what became of the others. */
export interface CompleteCases {
  /** Indices of the complete rows. */
  readonly rows: number[];
  readonly incomplete: ModelFrame["incomplete"];
}

/**
 * Finds complete cases, as R's models take them, and counts what the others lack, column by column in the order in which
 * it is met.
 *
 * @param n how many rows there are
 * @param isMissing whether a column has no value in a row
 */
export function completeCases<Column extends string>(
  n: number,
  columns: readonly Column[],
  isMissing: (column: Column, row: number) => boolean,
): CompleteCases {
  const rows: number[] = [];
  const left: number[] = [];
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const missing = columns.filter((column) => isMissing(column, i));
    (missing.length === 0 ? rows : left).push(i);
    for (const column of missing) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const columnCounts = Array.from(counts, ([column, count]) => ({ column, count }));
  return { rows, incomplete: { count: left.length, rows: left, columns: columnCounts } };
}

function numberAt(value: unknown, row: number, column: string): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const advice = typeof value === "string" ? `; for categories use factor("${column}")` : "";
  throw refused(
    `rows[${row}].${column} is ${shown(value)}; a finite number, true or false is needed${advice}`,
    column,
    row,
  );
}

/** A label as text: 1 and "1" are one. */
function labelAt(value: unknown, row: number, column: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw refused(`rows[${row}].${column} is ${shown(value)}; a text, number, true or false is needed`, column, row);
}

interface NamedColumn {
  readonly name: string;
  readonly values: number[];
}

function termColumns<Column extends string>(
  term: ModelTerm<Column>,
  numbers: (column: Column) => number[],
  labels: (column: Column) => string[],
): NamedColumn[] {
  if (typeof term === "string") return [{ name: term, values: numbers(term) }];
  if (term.kind === "factor") return factorColumns(term, labels(term.column));
  const second = termColumns<Column>(term.second, numbers, labels);
  return termColumns<Column>(term.first, numbers, labels).flatMap((a) =>
    second.map((b) => ({
      name: `${a.name}:${b.name}`,
      values: a.values.map((value, i) => value * b.values[i]),
    })),
  );
}

function factorColumns(term: FactorTerm<string>, values: readonly string[]): NamedColumn[] {
  const { column } = term;
  const present = [...new Set(values)];
  const levels = term.levels === undefined ? present.sort(compareLabels) : [...new Set(term.levels.map(String))];
  const absent = levels.find((level) => !present.includes(level));
  if (absent !== undefined) {
    throw refused(`no complete row has the level ${shown(absent)} of "${column}"`, column);
  }
  const unlisted = present.find((level) => !levels.includes(level));
  if (unlisted !== undefined) {
    throw refused(`the levels of "${column}" leave out ${shown(unlisted)}`, column);
  }
  if (levels.length < 2) {
    throw refused(`"${column}" is ${shown(levels[0])} in all complete rows; a factor needs two levels`, column);
  }
  const reference = String(term.reference ?? levels[0]);
  if (!levels.includes(reference)) {
    const found = levels.map(shown).join(", ");
    throw refused(`the reference ${shown(reference)} is not a level of "${column}", which has ${found}`, column);
  }
  return levels
    .filter((level) => level !== reference)
    .map((level) => ({
      name: `${column}=${level}`,
      values: values.map((value) => (value === level ? 1 : 0)),
    }));
}

function refused(message: string, argument: string, row: number | null = null): Error {
  return new InvalidInputError(`modelFrame: ${message}`, argument, row);
}
