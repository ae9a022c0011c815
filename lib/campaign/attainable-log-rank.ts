import { chiSquareUpperTail } from "../statistics";
import { square } from "../statistics/elementary";
import type { Outcome } from "../survival";

export interface AttainableOptions {
  /** Women of the other group whose outcomes are not known. */
  readonly free: number;
  /** Further women of that group, all released at time zero; they enter the second test only. */
  readonly releasedAtZero: number;
  /** The first test must give a p below this. */
  readonly below: number;
  /** The largest number of releases among the free women to look at. */
  readonly upTo: number;
}

/** The outcome of the search for one number of releases among the free women. */
export interface Attainable {
  readonly releases: number;
  /** Ways in which these releases can fall between the known ones. */
  readonly arrangements: number;
  /** Of these, ways in which the first test stays below the bound. */
  readonly possible: number;
  /** Highest p of the second test among the possible ones, and the first test's p there; null where none is possible. */
  readonly highestP: number | null;
  readonly firstP: number | null;
}

/**
 * Which p values of a log-rank test are possible at all, when one group is known and of the other only its
 * size: a check on printed results that needs no access to the data.
 *
 * The log-rank statistic depends on the order of events only. So the free women's releases are placed in
 * the gaps between the known releases in every way there is; those who are not released are observed to the
 * end. Of all arrangements in which the test of the known group against the free women is below a bound, the
 * one with the highest p of a second test is kept, in which `releasedAtZero` further women, released at time
 * zero, belong to the free group. Releases of a free woman on the very day of a known one are not tried.
 *
 * @param known the group whose times are known: months and events, all from time zero
 * @throws RangeError where there is nobody known, or a number is not one that can be searched
 * @example
 * attainableLogRank({ time, event }, { free: 18, releasedAtZero: 3, below: 0.0001, upTo: 8 })
 */
export function attainableLogRank(known: Outcome, options: AttainableOptions): Attainable[] {
  const { free, releasedAtZero, below, upTo } = options;
  for (const [name, value] of Object.entries({ free, releasedAtZero, upTo })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`attainableLogRank: ${name} is ${value}, a whole number from 0 on is needed`);
    }
  }
  if (known.time.length === 0) throw new RangeError("attainableLogRank: nobody is known, the group is empty");
  const events = eventCounts(known);
  const critical = chiSquareAt(below);
  return Array.from({ length: Math.min(upTo, free) + 1 }, (_, releases) => {
    const search = new Search(known.time.length, events, critical);
    search.run(free, releasedAtZero, releases);
    const { arrangements, possible, lowestSecond, firstThere } = search;
    const found = possible > 0;
    return {
      releases,
      arrangements,
      possible,
      highestP: found ? chiSquareUpperTail(lowestSecond, 1) : null,
      firstP: found ? chiSquareUpperTail(firstThere, 1) : null,
    };
  });
}

/** Known events at each distinct time, in the order of time. */
function eventCounts({ time, event }: Outcome): number[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0;
    if (event[i]) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([, count]) => count);
}

/** The chi-square on one degree of freedom whose upper tail is p, by bisection. */
function chiSquareAt(p: number): number {
  if (!(p > 0 && p < 1))
    throw new RangeError(`attainableLogRank: below is ${p}, a p value between 0 and 1 is needed`);
  let low = 0;
  let high = 1000;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (chiSquareUpperTail(middle, 1) > p) low = middle;
    else high = middle;
  }
  return high;
}

/** Depth-first through the gaps, with expected events E and variance V of the known group so far, for both tests. */
class Search {
  arrangements = 0;
  possible = 0;
  lowestSecond = Number.POSITIVE_INFINITY;
  firstThere = Number.NaN;
  readonly #atRisk: number;
  readonly #events: readonly number[];
  readonly #critical: number;
  readonly #observed: number;

  constructor(atRisk: number, events: readonly number[], critical: number) {
    this.#atRisk = atRisk;
    this.#events = events;
    this.#critical = critical;
    this.#observed = events.reduce((sum, count) => sum + count, 0);
  }

  run(free: number, releasedAtZero: number, releases: number): void {
    const n = this.#atRisk;
    const others = free + releasedAtZero;
    const expected = releasedAtZero === 0 ? 0 : expectedEvents(n, others, releasedAtZero);
    const variance = releasedAtZero === 0 ? 0 : varianceOfEvents(n, others, releasedAtZero);
    this.#gap(0, n, free, releases, 0, 0, expected, variance);
  }

  #gap(
    gap: number,
    n: number,
    m: number,
    left: number,
    e1: number,
    v1: number,
    e2: number,
    v2: number,
  ): void {
    const last = gap === this.#events.length;
    // In this gap 0, 1, ... of the remaining releases; all of them where it is the last gap.
    for (let here = 0, others = m, e = 0, v = 0; here <= left; here++) {
      if (!last) {
        const d = this.#events[gap] ?? 0;
        const eAt = e + expectedEvents(n, others, d);
        const vAt = v + varianceOfEvents(n, others, d);
        this.#gap(gap + 1, n - d, others, left - here, e1 + eAt, v1 + vAt, e2 + eAt, v2 + vAt);
      } else if (here === left) {
        this.#judge(e1 + e, v1 + v, e2 + e, v2 + v);
      }
      e += expectedEvents(n, others, 1);
      v += varianceOfEvents(n, others, 1);
      others -= 1;
    }
  }

  #judge(e1: number, v1: number, e2: number, v2: number): void {
    this.arrangements += 1;
    const first = square(this.#observed - e1) / v1;
    if (!(first > this.#critical)) return;
    this.possible += 1;
    const second = square(this.#observed - e2) / v2;
    if (second >= this.lowestSecond) return;
    this.lowestSecond = second;
    this.firstThere = first;
  }
}

/** Expected events of the known group among d at one time: d n / (n + m). */
function expectedEvents(n: number, m: number, d: number): number {
  return n + m === 0 ? 0 : (d * n) / (n + m);
}

/** Their hypergeometric variance: d n m (N - d) / (N^2 (N - 1)), N = n + m. */
function varianceOfEvents(n: number, m: number, d: number): number {
  const total = n + m;
  return total <= 1 ? 0 : (d * n * m * (total - d)) / (total * total * (total - 1));
}
