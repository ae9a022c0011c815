/** A piece of a text that something else stands for. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** The text with all edits made; none may overlap. They are made from the end, so that no place moves before its turn. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((done, { start, end, by }) => done.slice(0, start) + by + done.slice(end), text);
}

/** The same, where blanks fill up what becomes shorter: all that follows, and all line ends, stay in their places. */
export function editedInPlace(text: string, edits: readonly Edit[]): string {
  const filled = edits.map(({ start, end, by }) => ({
    start,
    end,
    by: by + text.slice(start + by.length, end).replace(/[^\n\r]/g, " "),
  }));
  return edited(text, filled);
}
