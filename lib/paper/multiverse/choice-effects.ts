import { cholesky, choleskySolve } from "../../statistics/inner";
import type { Choice } from "./choices";
import type { Multiverse } from "./multiverse";
import { type EstimatedResult, estimatedResults } from "./summary";

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
 * @example choiceEffects(multiverse(campaignMultiverse())).effects[0].choice.label
 */
export function choiceEffects(run: Multiverse, options: { readonly alpha?: number } = {}): ChoiceEffects {
  const { alpha = 0.05 } = options;
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
      largestChange: pairs.length === 0 ? null : Math.max(...changes),
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
    const key = choices
      .map(({ name }) => (name === choice.name ? "" : result.specification[name]))
      .join("\n");
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
    levels
      .slice(1)
      .map((level) => results.map(({ specification }) => (specification[name] === level.name ? 1 : 0))),
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
  const products = Float64Array.from({ length: p * p }, (_, at) =>
    dot(x[Math.floor(at / p)] ?? [], x[at % p] ?? []),
  );
  const right = x.map((column) => dot(column, residual));
  const solution = choleskySolve(cholesky(products, p, 1e-10), right);
  return right.reduce((sum, value, j) => sum + value * (solution[j] ?? 0), 0) / total;
}
