import { seededRandom } from "../../statistics";
import { logRank } from "../../survival";

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
 * @throws RangeError where no arrangement within the bound was met
 * @example
 * highestPSinceArrest({ known, added, free: 18, releasedAfterLaunch: [30, 32, 34], followUpMonths: 36, longestBefore: 120 })
 */
export function highestPSinceArrest(options: ArrestClockOptions): ArrestClockResult {
  const { free, releasedAfterLaunch, longestBefore, firstBelow = 1, steps = 3000, seed = 1 } = options;
  if (releasedAfterLaunch.length > free) {
    throw new RangeError(`highestPSinceArrest: ${releasedAfterLaunch.length} releases among ${free} women`);
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
    throw new RangeError(
      `highestPSinceArrest: in ${steps} steps no arrangement brought the first p below ${firstBelow}`,
    );
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
  const second = test([
    known,
    { time: [...free.time, ...added.time], event: [...free.event, ...added.event] },
  ]);
  return { highestP: second, firstP: first, monthsBefore };
}

function test(groups: readonly Times[]): number {
  return logRank({
    time: groups.flatMap((group) => group.time),
    event: groups.flatMap((group) => group.event),
    group: groups.flatMap((group, label) => group.time.map(() => label)),
  }).pValue;
}
