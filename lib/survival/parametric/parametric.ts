import { exp, log } from "../../statistics/elementary";
import { checkFields, checkOneOf } from "../../statistics/inner";
import { checkConfidence } from "../outcome";
import { type Distribution, FAMILIES, hazardTerms } from "./families";
import { maximiseRows, type RowLikelihood } from "./likelihood";
import {
  type Block,
  covariateBlock,
  type FormFit,
  formFit,
  inUnits,
  PARAMETRIC_INPUT,
  type ParametricInput,
  type ParametricRows,
  type ParametricTerm,
  parametricRows,
  predictorOf,
  termsOf,
} from "./model";
import { addForm, clear, logTimes } from "./row-terms";

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
  /** Of the times themselves, not of their logarithms. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
}

/**
 * Fits a model in which covariates stretch or shorten time (accelerated failure time): log T = β·x + what the form of the
 * baseline leaves open; R's `survreg(Surv(time, event) ~ …, dist = )`.
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
  const { distribution, confidence = 0.95 } = options;
  checkOneOf(action, "distribution", distribution, Object.keys(FAMILIES));
  checkConfidence(action, confidence);
  const rows = parametricRows(action, input, PARAMETRIC_INPUT);
  const whole = covariateBlock(rows, input.covariates, { order: input.order });
  const { shape } = FAMILIES[distribution];
  const atNull = fitForm(rows, covariateBlock(rows), distribution, [startOf(rows), ...(shape === null ? [] : [0])]);
  const start = [atNull.maximum.theta[0], ...whole.columns.slice(1).map(() => 0), ...atNull.maximum.theta.slice(1)];
  const { maximum, model } = whole.columns.length === 1 ? atNull : fitForm(rows, whole, distribution, start);
  const found = inUnits(rows, model, maximum, [{ block: whole, first: 0 }]);
  const names = [...whole.names, ...(shape === null ? [] : [shape])];
  return {
    distribution,
    terms: termsOf(names, 0, found, maximum.converged, confidence),
    scale: shape === "log(scale)" ? exp(found.theta[names.length - 1]) : 1,
    logLikelihood: { null: atNull.maximum.evaluation.logLikelihood, fitted: maximum.evaluation.logLikelihood },
    ...formFit(rows, found, { maximum, atNull: atNull.maximum }, confidence),
  };
}

/** The exponential's intercept without covariates. */
export function startOf({ time, entry, weights, events }: ParametricRows): number {
  let exposure = 0;
  for (let i = 0; i < time.length; i++) exposure += (weights?.[i] ?? 1) * (time[i] - (entry?.[i] ?? 0));
  return log(exposure / events);
}

/** The maximum of one form's likelihood from a start. */
export function fitForm(rows: ParametricRows, block: Block, distribution: Distribution, start: readonly number[]) {
  const p = block.columns.length;
  const family = FAMILIES[distribution];
  const ones = block.columns[0];
  const model: RowLikelihood = {
    n: rows.n,
    size: p + (family.shape === null ? 0 : 1),
    weights: rows.weights,
    predictors: [
      predictorOf(block, 0, rows.offset),
      ...(family.shape === null ? [] : [{ parameters: [p], columns: [ones] }]),
    ],
    fill: timesOf(rows, distribution),
  };
  return { model, maximum: maximiseRows(model, Float64Array.from(start), rows.events) };
}

/** d·log h(t) − H(t) + H(entry) of a row, with its derivatives by η and κ. */
function timesOf(rows: ParametricRows, distribution: Distribution): RowLikelihood["fill"] {
  const family = FAMILIES[distribution];
  const { logTime, logEntry } = logTimes(rows);
  const at = hazardTerms();
  return (out, row, [eta, shape = 0]) => {
    clear(out);
    family.fill(at, logTime[row] - eta, shape);
    if (rows.event[row] === 1) {
      out.value += at.logHazard.value - logTime[row];
      addForm(out, 0, 1, at.logHazard);
    }
    out.value -= at.cumulative.value;
    addForm(out, 0, -1, at.cumulative);
    if (logEntry === null || logEntry[row] === -Infinity) return;
    family.fill(at, logEntry[row] - eta, shape);
    out.value += at.cumulative.value;
    addForm(out, 0, 1, at.cumulative);
  };
}
