import { checkSourced, type Provenance, provenanceMark, provenancesOf, type Sourced } from "../files";
import { InvalidInputError } from "../statistics";
import { checkFields, lengthOf } from "../statistics/inner";

/**
 * A named web address, or a notebook beside this one (`01-long-list.ipynb#cell-claim7`). A text that is a web address as a
 * whole becomes a link by itself.
 */
export interface Link {
  readonly text: string;
  readonly url: string;
}

/** What a cell can hold; a list is shown item by item. null is a value that is not known. */
export type Cell = string | number | boolean | null | Link | readonly (string | number | Link)[];

export interface TableColumn {
  readonly label: string;
  /** Stands in the heading behind the label, e.g. "months". */
  readonly unit?: string;
  /** Numbers stand flush right, so that their digits line up. */
  readonly align: "left" | "right";
  /** Decimals of the column's numbers; without it each shows what it has, up to four significant digits. */
  readonly digits?: number;
  /** Shares as percentages: 0.842 with `digits: 1` is 84.2%. */
  readonly percent?: boolean;
}

/** A table as plain data. {@link tableHtml} and {@link tableText} print it. */
export interface Table {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly caption?: string;
  /** Rows that exist but are not among `rows`, as with the head of a long frame. */
  readonly omitted?: number;
  /** Sentences below the table, such as what its brackets and stars mean. */
  readonly notes?: readonly string[];
  /** Distinct kinds of provenance of what the table was made from; empty where that is not known. */
  readonly provenance: readonly Provenance[];
}

/**
 * One column of {@link table}: a property's name, or where the cell comes from and how it is shown; in short
 * `[label, value]` or `[label, value, digits]`.
 */
export type ColumnChoice<Row> =
  | (keyof Row & string)
  | readonly [label: string, value: (keyof Row & string) | ((row: Row, index: number) => Cell), digits?: number]
  | {
      readonly label: string;
      /** A property's name, or a function of the row. */
      readonly value: (keyof Row & string) | ((row: Row, index: number) => Cell);
      readonly unit?: string;
      readonly align?: "left" | "right";
      readonly digits?: number;
      readonly percent?: boolean;
    };

export interface TableOptions<Row> {
  /** All properties of the first row unless said otherwise. */
  readonly columns?: readonly ColumnChoice<Row>[];
  readonly caption?: string;
  /** Sentences below the table. */
  readonly notes?: readonly string[];
  /** Where the rows come from, for rows that do not say so themselves. */
  readonly data?: Sourced;
}

/**
 * A table over rows: choose columns by name, or compute them.
 *
 * Rows that carry a provenance are told apart without being asked: where any of them is synthetic, the
 * caption says so and a first column marks each row.
 *
 * @param rows objects of one shape, in the order in which they shall stand
 * @throws InvalidInputError where a cell holds something that a table cannot show, naming row and column
 *
 * @example
 * table(women, {
 *   columns: ["name", { label: "In custody", value: (w) => monthsHeld(w), unit: "months", digits: 1 }],
 * })
 */
export function table<Row extends object>(rows: readonly Row[], options: TableOptions<Row> = {}): Table {
  lengthOf("table", "rows", rows);
  if (options.data !== undefined) checkSourced("table", "data", options.data);
  if (options.notes !== undefined) lengthOf("table", "notes", options.notes);
  if (options.columns !== undefined) lengthOf("table", "columns", options.columns);
  checkFields("table", "options", options, ["columns", "caption", "notes", "data"]);
  const choices = options.columns?.map(chosen) ?? propertiesOf(rows);
  const own = rows.flatMap((row) => rowProvenance(row) ?? []);
  // What rows say of themselves counts also where other data are named: neither may hide that something is
  // synthetic.
  const named = options.data === undefined ? [] : provenancesOf(options.data);
  const provenance = provenancesOf({ provenance: [...named, ...own] });
  const marked = own.length === rows.length && own.includes("synthetic");
  const cells = rows.map((row, index) => [
    ...(marked ? [rowProvenance(row) === "synthetic" ? "synthetic" : "public record"] : []),
    ...choices.map((choice) => cellOf(row, index, choice)),
  ]);
  const described = choices.map((choice, at) =>
    describe(
      choice,
      cells.map((line) => line[at + (marked ? 1 : 0)] ?? null),
    ),
  );
  return {
    kind: "table",
    columns: [...(marked ? [{ label: "Data", align: "left" as const }] : []), ...described],
    rows: cells,
    ...(options.caption === undefined ? {} : { caption: options.caption }),
    ...(options.notes === undefined || options.notes.length === 0 ? {} : { notes: options.notes }),
    provenance,
  };
}

/** Whether a value is an object that says it is of a kind, such as "table". */
export function isOfKind(value: unknown, kind: string): value is { readonly kind: string } {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

/** Whether a value is a {@link Table}. */
export function isTable(value: unknown): value is Table {
  return isOfKind(value, "table") && "columns" in value && "rows" in value;
}

/** Whether a cell is one link. */
function isLink(cell: Cell | undefined): cell is Link {
  return typeof cell === "object" && cell !== null && "url" in cell;
}

/** A column choice with its shorthand written out. */
interface Chosen<Row> {
  readonly label: string;
  readonly read: (row: Row, index: number) => unknown;
  readonly shown: Partial<TableColumn>;
}

function chosen<Row extends object>(choice: ColumnChoice<Row>): Chosen<Row> {
  if (typeof choice === "string") return { label: choice, read: (row) => row[choice], shown: {} };
  if (isShort(choice)) {
    const [label, value, digits] = choice;
    return chosen({ label, value, ...(digits !== undefined && { digits }) });
  }
  const { label, value, ...shown } = choice;
  return { label, read: typeof value === "function" ? value : (row) => row[value], shown };
}

function isShort<Row>(choice: ColumnChoice<Row>): choice is Extract<ColumnChoice<Row>, readonly unknown[]> {
  return Array.isArray(choice);
}

/** All properties of the first row, each under its own name. */
function propertiesOf<Row extends object>(rows: readonly Row[]): Chosen<Row>[] {
  return Object.keys(rows[0] ?? {}).map((key) => {
    const read = (row: Row): unknown => Reflect.get(row, key);
    return { label: key, read, shown: {} };
  });
}

function cellOf<Row>(row: Row, index: number, choice: Chosen<Row>): Cell {
  const cell = choice.read(row, index);
  if (!isCell(cell)) {
    const found = cell === undefined ? "nothing (undefined)" : `a value of type ${typeof cell}`;
    throw new InvalidInputError(
      `table row ${index + 1}, column "${choice.label}": holds ${found}; a cell is text, a number, true or false, a link, a list of these, or null`,
      "rows",
      index,
    );
  }
  return cell;
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value === "boolean" || isItem(value) || (Array.isArray(value) && value.every(isItem));
}

function isItem(value: unknown): value is string | number | Link {
  if (typeof value === "string" || typeof value === "number") return true;
  if (typeof value !== "object" || value === null || !("text" in value && "url" in value)) return false;
  return typeof value.text === "string" && typeof value.url === "string";
}

function describe<Row>(choice: Chosen<Row>, cells: readonly Cell[]): TableColumn {
  const known = cells.filter((cell) => cell !== null);
  const numeric = known.length > 0 && known.every((cell) => typeof cell === "number");
  const given = Object.entries(choice.shown).filter(([, value]) => value !== undefined);
  return { label: choice.label, align: numeric ? "right" : "left", ...Object.fromEntries(given) };
}

function rowProvenance(row: object): Provenance | null {
  if (!("provenance" in row)) return null;
  const { provenance } = row;
  return provenance === "public-record" ||
    provenance === "synthetic" ||
    provenance === "published" ||
    provenance === "own"
    ? provenance
    : null;
}

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

/** "1 more row", "12 more rows". */
export function moreRows(count: number): string {
  return `${count} more ${count === 1 ? "row" : "rows"}`;
}

/** The caption behind the words for synthetic data, where the table rests on any. */
export function captionText(
  { caption, provenance }: Pick<Table, "caption" | "provenance">,
  escaped = (text: string): string => text,
): string {
  const own = caption === undefined ? null : escaped(caption);
  return [provenanceMark({ provenance }), own].filter((part) => part !== null).join(": ");
}
