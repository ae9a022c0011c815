/** A piece of a text that something else stands for; what is only put in has the same start and end. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Where columns of the edited text lie in the text as it was written. */
export interface Shift {
  /** Line of the edited text, from 1. */
  readonly line: number;
  /** First column of the edited text behind the edit, from 1. */
  readonly column: number;
  /** What is to be taken from a column from there on. */
  readonly by: number;
}

/**
 * The text with all edits made, and how columns moved. Lines stay: an edit keeps the line ends of what it stands for.
 * Edits of one place are made in their order.
 *
 * @throws Error where two edits overlap
 */
export function edited(text: string, edits: readonly Edit[]): { text: string; shifts: Shift[] } {
  const inOrder = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => a.start - b.start || a.order - b.order);
  const shifts: Shift[] = [];
  let done = "";
  let at = 0;
  let line = 1;
  let lineStart = 0; // in `done`
  let moved = 0;
  const take = (piece: string): void => {
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", end + 1)) {
      line += 1;
      lineStart = done.length + end + 1;
      moved = 0;
    }
    done += piece;
  };
  for (const { start, end, by } of inOrder) {
    if (start < at) throw new Error(`an edit at ${start} overlaps one that ends at ${at}`);
    take(text.slice(at, start));
    const replaced = text.slice(start, end);
    const lost = replaced.slice(replaced.lastIndexOf("\n") + 1).length;
    take(by);
    const kept = replaced.replace(/[^\n]/g, "");
    take(kept);
    moved += (kept === "" ? by.length : 0) - lost;
    shifts.push({ line, column: done.length - lineStart + 1, by: moved });
    at = end;
  }
  take(text.slice(at));
  return { text: done, shifts };
}

/** A column of the edited text as the reader sees it in what he wrote. */
export function originalColumn(shifts: readonly Shift[], line: number, column: number): number {
  const last = shifts.findLast((shift) => shift.line === line && shift.column <= column);
  return Math.max(1, column - (last?.by ?? 0));
}
