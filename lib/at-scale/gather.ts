import { refuse } from "../files";
import type { Cell } from "./engine";
import type { Key } from "./part";
import type { CountsStatement } from "./statement";

/** Rows of one kind of reason, or of one assumption. */
export interface CountedRows {
  readonly what: string;
  readonly count: number;
}

/** What one engine gave. */
export interface SourceCounts {
  /** Rows that are used, and those left out. */
  readonly rows: number;
  readonly leftOut: readonly CountedRows[];
  readonly assumed: readonly CountedRows[];
}

/** Patterns, each once. */
export interface Patterns {
  /** Names of the columns: the statement's keys, with a time for its parts. */
  readonly keys: readonly string[];
  /** By key. */
  readonly columns: readonly (readonly (number | string)[])[];
  readonly counts: readonly number[];
  readonly sums: readonly (readonly number[])[];
}

/** Patterns and how many rows have each, in columns that grow while engines answer. */
export class Gathered {
  readonly keys: readonly Key[];
  readonly #columns: (number | string)[][];
  readonly #counts: number[] = [];
  /** Two sums for each rounding. */
  readonly #sums: number[][];

  constructor(statement: CountsStatement) {
    this.keys = statement.keys;
    this.#columns = statement.keys.map(() => []);
    this.#sums = statement.roundings.flatMap(() => [[], []]);
  }

  get patterns(): number {
    return this.#counts.length;
  }

  /** Takes the rows of one engine; call `done` once they are all there. */
  reader(statement: CountsStatement): { take: (row: readonly Cell[]) => void; done: () => SourceCounts } {
    const { keys, reasons } = statement;
    const assumed = statement.assumed.map(() => 0);
    const leftOut = reasons.map(() => 0);
    let rows = 0;
    const take = (row: readonly Cell[]): void => {
      const n = Number(row[1 + keys.length]);
      assumed.forEach((count, i) => {
        assumed[i] = count + Number(row[2 + keys.length + i]);
      });
      if (row[0] !== null) {
        leftOut[Number(row[0]) - 1] += n;
        return;
      }
      rows += n;
      this.#counts.push(n);
      for (const [k, { as }] of keys.entries()) {
        const cell = row[1 + k];
        // −0 and 0 are one number.
        this.#columns[k].push(as === "number" ? Number(cell) + 0 : String(cell));
      }
      const first = 2 + keys.length + assumed.length;
      for (const [k, sums] of this.#sums.entries()) sums.push(Number(row[first + k]));
    };
    const counted = (names: readonly string[], counts: readonly number[]) =>
      names.flatMap((what, i) => (counts[i] === 0 ? [] : [{ what, count: counts[i] }]));
    const done = () => ({
      rows,
      leftOut: counted(
        reasons.map(({ what }) => what),
        leftOut,
      ),
      assumed: counted(statement.assumed, assumed),
    });
    return { take, done };
  }

  /**
   * Takes what was gathered from another source.
   *
   * @throws DataError where a column is of numbers in one and of texts in the other
   */
  add(other: Gathered, source: string): void {
    for (const [k, { name, as }] of this.keys.entries()) {
      if (other.keys[k].as === as) continue;
      const message = `has ${other.keys[k].as}s where another source has ${as}s (${name}); give the columns one type`;
      throw refuse(source, "columns", message);
    }
    for (const [k, column] of other.#columns.entries()) append(this.#columns[k], column);
    append(this.#counts, other.#counts);
    for (const [k, sums] of other.#sums.entries()) append(this.#sums[k], sums);
  }

  /** The patterns in increasing order, each once: engines give groups in an order of their own, and several have the same. */
  merged(): Patterns {
    const { keys, columns: source } = withTimes(this.keys, this.#columns);
    const n = this.#counts.length;
    const compare = (a: number, b: number): number => {
      for (const column of source) {
        const [one, other] = [column[a], column[b]];
        if (one < other) return -1;
        if (one > other) return 1;
      }
      return 0;
    };
    const order = Uint32Array.from({ length: n }, (_, i) => i).sort(compare);
    const columns: (number | string)[][] = source.map(() => []);
    const counts: number[] = [];
    const sums: number[][] = this.#sums.map(() => []);
    for (let i = 0; i < n; i++) {
      const at = order[i];
      if (i > 0 && compare(order[i - 1], at) === 0) {
        const last = counts.length - 1;
        counts[last] += this.#counts[at];
        for (const [k, values] of this.#sums.entries()) sums[k][last] += values[at];
        continue;
      }
      counts.push(this.#counts[at]);
      for (const [k, column] of source.entries()) columns[k].push(column[at]);
      for (const [k, values] of this.#sums.entries()) sums[k].push(values[at]);
    }
    return { keys, columns, counts, sums };
  }
}

/** What is spread into the arguments of push may not be long. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const value of from) to.push(value);
}

/** Calendar months as they are counted: whole ones, and the days left over by the days of the month in which they fall. */
function withTimes(keys: readonly Key[], columns: readonly (number | string)[][]) {
  const found: { key: string; column: readonly (number | string)[] }[] = [];
  for (const [k, { name }] of keys.entries()) {
    const [, time, part] = /^(time|entry)_(whole|rest|length)$/.exec(name) ?? [];
    if (time === undefined) found.push({ key: name, column: columns[k] });
    else if (part === "whole") {
      const [whole, rest, length] = columns.slice(k, k + 3);
      found.push({ key: time, column: whole.map((months, i) => Number(months) + Number(rest[i]) / Number(length[i])) });
    }
  }
  return { keys: found.map(({ key }) => key), columns: found.map(({ column }) => column) };
}
