/** An inner door: which p values are attainable at all. */
import { chiSquareUpperTail, InvalidInputError, seededRandom } from "../statistics";
import { square } from "../statistics/elementary";
import { calledAs, checkFields } from "../statistics/inner";
import { logRank, type Outcome } from "../survival";
import { refuseCounts } from "../survival/inner";

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
 * @throws InvalidInputError where there is nobody known, or a number is not one that can be searched
 * @example
 * attainableLogRank({ time, event }, { free: 18, releasedAtZero: 3, below: 0.0001, upTo: 8 })
 */
export function attainableLogRank(known: Outcome, options: AttainableOptions): Attainable[] {
  checkFields("attainableLogRank", "options", options, ["free", "releasedAtZero", "below", "upTo"]);
  refuseCounts("attainableLogRank", known, "every person is gone through by itself");
  const { free, releasedAtZero, below, upTo } = options;
  for (const [name, value] of Object.entries({ free, releasedAtZero, upTo })) {
    if (!Number.isInteger(value) || value < 0) {
      const message = `attainableLogRank: ${name} is ${value}, a whole number from 0 on is needed`;
      throw new InvalidInputError(message, name);
    }
  }
  if (known.time.length === 0)
    throw new InvalidInputError("attainableLogRank: nobody is known, the group is empty", "known");
  if (!(below > 0 && below < 1)) {
    const message = `attainableLogRank: below is ${below}, a p value between 0 and 1 is needed`;
    throw new InvalidInputError(message, "below");
  }
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
  let low = 0;
  let high = 1000;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (chiSquareUpperTail(middle, 1) > p) low = middle;
    else high = middle;
  }
  return high;
}

/** A gap between known releases, with those at its end: what they add, and what one free woman's release in it adds. */
interface Gap {
  /** By the free women at risk, from 0 to all. */
  readonly known: Sums;
  readonly one: Sums;
}

/** The gap before each known release, and the one after the last, at whose end nobody is released. */
function gapsBetween(atRisk: number, events: readonly number[], free: number): Gap[] {
  let n = atRisk;
  return [...events, 0].map((d) => {
    const gap = { known: termsOf(n, free, d), one: termsOf(n, free, 1) };
    n -= d;
    return gap;
  });
}

/**
 * Every way in which free women are released in some gaps, by how many of them are: 0 to `most`.
 *
 * @param atRisk free women at risk when the first of these gaps begins
 */
function waysThrough(gaps: readonly Gap[], atRisk: number, most: number): Sums[] {
  const totals = Array.from({ length: most + 1 }, (_, total) => total);
  let ways = totals.map((total) => sumsFor(total === 0 ? 1 : 0));
  for (const gap of gaps) {
    ways = totals.map((total) => {
      const all = sumsFor(ways.slice(0, total + 1).reduce((sum, { expected }) => sum + expected.length, 0));
      let at = 0;
      for (let before = 0; before <= total; before++) {
        const { expected, variance } = ways[before];
        const more = inGap(gap, atRisk - before, total - before);
        for (let way = 0; way < expected.length; way++, at++) {
          all.expected[at] = expected[way] + more.expected;
          all.variance[at] = variance[way] + more.variance;
        }
      }
      return all;
    });
  }
  return ways;
}

/** What a gap adds in which so many of m free women are released, one after the other, before the known releases. */
function inGap({ known, one }: Gap, m: number, released: number): { expected: number; variance: number } {
  let [expected, variance] = [known.expected[m - released], known.variance[m - released]];
  for (let left = m; left > m - released; left--) {
    expected += one.expected[left];
    variance += one.variance[left];
  }
  return { expected, variance };
}

/**
 * Every way in which the free women's releases can fall into the gaps, judged.
 *
 * What a release adds to the sums depends on its gap and on how many free women are still at risk. So each way through the
 * first half of the gaps is put together with each way through the second that has the other releases: one addition a sum.
 */
class Search {
  arrangements = 0;
  possible = 0;
  lowestSecond = Number.POSITIVE_INFINITY;
  firstThere = Number.NaN;
  readonly #observed: number;

  constructor(
    private readonly atRisk: number,
    private readonly events: readonly number[],
    private readonly critical: number,
  ) {
    this.#observed = events.reduce((sum, count) => sum + count, 0);
  }

  run(free: number, releasedAtZero: number, releases: number): void {
    const gaps = gapsBetween(this.atRisk, this.events, free);
    const half = Math.ceil(gaps.length / 2);
    const others = free + releasedAtZero;
    const atZero = {
      expected: expectedEvents(this.atRisk, others, releasedAtZero),
      variance: varianceOfEvents(this.atRisk, others, releasedAtZero),
    };
    for (const [early, starts] of waysThrough(gaps.slice(0, half), free, releases).entries()) {
      const late = releases - early;
      this.#judge(starts, waysThrough(gaps.slice(half), free - early, late)[late], atZero);
    }
  }

  /** @param atZero what releases at time zero add to the second test's sums */
  #judge(starts: Sums, rests: Sums, atZero: { readonly expected: number; readonly variance: number }): void {
    this.arrangements += starts.expected.length * rests.expected.length;
    for (let i = 0; i < starts.expected.length; i++)
      for (let j = 0; j < rests.expected.length; j++) {
        const difference = this.#observed - (starts.expected[i] + rests.expected[j]);
        const variance = starts.variance[i] + rests.variance[j];
        const chiSquare = square(difference) / variance;
        if (!(chiSquare > this.critical)) continue;
        this.possible += 1;
        const other = square(difference - atZero.expected) / (variance + atZero.variance);
        if (other >= this.lowestSecond) continue;
        this.lowestSecond = other;
        this.firstThere = chiSquare;
      }
  }
}

/** Expected events of the known group and their variance: sums over times, or what one time adds. */
interface Sums {
  readonly expected: Float64Array;
  readonly variance: Float64Array;
}

function sumsFor(count: number): Sums {
  return { expected: new Float64Array(count), variance: new Float64Array(count) };
}

/** What d releases among n known and m other women add, for m from 0 to `most`. */
function termsOf(n: number, most: number, d: number): Sums {
  const terms = sumsFor(most + 1);
  for (let m = 0; m <= most; m++) {
    terms.expected[m] = expectedEvents(n, m, d);
    terms.variance[m] = varianceOfEvents(n, m, d);
  }
  return terms;
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

/** Months and events of women, as releaseOutcomes() gives them. */
export interface Times {
  readonly time: readonly number[];
  readonly event: readonly boolean[];
}

export interface ArrestClockOptions {
  /** The group whose times since arrest are known. */
  readonly known: Times;
  /** Further women of the other group with known times since arrest; they enter the second test only. */
  readonly added: Times;
  /** Women of the other group whose arrest dates are not known. */
  readonly free: number;
  /** How many of them were released, and how many months after the launch each. */
  readonly releasedAfterLaunch: readonly number[];
  /** Months of follow-up after the launch of those who were not released. */
  readonly followUpMonths: number;
  /** The longest time between arrest and launch to consider, in months. */
  readonly longestBefore: number;
  /** Only arrangements in which the first test's p is below this; left out, any. */
  readonly firstBelow?: number;
  readonly steps?: number;
  readonly seed?: number;
}

/** The arrangement with the highest p of the second test that the search found. */
export interface ArrestClockResult {
  readonly highestP: number;
  /** p of the test without the added women in the same arrangement. */
  readonly firstP: number;
  /** Months between arrest and launch of each free woman. */
  readonly monthsBefore: readonly number[];
}

/**
 * How high the p value of a log-rank test on the arrest clock can be when arrest dates of one group may be
 * chosen freely: the second half of the check on footnote 4.
 *
 * A climb from a random start: the arrest date of one free woman after the other is moved, and a move is
 * kept unless it lowers p (or breaks `firstBelow`). What it finds can be reached; that nothing higher
 * exists it does not prove. The times are counted from arrest without delayed entry, as a footnote that says
 * "time since arrest" and nothing more suggests.
 *
 * @throws InvalidInputError where more are released than there are, no arrangement within the bound was met, or the two groups cannot be
 *   compared
 * @example
 * highestPSinceArrest({ known, added, free: 18, releasedAfterLaunch: [30, 32, 34], followUpMonths: 36, longestBefore: 120 })
 */
export function highestPSinceArrest(options: ArrestClockOptions): ArrestClockResult {
  return calledAs("highestPSinceArrest", () => climb(options));
}

function climb(options: ArrestClockOptions): ArrestClockResult {
  const { free, releasedAfterLaunch, longestBefore, firstBelow = 1, steps = 3000, seed = 1 } = options;
  if (releasedAfterLaunch.length > free) {
    const message = `highestPSinceArrest: ${releasedAfterLaunch.length} releases among ${free} women`;
    throw new InvalidInputError(message, "releasedAfterLaunch", free);
  }
  const random = seededRandom(seed);
  const anywhere = (): number => random.next() * longestBefore;
  let current = evaluate(options, Array.from({ length: free }, anywhere));
  for (let step = 0; step < steps; step++) {
    const monthsBefore = [...current.monthsBefore];
    monthsBefore[random.integer(free)] = anywhere();
    const tried = evaluate(options, monthsBefore);
    if (better(tried, current, firstBelow)) current = tried;
  }
  if (current.firstP >= firstBelow) {
    const message = `highestPSinceArrest: in ${steps} steps no arrangement brought the first p below ${firstBelow}`;
    throw new InvalidInputError(message, "firstBelow");
  }
  return current;
}

/** Outside the bound the first p has to fall, inside it the second p may not. */
function better(tried: ArrestClockResult, current: ArrestClockResult, firstBelow: number): boolean {
  if (tried.firstP < firstBelow && current.firstP < firstBelow) return tried.highestP >= current.highestP;
  return tried.firstP < current.firstP;
}

function evaluate(options: ArrestClockOptions, monthsBefore: readonly number[]): ArrestClockResult {
  const { known, added, releasedAfterLaunch, followUpMonths } = options;
  const free = {
    time: monthsBefore.map((before, i) => before + (releasedAfterLaunch[i] ?? followUpMonths)),
    event: monthsBefore.map((_, i) => i < releasedAfterLaunch.length),
  };
  const first = test([known, free]);
  const second = test([known, { time: [...free.time, ...added.time], event: [...free.event, ...added.event] }]);
  return { highestP: second, firstP: first, monthsBefore };
}

function test(groups: readonly Times[]): number {
  return logRank({
    time: groups.flatMap((group) => group.time),
    event: groups.flatMap((group) => group.event),
    group: groups.flatMap((group, label) => group.time.map(() => label)),
  }).pValue;
}
