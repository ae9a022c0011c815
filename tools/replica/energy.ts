import type { TableOneCovariate } from "../../lib/paper/control-group";
import { AMERICAS, COVARIATES, REGION_MASK, TORTURE_BIT } from "./covariates";
import type { Fixed, Population } from "./population";
import type { ModelScore } from "./score";
import { modelScore } from "./score";
import type { TargetModel } from "./target";

/** Half a printed digit: what is nearer than this to a printed number rounds to it. */
export const HALF_DIGIT = 0.0005;

/** A population that is no candidate at all. */
export const REFUSED = 1e12;

/** What an implausible row costs. */
const PLAUSIBILITY = 30;

/**
 * Exceptions to what a standard error's squared deviation counts, by name. The Americas' standard errors cannot
 * be met while the public record of the one featured woman held there stands (see README.md in this folder), so they
 * count for nothing; otherwise all other numbers would be drawn away for two that are out of reach.
 */
const WEIGHT: Readonly<Partial<Record<TableOneCovariate, number>>> = { Americas: 0 };

/** The share of HALF_DIGIT that costs nothing; less than 1, since a Newton step is not quite the distance to the fit. */
const FREE_OF_CHARGE = 0.9;

/** At least, at most, and the cost of each row beyond. */
type Bounds = readonly [number, number, number];

/** Rows of each kind that a plausible population has. */
const CONCERN_ROWS = [30, 220, 1] as const;
const REGION_ROWS = [
  [40, 150, 2],
  [75, 150, 2],
  [10, 26, 5],
  [12, 26, 5],
] as const;
/** What a woman beyond the bound of a rare group costs: the Americas and the reference group. */
const RARE_COST = 5;
/** Releases a region: the standard errors of Eurasia and Africa leave room for few. The last is the reference group. */
const REGION_EVENTS = [
  [25, 60, 15],
  [30, 80, 15],
  [5, 14, 15],
  [4, 14, 15],
] as const;
/** Featured women had fewer torture concerns (Figure 3); by how much is not printed. */
const TORTURE_MARGIN = 0.05;

/** The distance of a population from Table 1, and the deviations it was computed from. */
export interface Energy {
  /** Sum over the 48 numbers of deviations in half digits, less what rounds away, and the cost of implausible rows; REFUSED once it is above `limit`. */
  readonly of: (population: Population, limit: number) => number;
  /** Filled by `of` as far as it went: for each model the coefficients' deviations, then the standard errors'. */
  readonly deviation: Float64Array;
}

/** What differs between the stages of the search. */
export interface Costs {
  /** Women that the Americas and the reference group may have, each, without cost. */
  readonly rareAtMost: number;
  /** What a standard error's squared deviation counts beside a coefficient's. */
  readonly errorWeight: number;
  /** What the campaign's standard errors count instead: they belong to the numbers that the paper is about. */
  readonly campaignWeight: number;
}

/** Prepares the energy of populations of n rows. */
export function energyOf(
  models: readonly TargetModel[],
  fixed: Fixed,
  n: number,
  { rareAtMost, ...costs }: Costs,
): Energy {
  const scores: ModelScore[] = models.map((model) => modelScore(model, model.observations === n, n, fixed.tie));
  const offsets = scores.map((_, i) => scores.slice(0, i).reduce((sum, { columns }) => sum + 2 * columns, 0));
  const deviation = new Float64Array(scores.reduce((sum, { columns }) => sum + 2 * columns, 0));
  const weight = weights(models, costs);
  const implausible = plausibility(fixed, n, rareAtMost);
  const of = (population: Population, limit: number): number => {
    let energy = PLAUSIBILITY * implausible(population);
    for (let m = 0; m < scores.length && energy <= limit; m++) {
      const { columns, evaluate } = scores[m];
      const from = offsets[m];
      if (!evaluate(population, deviation, from)) return REFUSED;
      for (let i = from; i < from + 2 * columns; i++) {
        const excess = Math.abs(deviation[i]) / HALF_DIGIT - FREE_OF_CHARGE;
        if (excess > 0) energy += weight[i] * excess * excess;
      }
    }
    return energy <= limit ? energy : REFUSED;
  };
  return { of, deviation };
}

/** A weight a deviation, in their order: coefficients of a model, then its standard errors. */
function weights(
  models: readonly TargetModel[],
  { errorWeight, campaignWeight }: Pick<Costs, "errorWeight" | "campaignWeight">,
): Float64Array {
  const count: Partial<Record<TableOneCovariate, number>> = { ...WEIGHT, "Free the 20": campaignWeight };
  const errors = ({ bits }: TargetModel) => bits.map((bit) => count[COVARIATES[bit]] ?? errorWeight);
  return Float64Array.from(models.flatMap((model) => [...model.bits.map(() => 1), ...errors(model)]));
}

/** Costs of what the paper's text or the calendar rules out; REFUSED unless rare groups have one event each. */
function plausibility(fixed: Fixed, n: number, rareAtMost: number): (population: Population) => number {
  const concerns = new Int32Array(6);
  const concernsFromOne = concerns.subarray(1);
  const regions = new Int32Array(6);
  const released = new Int32Array(6);
  /** Releases that every model sees. */
  const complete = new Int32Array(6);
  const concernRows: readonly Bounds[] = Array.from({ length: 5 }, () => CONCERN_ROWS);
  const rare: Bounds = [1, rareAtMost, RARE_COST];
  const regionRows: readonly Bounds[] = [...REGION_ROWS, rare, rare];

  const count = ({ mask, event, incomplete }: Population): void => {
    concerns.fill(0);
    regions.fill(0);
    released.fill(0);
    complete.fill(0);
    for (let r = 0; r < n; r++) {
      const x = mask[r];
      for (let bit = 1; bit <= 5; bit++) concerns[bit] += (x >> bit) & 1;
      const place = placeOf(x & REGION_MASK);
      regions[place]++;
      released[place] += event[r];
      complete[place] += event[r] & (incomplete[r] ^ 1);
    }
  };

  return (population) => {
    count(population);
    if (complete[placeOf(AMERICAS)] !== 1 || complete[placeOf(0)] !== 1) return REFUSED;
    let torture = 0;
    for (let r = 0; r < fixed.treated; r++) torture += (population.mask[r] >> TORTURE_BIT) & 1;
    const featured = torture / fixed.treated;
    const others = (concerns[TORTURE_BIT] - torture) / (n - fixed.treated);
    let cost = 200 * Math.max(0, featured + TORTURE_MARGIN - others);
    cost = addBeyond(cost, concernsFromOne, concernRows);
    cost = addBeyond(cost, regions, regionRows);
    cost = addBeyond(cost, released, REGION_EVENTS);
    return addCrowding(cost, population, fixed, n);
  };
}

/** The place of a region among the counts, the reference group last. */
function placeOf(region: number): number {
  return region === 0 ? 5 : 31 - Math.clz32(region) - 6;
}

/** The cost, and that of more women between two featured ones than the calendar has room for. */
function addCrowding(cost: number, { order }: Population, fixed: Fixed, n: number): number {
  let sum = cost;
  let place = 0;
  let between = 0;
  for (let k = 0; k < n; k++) {
    if (order[k] >= fixed.treated) between++;
    else {
      sum += 20 * Math.max(0, between - fixed.room[place++]);
      between = 0;
    }
  }
  return sum;
}

/** The cost, and that of each count that is beyond its bounds. */
function addBeyond(cost: number, counts: Int32Array, bounds: readonly Bounds[]): number {
  let sum = cost;
  for (let k = 0; k < bounds.length; k++) {
    const [least, most, each] = bounds[k];
    sum += each * (Math.max(0, least - counts[k]) + Math.max(0, counts[k] - most));
  }
  return sum;
}
