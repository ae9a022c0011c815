/** One thing that is wrong with a data file, placed as closely as it can be. */
export interface Problem {
  /** The file as the user would look for it, such as `data/freethe20.csv`. */
  readonly file: string;
  /** Row as a spreadsheet counts: the header is row 1. Null where the whole file is meant. */
  readonly row: number | null;
  readonly column: string | null;
  /** The offending text, null where there is none. */
  readonly value: string | null;
  /** Name of the rule that is broken: a constraint (`required`), a rule of the data package, or a fault of the file (`ragged-row`). */
  readonly rule: string;
  /** What was found and what is needed, without the place. */
  readonly message: string;
}

/** As many problems are spelt out in an error message; the rest is counted. */
export const SHOWN_PROBLEMS = 20;

/** The rule of a problem that is none of the file: reading stopped before its end, and there may be more. */
export const TOO_MANY = "too-many";

/**
 * A data file that cannot be used. Loaders check a whole file before they give up, so one run shows
 * everything that has to be mended; `problems` holds all of it, the message the first twenty. Where a long file was not
 * read to its end the last problem says so, and the message counts "at least" those that were found.
 */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(summary(problems));
    this.problems = problems;
  }
}

/**
 * A problem as one line: `freethe20.csv row 7, column released: "2016-13-01" is not a date (…)`.
 *
 * @example describeProblem(error.problems[0])
 */
export function describeProblem(problem: Problem): string {
  const file = problem.file.split(/[\\/]/).pop() ?? problem.file;
  const row = problem.row === null ? "" : ` row ${problem.row}`;
  const column = problem.column === null ? "" : `${row === "" ? "" : ","} column ${problem.column}`;
  return `${file}${row}${column}: ${problem.message}`;
}

/** Where a problem of a known file is, and what it is. */
export type Fault = Omit<Problem, "file">;

/**
 * An error with one problem that concerns a whole file, or a row of it.
 *
 * @example throw refuse("women.csv", "file-missing", "no such file")
 */
export function refuse(file: string, rule: string, message: string, row: number | null = null): DataError {
  return new DataError([{ file, row, column: null, value: null, rule, message }]);
}

/**
 * An error with all problems of a file, by row.
 *
 * @example throw refuseAll("women.csv", faults)
 */
export function refuseAll(file: string, faults: readonly Fault[]): DataError {
  const sorted = [...faults].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  return new DataError(sorted.map((fault) => ({ ...fault, file })));
}

function summary(problems: readonly Problem[]): string {
  const files = [...new Set(problems.map((problem) => problem.file))].join(", ");
  const stopped = problems.filter(({ rule }) => rule === TOO_MANY);
  const found = problems.filter(({ rule }) => rule !== TOO_MANY);
  const least = stopped.length > 0 ? "at least " : "";
  const count = found.length === 1 ? "1 problem" : `${least}${found.length} problems`;
  const lines = [
    ...found.slice(0, SHOWN_PROBLEMS).map(describeProblem),
    ...(found.length > SHOWN_PROBLEMS ? [`and ${least}${found.length - SHOWN_PROBLEMS} more`] : []),
    ...stopped.map(describeProblem),
  ];
  return `Cannot load ${files}, ${count}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
