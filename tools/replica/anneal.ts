import type { RandomSource } from "../../lib/statistics";
import { log, pow } from "../../lib/statistics/elementary";
import type { Costs, Energy } from "./energy";
import type { Move } from "./moves";
import type { Population } from "./population";
import { copyPopulation, emptyPopulation } from "./population";

/** One stretch of the search: temperatures fall geometrically from `hot` to `cold`. */
export interface Stage extends Costs {
  readonly steps: number;
  readonly hot: number;
  readonly cold: number;
}

export interface Progress {
  readonly step: number;
  readonly temperature: number;
  readonly energy: number;
  readonly best: number;
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983, Science 220:671): worse populations are accepted with a
 * probability that falls with the temperature, so that the search leaves valleys before it settles. The acceptance
 * threshold is drawn first, which lets the energy stop as soon as it is above.
 *
 * @param start where to begin; it is not changed
 * @returns the best population seen, and its energy
 */
export function anneal(
  start: Population,
  energy: Energy,
  move: Move,
  random: RandomSource,
  { steps, hot, cold }: Stage,
  report: (progress: Progress) => void,
): { best: Population; energy: number } {
  const n = start.order.length;
  const current = emptyPopulation(n);
  const candidate = emptyPopulation(n);
  const best = emptyPopulation(n);
  copyPopulation(start, current);
  copyPopulation(start, best);
  let now = energy.of(current, Number.POSITIVE_INFINITY);
  let least = now;
  const interval = Math.ceil(steps / 20);
  for (let step = 0; step < steps; step++) {
    const cooled = step / steps;
    const temperature = hot * pow(cold / hot, cooled);
    if (step % interval === 0) report({ step, temperature, energy: now, best: least });
    copyPopulation(current, candidate);
    if (!move(candidate, random, cooled)) continue;
    // A second move now and then reaches what two single ones would not, each being too bad on its own.
    if (cooled < 0.7 && random.next() < 0.15 && !move(candidate, random, cooled)) continue;
    const limit = now - temperature * log(1 - random.next());
    const next = energy.of(candidate, limit);
    if (next > limit) continue;
    copyPopulation(candidate, current);
    now = next;
    if (now >= least) continue;
    least = now;
    copyPopulation(current, best);
    if (least <= 0) break;
  }
  return { best, energy: least };
}
