import { exp } from "../../statistics/elementary";
import { checkFields, checkOneOf } from "../../statistics/inner";
import { wald } from "../confidence-interval";
import { type Vector, weightedMean } from "../outcome";
import { acceleratedModel, fitAccelerated, startOf } from "./accelerated";
import type { Distribution } from "./families";
import { maximiseRows } from "./likelihood";
import type { FormFit, ParametricTerm, ParametricWarning } from "./model";
import type { ParametricOptions } from "./parametric";
import { type Block, covariateBlock, type ParametricInput, type ParametricRows, parametricRows } from "./rows";

/** Distributions whose survival ends at 0, so that who never leaves is told by the share alone. */
export type EndingDistribution = Exclude<Distribution, "gompertz">;

export interface SplitPopulationInput extends ParametricInput {
  /** Columns that say who is ever released; without any, one share for all. `covariates` say how long it takes. */
  readonly share?: Readonly<Record<string, Vector>>;
}

export interface SplitPopulationOptions extends Pick<ParametricOptions, "confidence"> {
  /** The form of the time of those who are released, "weibull" unless told. */
  readonly distribution?: EndingDistribution;
}

export interface SplitPopulationFit extends FormFit {
  readonly distribution: EndingDistribution;
  /** Log odds of ever having the event. The fit's covariance has its terms first, then those of `time`. */
  readonly share: readonly ParametricTerm[];
  /** Of the logarithm of time, of those who will have it; last the parameter of the form, where it has one. */
  readonly time: readonly ParametricTerm[];
  /** exp of "log(scale)", 1 where there is none. */
  readonly scale: number;
  /** Mean over rows of the probability that the event never comes. */
  readonly never: number;
  /** Of the times themselves; `null` without covariates, `everyone` without a share that stays. */
  readonly logLikelihood: FormFit["logLikelihood"] & { readonly everyone: number };
}

/**
 * Fits a split population: a share of rows will never have the event (those who are never released), and the others have
 * it at a time that covariates stretch or shorten; R's `spduration::spdur`, and the parametric form of `smcure`.
 *
 * One wants it where curves end in a plateau: a hazard ratio mixes whether somebody is released with how long it takes. A
 * censored row is a member of either part, with log(1 − δ + δ·S(t)), δ = logit⁻¹(γ·z); an event adds log δ + log f(t) (Schmidt
 * and Witte 1989, Journal of Econometrics 40:141, eq. 6; Beger and others 2017, R Journal 9:474). What tells a long time
 * from never is the form alone: where follow-up ends before the curves are flat, the share is the distribution's and not the
 * data's, and its error is large.
 *
 * @param input time above 0, event, optionally covariates (of time), share (columns of who ever has it), entry, weights, counts,
 *   cluster and offset (of log time)
 * @returns both parts with errors, limits and p values; null where the likelihood has no maximum, as where nobody seems to
 *   stay, which a warning says
 * @throws {InvalidInputError} for arguments that cannot be used; for a time of 0
 * @throws {NoEventsError} if no row has the event
 * @example splitPopulation({ time, event, share: { featured } }).share[1].coefficient
 */
export function splitPopulation(input: SplitPopulationInput, options: SplitPopulationOptions = {}): SplitPopulationFit {
  const action = "splitPopulation";
  checkFields(action, "options", options, ["distribution", "confidence"]);
  const { distribution = "weibull" } = options;
  checkOneOf(action, "distribution", distribution, ["exponential", "weibull", "lognormal", "loglogistic", "gamma"]);
  const rows = parametricRows(action, input, options, ["share"]);
  const ofShare = covariateBlock(rows, { covariates: input.share }, "share");
  const ofTime = covariateBlock(rows, input);
  // From everyone being released half-way to the other end: log odds 2, and the exponential's time.
  const start = startOf(rows);
  const { fit, terms, theta, scale } = fitAccelerated(rows, distribution, [ofShare, ofTime], [2, start - 0.5]);
  const everyone = maximiseRows(acceleratedModel(rows, distribution, [ofTime]), [start]).logLikelihood;
  const never = meanNever(rows, ofShare, theta);
  const [share, time] = [terms.slice(0, ofShare.names.length), terms.slice(ofShare.names.length)];
  const logLikelihood = { ...fit.logLikelihood, everyone };
  const found = { distribution, time, scale, never, ...fit, logLikelihood };
  if (never > 1e-6) return { ...found, share };
  // Where everybody seems to be released in the end, the share's log odds rise for ever.
  const message =
    "splitPopulation: no share that stays is found: the likelihood is highest where everybody has the event in the end, " +
    "and the log odds of the share have no finite estimate. parametric() fits that model";
  const aliases = fit.warnings.filter(({ kind }) => kind === "AliasedWarning");
  const warnings: ParametricWarning[] = [...aliases, { kind: "ConvergenceWarning", message }];
  const none = { standardError: null, robustStandardError: null, ...wald(0, null, 0) };
  return { ...found, share: share.map((term) => ({ ...term, ...none })), covariance: null, warnings };
}

/** The mean of 1 − δ over rows. */
function meanNever({ n, weights }: ParametricRows, { columns }: Block, theta: Float64Array): number {
  const never = Float64Array.from({ length: n }, (_, row) => {
    return 1 / (1 + exp(columns.reduce((logit, column, j) => logit + theta[j] * column[row], 0)));
  });
  return weightedMean(never, weights);
}
