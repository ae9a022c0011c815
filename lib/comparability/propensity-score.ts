import type { Treated } from "./arms";
import type { Covariates } from "./covariate";
import { fitLogistic, type LogisticFit, type LogisticOptions } from "./logistic";

/** Propensity scores with the model that they are from. */
export interface PropensityScore {
  /** Each row's estimated probability of being treated, above 0 and below 1. */
  readonly scores: readonly number[];
  readonly model: LogisticFit;
  /** The scores that both arms have: from the larger of their smallest to the smaller of their largest; null if none. */
  readonly overlap: { readonly from: number; readonly to: number } | null;
  /** Rows of each arm whose score the other arm does not reach. */
  readonly outside: { readonly treated: number; readonly control: number };
}

/**
 * Propensity scores: each row's probability of being treated, given its covariates, by logistic regression; R's
 * `fitted(glm(treated ~ …, family = binomial))`, as in MatchIt and WeightIt.
 *
 * One wants them because rows with the same score have the same distribution of all covariates in both arms, so that
 * weighting by the score alone balances them all (Rosenbaum and Rubin 1983, Biometrika 70:41). It balances what was
 * measured; for the rest see {@link eValue}. Where arms do not overlap nothing can be compared, so the range that both
 * reach is given, and how many rows lie outside.
 *
 * @param input the arms and covariates by name (numbers, booleans, texts), none missing
 * @returns a score a row, and the model
 * @throws {InvalidInputError} naming argument and index
 * @throws {LogisticSeparationError} if covariates tell the arms apart, naming them
 * @throws {LogisticConvergenceError} if maxIterations are not enough
 * @example
 * const { scores } = propensityScore({ treated: [0, 1, 0, 1, 1], covariates: { age: [21, 30, 44, 39, 52] } });
 * propensityWeights(scores, [0, 1, 0, 1, 1], { estimand: "overlap" });
 */
export function propensityScore(
  input: { readonly treated: Treated; readonly covariates: Covariates },
  options: LogisticOptions = {},
): PropensityScore {
  const model = fitLogistic(
    "propensityScore",
    "treated",
    input.treated,
    input.covariates,
    undefined,
    options,
  );
  const scores = model.fitted;
  const smallest = [Infinity, Infinity];
  const largest = [-Infinity, -Infinity];
  scores.forEach((score, i) => {
    const arm = Number(input.treated[i]);
    smallest[arm] = Math.min(smallest[arm], score);
    largest[arm] = Math.max(largest[arm], score);
  });
  const from = Math.max(...smallest);
  const to = Math.min(...largest);
  const outside = [0, 0];
  scores.forEach((score, i) => {
    if (score < from || score > to) outside[Number(input.treated[i])]++;
  });
  return {
    scores,
    model,
    overlap: from <= to ? { from, to } : null,
    outside: { treated: outside[1], control: outside[0] },
  };
}
