import { dayNumber, isoDay } from "../../dates";
import { InvalidInputError, seededRandom } from "../../statistics";
import { calledAs, checkFields, lengthOf } from "../../statistics/inner";

/** A day that is known to lie within bounds. */
export interface UncertainDay {
  readonly id: string;
  /** ISO days. */
  readonly earliest: string;
  readonly latest: string;
}

/** Days by the ids of those whose day is uncertain. */
export type ChosenDays = Readonly<Record<string, string>>;

export interface DateBoundsOptions {
  /**
   * ISO days of all others that the statistic looks at (releases, ends of observation, entries). Where they are given, the
   * statistic is taken to depend on the order and the coincidence of days only, as the log-rank test and Cox's model
   * do, and days that cannot change it are not tried twice. Without them every day is tried.
   */
  readonly fixed?: readonly string[];
  /** Up to so many combinations all are tried; 20,000 unless told. */
  readonly enumerateUpTo?: number;
  /** Starting points of the search where there are more, beside all earliest and all latest days; 4 unless told. */
  readonly starts?: number;
  /** Seed of these starting points; 1 unless told. */
  readonly seed?: number;
}

/** An extreme value and the days that give it. */
export interface Bound {
  readonly value: number;
  readonly days: ChosenDays;
}

export interface DateBounds {
  readonly lowest: Bound;
  readonly highest: Bound;
  /**
   * "enumerated": every admissible combination that can differ was tried, and the bounds are exact. "searched": there
   * were too many, and the true bounds may lie farther out.
   */
  readonly method: "enumerated" | "searched";
  /** Combinations that there are, after days that cannot change the statistic have been put together. */
  readonly combinations: number;
  /** Values of the statistic that were computed. */
  readonly evaluated: number;
}

/**
 * The lowest and the highest value of a statistic over all days that the bounds of uncertain dates admit.
 *
 * One wants it because a middle of a bound of three years is a number that no source states: the width between the two
 * values says how much the result owes to it (bounds in the sense of Manski 2003, Partial Identification of Probability
 * Distributions). Few combinations are all tried. Of many, each day is moved to its best place in turn until
 * none moves (coordinate search from several starting points), and the result says so.
 *
 * @param uncertain whose days are uncertain, with their bounds
 * @param statistic from days to a finite number
 * @throws InvalidInputError where nobody is uncertain, a bound is out of order, or the statistic is not finite, naming the days
 * @example
 * dateBounds([{ id: "a", earliest: "2016-01-01", latest: "2016-03-31" }], (days) => pValue(days), { fixed });
 */
export function dateBounds(
  uncertain: readonly UncertainDay[],
  statistic: (days: ChosenDays) => number,
  options: DateBoundsOptions = {},
): DateBounds {
  lengthOf("dateBounds", "uncertain", uncertain);
  if (options.fixed !== undefined) lengthOf("dateBounds", "fixed", options.fixed);
  checkFields("dateBounds", "options", options, ["fixed", "enumerateUpTo", "starts", "seed"]);
  const { enumerateUpTo = 20_000, starts = 4, seed = 1 } = options;
  if (uncertain.length === 0)
    throw new InvalidInputError("dateBounds: no uncertain day is given; at least one is needed", "uncertain");
  const candidates = calledAs("dateBounds", () =>
    candidateDays(
      uncertain.map(({ id, earliest, latest }, at) => boundsOf(id, earliest, latest, at)),
      options.fixed?.map(dayNumber) ?? null,
    ),
  );
  const combinations = candidates.reduce((product, days) => product * days.length, 1);
  let evaluated = 0;
  const name = (choice: readonly number[]): ChosenDays =>
    Object.fromEntries(uncertain.map(({ id }, i) => [id, isoDay(candidates[i]?.[choice[i] ?? 0] ?? 0)]));
  const value = (choice: readonly number[]): number => {
    evaluated++;
    const days = name(choice);
    const found = statistic(days);
    if (Number.isFinite(found)) return found;
    throw new InvalidInputError(
      `dateBounds: the statistic is ${found} for ${Object.entries(days)
        .map((entry) => entry.join(" "))
        .join(", ")}; a finite number is needed for all admissible days`,
      "statistic",
    );
  };
  const best = { lowest: [] as number[], highest: [] as number[], low: Infinity, high: -Infinity };
  const keep = (choice: readonly number[], found: number): void => {
    if (found < best.low) Object.assign(best, { low: found, lowest: [...choice] });
    if (found > best.high) Object.assign(best, { high: found, highest: [...choice] });
  };
  const enumerated = combinations <= enumerateUpTo;
  if (enumerated) for (const choice of product(candidates)) keep(choice, value(choice));
  else {
    for (const start of startingPoints(candidates, starts, seed)) {
      for (const sign of [1, -1])
        climb(
          candidates,
          start,
          (choice) => sign * value(choice),
          (choice, found) => keep(choice, sign * found),
        );
    }
  }
  return {
    lowest: { value: best.low, days: name(best.lowest) },
    highest: { value: best.high, days: name(best.highest) },
    method: enumerated ? "enumerated" : "searched",
    combinations,
    evaluated,
  };
}

function boundsOf(id: string, earliest: string, latest: string, at: number): { from: number; to: number } {
  const [from, to] = [dayNumber(earliest), dayNumber(latest)];
  if (from <= to) return { from, to };
  throw new InvalidInputError(
    `dateBounds: ${id} has the bounds ${earliest} to ${latest}; the earliest day must come first`,
    "uncertain",
    at,
  );
}

/** All choices of one candidate each, the last changing fastest. */
function* product(candidates: readonly (readonly number[])[]): Generator<number[]> {
  const choice = candidates.map(() => 0);
  for (;;) {
    yield choice;
    let i = choice.length - 1;
    while (i >= 0 && choice[i] === (candidates[i]?.length ?? 0) - 1) choice[i--] = 0;
    if (i < 0) return;
    choice[i] = (choice[i] ?? 0) + 1;
  }
}

function startingPoints(candidates: readonly (readonly number[])[], starts: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return [
    candidates.map(() => 0),
    candidates.map((days) => days.length - 1),
    ...Array.from({ length: starts }, () => candidates.map((days) => random.integer(days.length))),
  ];
}

/** Moves one day at a time to where the value is highest, until none moves. */
function climb(
  candidates: readonly (readonly number[])[],
  start: readonly number[],
  value: (choice: readonly number[]) => number,
  seen: (choice: readonly number[], found: number) => void,
): void {
  const choice = [...start];
  let best = value(choice);
  seen(choice, best);
  for (let moved = true; moved; ) {
    moved = false;
    candidates.forEach((days, i) => {
      const kept = choice[i] ?? 0;
      let chosen = kept;
      days.forEach((_, at) => {
        if (at === kept) return;
        choice[i] = at;
        const found = value(choice);
        if (found <= best) return;
        best = found;
        chosen = at;
        seen(choice, found);
      });
      choice[i] = chosen;
      if (chosen !== kept) moved = true;
    });
  }
}

/**
 * For each interval of days, the days that have to be tried where only order and coincidence of days matter.
 *
 * Days that lie in the same intervals, with no fixed day between them, are alike: of such a stretch as many days are
 * needed as there are intervals that cover it, so that all orders and all coincidences within it are possible. A fixed
 * day is a stretch of its own. Without fixed days (null) every day is a candidate.
 *
 * @param intervals first and last day, as day numbers
 * @param fixed day numbers of all others
 */
export function candidateDays(
  intervals: readonly { readonly from: number; readonly to: number }[],
  fixed: readonly number[] | null,
): number[][] {
  if (fixed === null) {
    return intervals.map(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  }
  // Day numbers at which a new stretch begins.
  const cuts = new Set<number>();
  for (const { from, to } of intervals) cuts.add(from).add(to + 1);
  for (const day of fixed) cuts.add(day).add(day + 1);
  const edges = [...cuts].sort((a, b) => a - b);
  const days = intervals.map((): number[] => []);
  for (let e = 0; e + 1 < edges.length; e++) {
    const [start, end] = [edges[e] ?? 0, edges[e + 1] ?? 0];
    const covering = intervals.flatMap(({ from, to }, i) => (from <= start && end - 1 <= to ? [i] : []));
    const needed = Math.min(covering.length, end - start);
    for (const i of covering) for (let k = 0; k < needed; k++) days[i]?.push(start + k);
  }
  return days;
}
