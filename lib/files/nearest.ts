/**
 * The candidate whose spelling is nearest to `text`, for "did you mean …?" in error messages.
 *
 * Counts the fewest letters to insert, delete or replace (Levenshtein's distance, case ignored) and
 * returns null where even the nearest candidate differs in more than 40 % of its letters: a far
 * suggestion misleads. Of equally near candidates the first wins.
 *
 * @example nearest("releasd", ["detained", "released"]) // "released"
 */
export function nearest(text: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase());
    if (distance <= 0.4 * Math.max(text.length, candidate.length) && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * What an error message adds to a name that it does not know: `, did you mean "released"?`, or nothing where no
 * candidate is near.
 *
 * @example didYouMean("releasd", ["detained", "released"]) // ', did you mean "released"?'
 */
export function didYouMean(text: string, candidates: readonly string[]): string {
  const candidate = nearest(text, candidates);
  return candidate === null ? "" : `, did you mean "${candidate}"?`;
}

/** Levenshtein's distance by dynamic programming, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
