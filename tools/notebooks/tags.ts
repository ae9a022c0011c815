/** The tags of cells that teaching is made from. */

/** A cell that holds an exercise's solution, with the mistakes that were foreseen: left out of student copies and pages. */
export const SOLUTION = "solution";

/** The exercise whose answer a cell is for, from a tag like `exercise:01-a`; null where it is for none. */
export function exerciseOf(tags: readonly string[]): string | null {
  return tagValue(tags, "exercise");
}

/** What follows the colon of a tag: "figure-1" for `picture:figure-1`; null without such a tag. */
export function tagValue(tags: readonly string[], name: string): string | null {
  const found = tags.find((tag) => tag.startsWith(`${name}:`));
  return found === undefined ? null : found.slice(name.length + 1);
}

export function isSolution(tags: readonly string[]): boolean {
  return tags.includes(SOLUTION);
}
