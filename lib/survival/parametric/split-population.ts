import { exp, expm1, log, log1p } from "../../statistics/elementary";
import { checkFields, checkOneOf } from "../../statistics/inner";
import { wald } from "../confidence-interval";
import { checkConfidence, type Vector } from "../outcome";
import { type Derivatives, type Distribution, FAMILIES, hazardTerms, logistic } from "./families";
import { maximiseRows, type RowLikelihood, type RowTerms } from "./likelihood";
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
  type ParametricWarning,
  parametricRows,
  predictorOf,
  termsOf,
} from "./model";
import { fitForm, startOf } from "./parametric";
import { addForm, clear, logTimes } from "./row-terms";

/** Distributions whose survival ends at 0, so that who never leaves is told by the share alone. */
export type EndingDistribution = Exclude<Distribution, "gompertz">;

export interface SplitPopulationInput extends ParametricInput {
  /** Columns that say who is ever released; without any, one share for all. `covariates` say how long it takes. */
  readonly share?: Readonly<Record<string, Vector>>;
}

export interface SplitPopulationOptions {
  /** The form of the time of those who are released, "weibull" unless told. */
  readonly distribution?: EndingDistribution;
  /** Coverage of the limits, 0.95 unless told. */
  readonly confidence?: number;
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
  /** Of the times themselves; `everyone` is of the model without a share that stays, `null` of that without covariates. */
  readonly logLikelihood: { readonly null: number; readonly everyone: number; readonly fitted: number };
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
  const { distribution = "weibull", confidence = 0.95 } = options;
  checkOneOf(action, "distribution", distribution, ["exponential", "weibull", "lognormal", "loglogistic", "gamma"]);
  checkConfidence(action, confidence);
  const rows = parametricRows(action, input, [...PARAMETRIC_INPUT, "share"]);
  const plain = { share: covariateBlock(rows, {}, { argument: "share" }), time: covariateBlock(rows) };
  const whole = {
    share: covariateBlock(rows, input.share, { argument: "share" }),
    time: covariateBlock(rows, input.covariates, { order: input.order }),
  };
  const { shape } = FAMILIES[distribution];
  const shapes = shape === null ? [] : [0];
  // From everyone being released half-way to the other end: log odds 2, and the exponential's time.
  const first = startOf(rows);
  const atNull = fitSplit(rows, plain, distribution, [2, first - 0.5, ...shapes]);
  const [share0, time0, ...rest] = atNull.maximum.theta;
  const zeros = (block: Block) => block.names.slice(1).map(() => 0);
  const start = [share0, ...zeros(whole.share), time0, ...zeros(whole.time), ...rest];
  const { model, maximum } = fitSplit(rows, whole, distribution, start);
  const place = whole.share.names.length;
  const found = inUnits(rows, model, maximum, [
    { block: whole.share, first: 0 },
    { block: whole.time, first: place },
  ]);
  const timeNames = [...whole.time.names, ...(shape === null ? [] : [shape])];
  const never = meanNever(rows, whole.share, maximum.theta);
  const share = termsOf(whole.share.names, 0, found, maximum.converged, confidence);
  const isShare = never > 1e-6;
  const fit = formFit(rows, found, { maximum, atNull: atNull.maximum }, confidence);
  const aliases = fit.warnings.filter(({ kind }) => kind === "AliasedWarning");
  const surely = fitForm(rows, whole.time, distribution, [first, ...zeros(whole.time), ...shapes]);
  return {
    distribution,
    share: isShare ? share : share.map(withoutErrors),
    time: termsOf(timeNames, place, found, maximum.converged, confidence),
    scale: shape === "log(scale)" ? exp(found.theta[found.theta.length - 1]) : 1,
    never,
    logLikelihood: {
      null: atNull.maximum.evaluation.logLikelihood,
      everyone: surely.maximum.evaluation.logLikelihood,
      fitted: maximum.evaluation.logLikelihood,
    },
    ...fit,
    ...(isShare ? {} : { covariance: null, warnings: [...aliases, nobodyStays()] }),
  };
}

/** Where everybody seems to be released in the end, the share's log odds rise for ever. */
function nobodyStays(): ParametricWarning {
  const message =
    "splitPopulation: no share that stays is found: the likelihood is highest where everybody has the event in the end, " +
    "and the log odds of the share have no finite estimate. parametric() fits that model";
  return { kind: "ConvergenceWarning", message };
}

function withoutErrors({ name, coefficient }: ParametricTerm): ParametricTerm {
  return { name, coefficient, standardError: null, robustStandardError: null, ...wald(coefficient, null, 0) };
}

interface Parts {
  readonly share: Block;
  readonly time: Block;
}

/** Predictors: the logit ζ, η, and the shape where there is one. */
function fitSplit(
  rows: ParametricRows,
  { share, time }: Parts,
  distribution: EndingDistribution,
  start: readonly number[],
) {
  const place = share.columns.length;
  const size = place + time.columns.length;
  const hasShape = FAMILIES[distribution].shape !== null;
  const model: RowLikelihood = {
    n: rows.n,
    size: size + (hasShape ? 1 : 0),
    weights: rows.weights,
    predictors: [
      predictorOf(share, 0),
      predictorOf(time, place, rows.offset),
      ...(hasShape ? [{ parameters: [size], columns: [time.columns[0]] }] : []),
    ],
    fill: splitRow(rows, distribution),
  };
  return { model, maximum: maximiseRows(model, Float64Array.from(start), rows.events) };
}

function meanNever({ n, weights }: ParametricRows, block: Block, theta: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < n; row++) {
    const logit = block.columns.reduce((value, column, j) => value + theta[j] * column[row], 0);
    const weight = weights?.[row] ?? 1;
    sum += weight / (1 + exp(logit));
    total += weight;
  }
  return sum / total;
}

/** A row's term and its derivatives by ζ, η and κ. */
function splitRow(rows: ParametricRows, distribution: Distribution): RowLikelihood["fill"] {
  const family = FAMILIES[distribution];
  const { logTime, logEntry } = logTimes(rows);
  const at = hazardTerms();
  return (out, row, [logit, eta, shape = 0]) => {
    clear(out);
    family.fill(at, logTime[row] - eta, shape);
    if (rows.event[row] === 1) {
      const ever = logistic(logit);
      // log δ, whose slope is 1 − δ.
      out.value += ever.logHazard[0] + at.logHazard.value - at.cumulative.value - logTime[row];
      out.gradient[0] += ever.logHazard[1];
      out.hessian[0] += ever.logHazard[2];
      addForm(out, 1, 1, at.logHazard);
      addForm(out, 1, -1, at.cumulative);
    } else {
      addSurvival(out, 1, logit, at.cumulative);
    }
    if (logEntry === null || logEntry[row] === -Infinity) return;
    family.fill(at, logEntry[row] - eta, shape);
    addSurvival(out, -1, logit, at.cumulative);
  };
}

/** Adds sign·log(1 − δ + δ·S): with π = δS/(1 − δ + δS) its slopes are π − δ by the logit and −π by H. */
function addSurvival(out: RowTerms, sign: number, logit: number, by: Derivatives): void {
  const share = 1 / (1 + exp(-logit));
  const never = 1 / (1 + exp(logit));
  const ever = 1 / (1 + exp(by.value - logit));
  const both = ever / (1 + exp(logit - by.value));
  const K = out.gradient.length;
  const fallen = expm1(-by.value); // S − 1
  out.value += sign * (share < 0.5 ? log1p(share * fallen) : log(never + share * exp(-by.value)));
  out.gradient[0] += (sign * never * share * fallen) / (1 + share * fallen);
  out.hessian[0] += sign * (both - share * never);
  addForm(out, 1, sign, by, -ever, both);
  // d²/dζdH = −π(1 − π), and H changes by −u and κ.
  out.hessian[1] += sign * both * by.u;
  out.hessian[K] += sign * both * by.u;
  if (K === 2) return;
  out.hessian[2] -= sign * both * by.shape;
  out.hessian[2 * K] -= sign * both * by.shape;
}
