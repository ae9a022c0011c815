import { checkFields, checkInside, cholesky, choleskySolve, largest } from "../../statistics/inner";
import type { Choice } from "./choices";
import type { Multiverse, SpecificationResult } from "./multiverse";

/** A result that has an estimate. */
export type EstimatedResult = SpecificationResult & {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
};

export interface MultiverseSummary {
  readonly specifications: number;
  readonly estimated: number;
  /** Specifications without an estimate, by reason. */
  readonly without: readonly { readonly reason: string; readonly count: number }[];
  /** Median, smallest and largest log hazard ratio; null where there is no estimate. */
  readonly median: number | null;
  readonly smallest: number | null;
  readonly largest: number | null;
  /** The sign that most estimates have. */
  readonly sign: 1 | -1;
  /** Share of the estimates with that sign. */
  readonly sameSign: number;
  /** Share of the estimates with that sign and a p value below alpha. */
  readonly significant: number;
  /** Share of the estimates with the other sign and a p value below alpha. */
  readonly significantOpposite: number;
  readonly alpha: number;
}

/** Estimates that agree in so many digits are one estimate: what parts them is how a machine rounded. */
const ORDER_DIGITS = 10;

/**
 * The results of a multiverse that have an estimate, from the smallest log hazard ratio to the largest; those that agree in
 * ten digits in the order of their specifications, which no rounding changes.
 *
 * @example estimatedResults(multiverse(campaignMultiverse()))[0].estimate
 */
export function estimatedResults({ results }: Pick<Multiverse, "results">): EstimatedResult[] {
  const shown = (result: EstimatedResult): number => Number(result.estimate.toPrecision(ORDER_DIGITS));
  return results
    .filter(hasEstimate)
    .map((result) => ({ result, key: shown(result) }))
    .sort((a, b) => a.key - b.key || a.result.index - b.result.index)
    .map(({ result }) => result);
}

function hasEstimate(result: SpecificationResult): result is EstimatedResult {
  return result.estimate !== null;
}

/**
 * How far the specifications of a multiverse agree: in sign, and in passing a level of significance.
 *
 * The specifications share their data, so a share of 0.9 is no probability, and 60 results below 5 % are not 60 findings;
 * {@link curveTest} asks what chance alone would give.
 *
 * @param run of multiverse(), or a part of its results
 * @param options `alpha`: the level, 0.05 unless told
 * @throws {InvalidInputError} for an alpha that is not between 0 and 1
 * @example multiverseSummary(multiverse(campaignMultiverse())).sameSign
 */
export function multiverseSummary(
  run: Pick<Multiverse, "results">,
  options: { readonly alpha?: number } = {},
): MultiverseSummary {
  checkFields("multiverseSummary", "options", options, ["alpha"]);
  const { alpha = 0.05 } = options;
  checkInside("multiverseSummary", "alpha", alpha, 0.05);
  const sorted = estimatedResults(run);
  const reasons = new Map<string, number>();
  for (const { reason } of run.results) {
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const sign = 2 * sorted.filter(({ estimate }) => estimate > 0).length >= sorted.length ? 1 : -1;
  const share = (test: (result: EstimatedResult) => boolean): number =>
    sorted.length === 0 ? 0 : sorted.filter(test).length / sorted.length;
  return {
    specifications: run.results.length,
    estimated: sorted.length,
    without: Array.from(reasons, ([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    median: medianOf(sorted.map(({ estimate }) => estimate)),
    smallest: sorted[0]?.estimate ?? null,
    largest: sorted.at(-1)?.estimate ?? null,
    sign,
    sameSign: share(({ estimate }) => estimate * sign > 0),
    significant: share(({ estimate, pValue }) => estimate * sign > 0 && pValue < alpha),
    significantOpposite: share(({ estimate, pValue }) => estimate * sign < 0 && pValue < alpha),
    alpha,
  };
}

/** The median of numbers in increasing order. */
export function medianOf(sorted: ArrayLike<number>): number | null {
  const { length } = sorted;
  if (length === 0) return null;
  const middle = sorted[length >> 1] ?? 0;
  return length % 2 === 1 ? middle : ((sorted[(length >> 1) - 1] ?? 0) + middle) / 2;
}

/** How much one choice moves the answer. */
export interface ChoiceEffect {
  readonly choice: Choice;
  /** Pairs of specifications that differ in this choice only, both with an estimate. */
  readonly pairs: number;
  /** Mean and largest absolute change of the log hazard ratio within a pair; null without pairs. */
  readonly meanChange: number | null;
  readonly largestChange: number | null;
  /** Share of the pairs in which one estimate passes alpha and the other does not, and in which the signs differ. */
  readonly significanceFlips: number | null;
  readonly signFlips: number | null;
  /** Share of the variance of all estimates that main effects of this choice alone explain. */
  readonly alone: number;
  /** Share of the variance that is lost when this choice is taken out of the main effects of all (type II). */
  readonly unique: number;
  /** Mean estimate of each level, with how many specifications have it; null where none has an estimate. */
  readonly levels: readonly {
    readonly label: string;
    readonly mean: number | null;
    readonly count: number;
  }[];
}

export interface ChoiceEffects {
  /** One for each choice, the one with the largest mean change first. */
  readonly effects: readonly ChoiceEffect[];
  /** Share of the variance of the estimates that the main effects of all choices explain together. */
  readonly explained: number;
}

/**
 * Which choice moves the answer, and by how much.
 *
 * Two measures. Pairs of specifications that differ in one choice only: how far apart are their estimates, as if one
 * analyst changed her mind on one thing? And an analysis of variance of the estimates on the choices: type II shares,
 * since not all combinations exist, so that shares of single choices need not add up to that of all. Neither has a
 * standard error: specifications are not a sample of anything.
 *
 * @param run of multiverse()
 * @param options `alpha`: the level whose passing is compared, 0.05 unless told
 * @throws {InvalidInputError} for an alpha that is not between 0 and 1
 * @example choiceEffects(multiverse(campaignMultiverse())).effects[0].choice.label
 */
export function choiceEffects(run: Multiverse, options: { readonly alpha?: number } = {}): ChoiceEffects {
  checkFields("choiceEffects", "options", options, ["alpha"]);
  const { alpha = 0.05 } = options;
  checkInside("choiceEffects", "alpha", alpha, 0.05);
  const results = estimatedResults(run);
  const explained = shareExplained(run.choices, results);
  const effects = run.choices.map((choice): ChoiceEffect => {
    const pairs = pairsOf(run.choices, choice, results);
    const changes = pairs.map(([a, b]) => Math.abs(a.estimate - b.estimate));
    const share = (test: (a: EstimatedResult, b: EstimatedResult) => boolean): number | null =>
      pairs.length === 0 ? null : pairs.filter(([a, b]) => test(a, b)).length / pairs.length;
    return {
      choice,
      pairs: pairs.length,
      meanChange: mean(changes),
      largestChange: pairs.length === 0 ? null : largest(changes),
      significanceFlips: share((a, b) => a.pValue < alpha !== b.pValue < alpha),
      signFlips: share((a, b) => a.estimate * b.estimate < 0),
      alone: shareExplained([choice], results),
      unique:
        explained -
        shareExplained(
          run.choices.filter((other) => other !== choice),
          results,
        ),
      levels: choice.levels.map(({ name, label }) => {
        const own = results.filter(({ specification }) => specification[choice.name] === name);
        return { label, mean: mean(own.map(({ estimate }) => estimate)), count: own.length };
      }),
    };
  });
  effects.sort((a, b) => (b.meanChange ?? 0) - (a.meanChange ?? 0));
  return { effects, explained };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pairs that agree in all choices but one. */
function pairsOf(
  choices: readonly Choice[],
  choice: Choice,
  results: readonly EstimatedResult[],
): [EstimatedResult, EstimatedResult][] {
  const alike = new Map<string, EstimatedResult[]>();
  for (const result of results) {
    const key = choices.map(({ name }) => (name === choice.name ? "" : result.specification[name])).join("\n");
    const found = alike.get(key);
    if (found === undefined) alike.set(key, [result]);
    else found.push(result);
  }
  return [...alike.values()].flatMap((some) =>
    some.flatMap((a, i) => some.slice(i + 1).map((b): [EstimatedResult, EstimatedResult] => [a, b])),
  );
}

/** R² of the least-squares fit of the estimates on 0/1 columns for the levels of some choices. */
function shareExplained(choices: readonly Choice[], results: readonly EstimatedResult[]): number {
  const columns = choices.flatMap(({ name, levels }) =>
    levels.slice(1).map((level) => results.map(({ specification }) => (specification[name] === level.name ? 1 : 0))),
  );
  const y = results.map(({ estimate }) => estimate);
  const centre = (values: readonly number[]): number[] => {
    const middle = mean(values) ?? 0;
    return values.map((value) => value - middle);
  };
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const x = columns.map(centre);
  const residual = centre(y);
  const total = dot(residual, residual);
  if (!(total > 0) || x.length === 0) return 0;
  const p = x.length;
  const products = Float64Array.from({ length: p * p }, (_, at) => dot(x[Math.floor(at / p)] ?? [], x[at % p] ?? []));
  const right = x.map((column) => dot(column, residual));
  const solution = choleskySolve(cholesky(products, p, 1e-10), right);
  return right.reduce((sum, value, j) => sum + value * (solution[j] ?? 0), 0) / total;
}
