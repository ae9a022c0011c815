import type { RandomSource } from "../../lib/statistics";
import { exp, log } from "../../lib/statistics/elementary";
import { REGION_BITS, REGION_MASK } from "./covariates";
import type { Fixed, Population } from "./population";

/** Changes a population a little, in place; false if the draw was impossible or would change nothing that may change. */
export type Move = (population: Population, random: RandomSource, cooled: number) => boolean;

/** How far along the order, either way: often next door, and rarely far once the search has cooled (0 to 1). */
function distance(random: RandomSource, cooled: number): number {
  const far = Math.floor(exp(random.next() * log(6 + 200 * (1 - cooled))));
  return random.next() < 0.5 ? -far : far;
}

/** The moves of the search over n rows, of which `fixed` says what may not move. */
export function movesWithin(fixed: Fixed, n: number): Move {
  const { shift, swapTimes, swapEvents } = movesInTime(fixed, n);
  const { swapConcern, flipConcern, swapRegions, changeRegion, flipEvent, swapIncomplete } = movesOfRows(fixed, n);
  // Cumulative shares of the moves.
  const shares: readonly (readonly [number, Move])[] = [
    [0.33, shift],
    [0.55, swapTimes],
    [0.65, swapEvents],
    [0.79, swapConcern],
    [0.86, flipConcern],
    [0.93, swapRegions],
    [0.94, changeRegion],
    [0.97, flipEvent],
    [1, swapIncomplete],
  ];
  return (population, random, cooled) => {
    const u = random.next();
    const chosen = shares.find(([share]) => u < share);
    return chosen?.[1](population, random, cooled) ?? false;
  };
}

/** Moves along the order of times, which leave alone where the featured women and the tie stand. */
function movesInTime(fixed: Fixed, n: number): Readonly<Record<"shift" | "swapTimes" | "swapEvents", Move>> {
  const isFixed = (row: number): boolean => row < fixed.treated;
  const tied = ({ order }: Population) => {
    const [first, second] = fixed.tie;
    return first < 0 || order[order.indexOf(first) + 1] === second;
  };

  const shift: Move = ({ order, ...rest }, random, cooled) => {
    const from = random.integer(n);
    const row = order[from];
    const to = from + distance(random, cooled);
    if (isFixed(row) || to < 0 || to >= n) return false;
    if (from < to) order.copyWithin(from, from + 1, to + 1);
    else order.copyWithin(to + 1, to, from);
    order[to] = row;
    return tied({ order, ...rest });
  };

  /** An exchange between two places of the order, anywhere or near each other. */
  const swap =
    (exchange: (population: Population, i: number, j: number) => boolean): Move =>
    (population, random, cooled) => {
      const i = random.integer(n);
      const j = random.next() < 0.5 ? random.integer(n) : i + distance(random, cooled);
      if (j < 0 || j >= n || isFixed(population.order[i]) || isFixed(population.order[j])) return false;
      return exchange(population, i, j);
    };

  const swapTimes = swap(({ order, mask, event, incomplete }, i, j) => {
    const a = order[i];
    const b = order[j];
    if (mask[a] === mask[b] && event[a] === event[b] && incomplete[a] === incomplete[b]) return false;
    order[i] = b;
    order[j] = a;
    return true;
  });

  const swapEvents = swap(({ order, event }, i, j) => {
    const a = order[i];
    const b = order[j];
    if (event[a] === event[b]) return false;
    event[a] ^= 1;
    event[b] ^= 1;
    return true;
  });

  return { shift, swapTimes, swapEvents };
}

type RowMove = "swapConcern" | "flipConcern" | "swapRegions" | "changeRegion" | "flipEvent" | "swapIncomplete";

/** Moves of what a row holds, which leave its time alone. */
function movesOfRows(fixed: Fixed, n: number): Readonly<Record<RowMove, Move>> {
  const others = n - fixed.treated;
  const isFixed = (row: number): boolean => row < fixed.treated;
  const anyOther = (random: RandomSource) => fixed.treated + random.integer(others);

  const swapConcern: Move = ({ mask }, random) => {
    const a = random.integer(n);
    const b = random.integer(n);
    const bit = 1 << (1 + random.integer(5));
    if (isFixed(a) || isFixed(b) || ((mask[a] ^ mask[b]) & bit) === 0) return false;
    mask[a] ^= bit;
    mask[b] ^= bit;
    return true;
  };

  const flipConcern: Move = ({ mask }, random) => {
    const a = random.integer(n);
    const bit = 1 << (1 + random.integer(5));
    if (isFixed(a)) return false;
    mask[a] ^= bit;
    return true;
  };

  const swapRegions: Move = ({ mask }, random) => {
    const a = anyOther(random);
    const b = anyOther(random);
    const difference = (mask[a] ^ mask[b]) & REGION_MASK;
    mask[a] ^= difference;
    mask[b] ^= difference;
    return difference !== 0;
  };

  const changeRegion: Move = ({ mask }, random) => {
    const a = anyOther(random);
    const k = random.integer(REGION_BITS.length + 1);
    const region = k === REGION_BITS.length ? 0 : 1 << REGION_BITS[k];
    if ((mask[a] & REGION_MASK) === region) return false;
    mask[a] = (mask[a] & ~REGION_MASK) | region;
    return true;
  };

  const flipEvent: Move = ({ event }, random) => {
    const a = random.integer(n);
    if (isFixed(a)) return false;
    event[a] ^= 1;
    return true;
  };

  const swapIncomplete: Move = ({ incomplete }, random) => {
    const a = anyOther(random);
    const b = anyOther(random);
    if (incomplete[a] === incomplete[b]) return false;
    incomplete[a] ^= 1;
    incomplete[b] ^= 1;
    return true;
  };

  return { swapConcern, flipConcern, swapRegions, changeRegion, flipEvent, swapIncomplete };
}
