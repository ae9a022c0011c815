import type { CensoredTimes } from "./censored-times";

/** Where mass can lie, in order of time: (lower[j], upper[j]], or the time itself where both are the same. */
export interface Innermost {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Row i has its event in one of the intervals first[i] to last[i]; -1 for rows of weight 0. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Number of intervals that lie before the row's entry; all of them are ruled out by its being seen. */
  readonly truncated: Int32Array | null;
}

/** Order of ends at the same time: an exact time, the end of (l, u], entry after u, the beginning of (u, …]. */
const [EXACT, RIGHT, ENTRY, LEFT] = [0, 1, 2, 3];

/**
 * Turnbull's innermost intervals: each begins with a row's lower end and ends with the next upper end, no other lower
 * end between them (Turnbull 1976, JRSS B 38:290, section 3). Mass anywhere else could be moved into one of them, and
 * the likelihood would not fall. With late entry an entry time counts as an upper end too, since mass before it is
 * ruled out for that row (Frydman 1994, JRSS B 56:71; Alioum and Commenges 1996, Biometrics 52:512).
 */
export function innermostIntervals({ n, lower, upper, entry, weights }: CensoredTimes): Innermost {
  const ends: { time: number; kind: number }[] = [];
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    if (lower[i] === upper[i]) ends.push({ time: lower[i], kind: EXACT });
    else ends.push({ time: lower[i], kind: LEFT }, { time: upper[i], kind: RIGHT });
    if (entry !== null && entry[i] > 0) ends.push({ time: entry[i], kind: ENTRY });
  }
  ends.sort((a, b) => a.time - b.time || a.kind - b.kind);
  const from: number[] = [];
  const to: number[] = [];
  let open: number | null = null;
  for (const { time, kind } of ends) {
    if (kind === LEFT) open = time;
    else if (kind === EXACT) {
      // Several rows may have their event at the same time; a lower end before it ends here as well.
      if (from[from.length - 1] !== time || to[to.length - 1] !== time) {
        from.push(time);
        to.push(time);
      }
      open = null;
    } else if (open !== null) {
      from.push(open);
      to.push(time);
      open = null;
    }
  }
  const [low, high] = [Float64Array.from(from), Float64Array.from(to)];
  const first = new Int32Array(n).fill(-1);
  const last = new Int32Array(n).fill(-1);
  const truncated = entry === null ? null : new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    const exact = lower[i] === upper[i];
    // Inside are intervals that begin at or after `lower` (after it if they are one time) and end by `upper`.
    first[i] = countUpTo(to.length, (j) => (exact ? high[j] < lower[i] : high[j] <= lower[i]));
    last[i] = countUpTo(to.length, (j) => high[j] <= upper[i]) - 1;
    if (truncated !== null && entry !== null) {
      const before = entry[i];
      truncated[i] = countUpTo(to.length, (j) => high[j] <= before);
    }
  }
  return { lower: low, upper: high, first, last, truncated };
}

/** How many of the first `length` indices satisfy a condition that holds up to some index and not after. */
function countUpTo(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
