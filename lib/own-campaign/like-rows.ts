import type { CampaignData } from "./campaign-data";
import type { OwnOutcome } from "./spell";

/** From so many rows on like ones are counted; below, what is computed has the digits of rows. */
const MANY = 10_000;

/** Rows of a file by what curves and tests see of them; each may stand for several. */
export interface LikeRows extends Pick<CampaignData, "time" | "event" | "cause" | "entry" | "group" | "treated"> {
  /** How many rows of the file each stands for; not there where each is one. */
  readonly counts?: Float64Array;
}

/**
 * The rows of a long file with like ones counted: those of a million share some thousand times, ends and arms, and curves,
 * tests and a Cox model of the arms are the same from the counts (to rounding, see `counts` of {@link Outcome}). A short
 * file, and one whose rows differ, is given back as it is.
 */
export function likeRows(data: CampaignData): LikeRows {
  const { n, time, event, cause, entry, group, treated } = data;
  if (n < MANY) return data;
  const [times, entries, causes] = [new Numbered<number>(), new Numbered<number>(), new Numbered<OwnOutcome>()];
  const places = new Map<number, number>();
  const first: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < n; i++) {
    const arm = treated === null ? 0 : treated[i];
    const entered = entry === undefined ? 0 : entries.of(entry[i]);
    const key = 8 * (times.of(time[i]) * n + entered) + 2 * causes.of(cause[i]) + arm;
    const place = places.get(key);
    if (place !== undefined) counts[place] += 1;
    else {
      places.set(key, first.length);
      first.push(i);
      counts.push(1);
      if (2 * first.length > n) return data;
    }
  }
  return {
    time: Float64Array.from(first, (i) => time[i]),
    event: Uint8Array.from(first, (i) => event[i]),
    cause: first.map((i) => cause[i]),
    ...(entry !== undefined && { entry: Float64Array.from(first, (i) => entry[i]) }),
    group: first.map((i) => group[i]),
    treated: treated === null ? null : Uint8Array.from(first, (i) => treated[i]),
    counts: Float64Array.from(counts),
  };
}

/** Numbers values from 0 in the order in which they come. */
class Numbered<T> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(value, number);
    }
    return number;
  }
}
