import { checkFields, checkOneOf } from "../../statistics/inner";
import { fitAccelerated, startOf } from "./accelerated";
import { type Distribution, FAMILIES } from "./families";
import type { FormFit, ParametricTerm } from "./model";
import { covariateBlock, type ParametricInput, parametricRows } from "./rows";

export interface ParametricOptions {
  /** The form of the baseline. */
  readonly distribution: Distribution;
  /** Coverage of the limits, 0.95 unless told. */
  readonly confidence?: number;
}

export interface ParametricFit extends FormFit {
  readonly distribution: Distribution;
  /**
   * "(Intercept)" and covariates: of the logarithm of time, so that exp(coefficient) is by how much one unit stretches
   * it. Last the parameter of the form: "log(scale)", gamma's "log(shape)" or Gompertz's "shape"; of the exponential none.
   */
  readonly terms: readonly ParametricTerm[];
  /** exp of "log(scale)", as R's survreg has it: the inverse of Weibull's shape; 1 where there is none. */
  readonly scale: number;
}

/**
 * Fits a model in which covariates stretch or shorten time (accelerated failure time): log T = β·x + what the form of the
 * baseline leaves open; R's `survreg(Surv(time, event) ~ …, dist = …)`.
 *
 * One wants it for effects in units of time ("featured women wait half as long"), for curves that go on beyond the last
 * release, and to see whether Cox's answer hangs on leaving the baseline open. A form is an assumption: compare the AIC of
 * several. Weibull's model, and it alone with the exponential, has proportional hazards too: β of Cox's model is minus
 * `coefficient` by `scale`.
 *
 * The likelihood is of Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, section 3.2, given
 * survival until the entry where rows have one. Gompertz's hazard is exp(κt/e^η)/e^η (κ is "shape", and may be below 0),
 * the gamma's T·exp(−η) has shape exp("log(shape)"): flexsurv's rate is exp(−intercept) for both, its shape κ·exp(−intercept)
 * and exp("log(shape)").
 *
 * @param input time above 0, event, optionally covariates, entry, weights, counts, cluster, offset
 * @returns terms with errors, limits and p values from the inverse information (robust with clusters, or weights that are
 *   not whole numbers); they are null where the likelihood has no maximum, which a warning says
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index; for a time of 0
 * @throws {NoEventsError} if no row has the event
 * @example
 * const fit = parametric({ time, event, covariates: { featured } }, { distribution: "weibull" });
 * Math.exp(fit.terms[1].coefficient) // 0.5: half the time
 */
export function parametric(input: ParametricInput, options: ParametricOptions): ParametricFit {
  const action = "parametric";
  checkFields(action, "options", options, ["distribution", "confidence"]);
  const { distribution } = options;
  checkOneOf(action, "distribution", distribution, Object.keys(FAMILIES));
  const rows = parametricRows(action, input, options);
  const { fit, terms, scale } = fitAccelerated(rows, distribution, [covariateBlock(rows, input)], [startOf(rows)]);
  return { distribution, terms, scale, ...fit };
}
