import { InvalidInputError } from "../statistics";
import { calledAs, checkFields, checkFlag, checkLength, checkOneOf, shown } from "../statistics/inner";
import { effectiveSampleSizes } from "./balance";
import { type Covariates, checkTreated, type PerArm, type Treated } from "./columns";
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
  checkFields("propensityScore", "input", input, ["treated", "covariates"]);
  const model = fitLogistic("propensityScore", "treated", input.treated, input.covariates, undefined, options);
  const scores = model.fitted;
  const smallest = [Infinity, Infinity];
  const largest = [-Infinity, -Infinity];
  scores.forEach((score, i) => {
    const arm = Number(input.treated[i]);
    smallest[arm] = Math.min(smallest[arm], score);
    largest[arm] = Math.max(largest[arm], score);
  });
  const from = Math.max(smallest[0], smallest[1]);
  const to = Math.min(largest[0], largest[1]);
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

/** For whom the difference is wanted: all, the treated, the controls, or those who might have been either. */
export type Estimand = "ATE" | "ATT" | "ATC" | "overlap";

export interface PropensityWeightOptions {
  readonly estimand: Estimand;
  /** Multiplies each arm's weights by its share of rows, so that they are near 1; not for "overlap". */
  readonly stabilized?: boolean;
  /** Rows whose score lies outside these limits get weight 0, as [0.1, 0.9] (Crump and others 2009); none unless told. */
  readonly trim?: readonly [number, number];
  /** No weight is larger than this; none is capped unless told. */
  readonly cap?: number;
}

export interface PropensityWeights {
  /** One a row. */
  readonly weights: readonly number[];
  readonly estimand: Estimand;
  readonly stabilized: boolean;
  /** (Σw)²/Σw² in each arm. */
  readonly effectiveSampleSize: PerArm;
  /** Rows in each arm that trimming gave weight 0. */
  readonly trimmed: PerArm;
  /** Rows in each arm whose weight was capped. */
  readonly capped: PerArm;
  /** The largest weight and its row. */
  readonly largest: { readonly weight: number; readonly index: number };
}

/**
 * Weights that make arms comparable, from propensity scores e; R's `WeightIt::weightit(…, estimand = …)`.
 *
 * | estimand | treated | control | arms then look like |
 * |---|---|---|---|
 * | ATE | 1/e | 1/(1 − e) | all rows |
 * | ATT | 1 | e/(1 − e) | the treated |
 * | ATC | (1 − e)/e | 1 | the controls |
 * | overlap | 1 − e | e | rows that might as well have been in the other arm |
 *
 * Overlap weights are bounded, need no trimming, and balance the means of all covariates of the logistic model exactly
 * (Li, Morgan and Zaslavsky 2018, JASA 113:390, theorem 3). The others grow without bound as e nears 0 or 1. Then
 * stabilised weights (Robins, Hernán and Brumback 2000, Epidemiology 11:550), trimming (Crump, Hotz, Imbens and Mitnik
 * 2009, Biometrika 96:187) or a cap may help; these change for whom the result holds, so none is done unasked, and
 * what was done is counted.
 *
 * @param scores probabilities of being treated, inside (0, 1), one a row
 * @param treated 1 or true for the treated arm
 * @throws {InvalidInputError} naming argument and index; also if trimming leaves an arm without rows
 * @example propensityWeights([0.2, 0.8, 0.5], [0, 1, 1], { estimand: "ATE" }).weights // [1.25, 1.25, 2]
 */
export function propensityWeights(
  scores: ArrayLike<number>,
  treated: Treated,
  options: PropensityWeightOptions,
): PropensityWeights {
  const action = "propensityWeights";
  checkFields(action, "options", options, ["estimand", "stabilized", "trim", "cap"]);
  const { estimand, stabilized = false } = options;
  checkFlag(action, "stabilized", stabilized);
  checkOneOf(action, "estimand", estimand, ["ATE", "ATT", "ATC", "overlap"]);
  const arms = checkTreated(action, treated);
  checkScores(action, scores, arms.length);
  const [low, high] = checkTrim(action, options.trim);
  const cap = options.cap ?? Infinity;
  if (!(cap > 0)) throw new InvalidInputError(`${action}: cap is ${cap}; a number above 0 is needed`, "cap");
  if (stabilized && estimand === "overlap") {
    const message = `${action}: stabilized is true and estimand is "overlap", whose weights are bounded already; leave stabilized out`;
    throw new InvalidInputError(message, "stabilized");
  }
  const within = Array.from(arms, (_, i) => scores[i] >= low && scores[i] <= high);
  const kept = [0, 0];
  within.forEach((inside, i) => {
    if (inside) kept[arms[i]]++;
  });
  for (const arm of [0, 1]) {
    if (kept[arm] > 0) continue;
    const message = `${action}: trim [${low}, ${high}] leaves no ${arm === 1 ? "treated" : "control"} row; choose wider limits`;
    throw new InvalidInputError(message, "trim");
  }
  const trimmed = [0, 0];
  const capped = [0, 0];
  const weights = new Float64Array(arms.length);
  for (let i = 0; i < weights.length; i++) {
    const arm = arms[i];
    if (!within[i]) {
      trimmed[arm]++;
      continue;
    }
    // The share among rows that still count, as the weights refer to them.
    const weight = rawWeight(estimand, arm, scores[i]) * (stabilized ? share(estimand, arm, kept) : 1);
    if (weight > cap) capped[arm]++;
    weights[i] = Math.min(weight, cap);
  }
  const index = weights.reduce((most, weight, i) => (weight > weights[most] ? i : most), 0);
  return {
    weights: Array.from(weights),
    estimand,
    stabilized,
    effectiveSampleSize: calledAs(action, () => effectiveSampleSizes(weights, arms)),
    trimmed: { treated: trimmed[1], control: trimmed[0] },
    capped: { treated: capped[1], control: capped[0] },
    largest: { weight: weights[index], index },
  };
}

function rawWeight(estimand: Estimand, arm: number, e: number): number {
  switch (estimand) {
    case "ATE":
      return arm === 1 ? 1 / e : 1 / (1 - e);
    case "ATT":
      return arm === 1 ? 1 : e / (1 - e);
    case "ATC":
      return arm === 1 ? (1 - e) / e : 1;
    case "overlap":
      return arm === 1 ? 1 - e : e;
  }
}

/** What brings an arm's mean weight near 1: its share of all rows, or the odds of its arm for a one-sided estimand. */
function share(estimand: Estimand, arm: number, kept: readonly number[]): number {
  if (estimand === "ATE") return kept[arm] / (kept[0] + kept[1]);
  const weighted = estimand === "ATT" ? 0 : 1;
  return arm === weighted ? kept[arm] / kept[1 - arm] : 1;
}

function checkScores(action: string, scores: ArrayLike<number>, n: number): void {
  checkLength(action, "scores", scores, n, "treated");
  for (let i = 0; i < n; i++) {
    const score = scores[i];
    if (typeof score !== "number" || !(score > 0 && score < 1)) {
      const message = `${action}: scores[${i}] is ${shown(score)}; a probability above 0 and below 1 is needed`;
      throw new InvalidInputError(message, "scores", i);
    }
  }
}

function checkTrim(action: string, trim: readonly [number, number] = [0, 1]): readonly [number, number] {
  if (!(trim[0] >= 0 && trim[0] < trim[1] && trim[1] <= 1)) {
    const message = `${action}: trim is [${trim.join(", ")}]; two increasing probabilities are needed, such as [0.1, 0.9]`;
    throw new InvalidInputError(message, "trim");
  }
  return trim;
}
