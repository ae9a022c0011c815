import { DataError, type Problem } from "../files";

/** Where a problem is, and what it is; {@link attentionError} names the file. */
export type Fault = Omit<Problem, "file">;

/** An error with one problem that concerns the whole file. */
export function refuse(file: string, rule: string, message: string): DataError {
  return new DataError([{ file, row: null, column: null, value: null, rule, message }]);
}

/** An error with all problems of a file, by row. */
export function attentionError(file: string, faults: readonly Fault[]): DataError {
  const sorted = [...faults].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  return new DataError(sorted.map((fault) => ({ file, ...fault })));
}

/** The beginning of a text for a message: one line, at most `limit` characters, in quotation marks. */
export function excerpt(text: string, limit = 70): string {
  const line = text.replace(/\s+/g, " ").trim();
  return JSON.stringify(line.length > limit ? `${line.slice(0, limit)}…` : line);
}
