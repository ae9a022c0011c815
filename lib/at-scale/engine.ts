/** What a column's values can be used as. */
export type ColumnKind = "number" | "boolean" | "text" | "date" | "timestamp" | "other";

/** A column as the engine has it. */
export interface EngineColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The engine's own name for its type. */
  readonly type: string;
}

/** What an engine gives of a cell once a statement has cast it: numbers are doubles everywhere. */
export type Cell = number | string | boolean | null;

/** What is told to an engine beside the text of a statement. */
export type Parameter = string | number;

/** A statement with the values of its parameters, in order. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly Parameter[];
}

/**
 * All that differs between engines in the statements of this room; one small file each in `dialects/`. Whatever is not here
 * is SQL-92, with FLOOR and CEIL of SQL:2003.
 */
export interface Dialect {
  readonly name: string;
  /** A name of a table or column, so that nothing in it is read as SQL. */
  quote(identifier: string): string;
  /** What stands for the k-th parameter, from 1. */
  parameter(k: number, value: Parameter): string;
  /** Days from one DATE to another, a whole number. */
  days(from: string, to: string): string;
  /** The DATE some months later; the last day of a month that is too short. */
  addMonths(day: string, months: string): string;
  /** Of a statement's rows, no more than n. */
  limit(n: number): string;
  /** What a type of this engine can be used as. */
  kindOf(type: string): ColumnKind;
}

/**
 * Collects the values of a statement while its text is written, in which marks stand for them until it is whole: parts of it
 * may be used more than once, or not at all.
 */
export class Parameters {
  readonly #values: Parameter[] = [];

  /** What stands in the text for a value. */
  add(value: Parameter): string {
    const known = this.#values.indexOf(value);
    return `${MARK}${known < 0 ? this.#values.push(value) - 1 : known}${MARK}`;
  }

  /** The whole text with its parameters, numbered in the order in which they are met. */
  statement(sql: string, dialect: Dialect): Statement {
    const used: number[] = [];
    const text = sql.replace(MARKED, (_, place: string) => {
      const at = Number(place);
      if (!used.includes(at)) used.push(at);
      return dialect.parameter(used.indexOf(at) + 1, this.#values[at]);
    });
    return { sql: text, values: used.map((at) => this.#values[at]) };
  }
}

/** No text of SQL has this character, nor has a name in an engine. */
const MARK = "\0";
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, "g");

/** An engine that holds a table, once it is open. */
export interface Engine {
  /** What it is called in messages and reports, without credentials. */
  readonly name: string;
  readonly dialect: Dialect;
  /** What stands behind FROM. */
  from(parameters: Parameters): string;
  columns(): Promise<readonly EngineColumn[]>;
  /** Runs a statement and gives its rows one by one, in the engine's order. */
  rows(statement: Statement, take: (row: readonly Cell[]) => void): Promise<void>;
  /** How the engine would go about a statement, in its own words. */
  plan(statement: Statement): Promise<readonly string[]>;
  /** Some values of a text column that are no numbers or dates; none where the engine cannot tell. */
  examples(column: string, wanted: "number" | "date"): Promise<readonly string[]>;
  /** @throws DataError if what was read has changed meanwhile */
  unchanged(): Promise<void>;
  close(): Promise<void>;
}

/** A name in the quotation marks of SQL-92, doubled inside. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
