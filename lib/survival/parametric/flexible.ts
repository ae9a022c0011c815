import { InvalidInputError } from "../../statistics";
import { exp, log } from "../../statistics/elementary";
import { checkFields, checkOneOf, checkWhole, lengthOf } from "../../statistics/inner";
import { checkConfidence, checkIncreasing, type Vector } from "../outcome";
import { extremeValue, logistic, normal, type Standard } from "./families";
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
  termsOf,
} from "./model";
import { startOf } from "./parametric";
import { clear, logTimes } from "./row-terms";
import { type Knots, knotsOf, splineBasis } from "./spline-basis";

/** What the spline and the covariates are added up on. */
export type SplineScale = "hazard" | "odds" | "normal";

export interface FlexibleOptions {
  /** How many inner knots, or their times in the caller's unit, increasing; 1 unless told. */
  readonly knots?: number | Vector;
  /** "hazard" unless told: log of the cumulative hazard. "odds": log odds of the event; "normal": its probit. */
  readonly scale?: SplineScale;
  /** Coverage of the limits, 0.95 unless told. */
  readonly confidence?: number;
}

export interface FlexibleFit extends FormFit {
  readonly scale: SplineScale;
  /** The spline's knots as times in the caller's unit, its boundaries first and last. */
  readonly knots: readonly number[];
  /** The spline's coefficients "gamma0", "gamma1", …, then the covariates': log hazard ratios, log odds ratios or probits. */
  readonly terms: readonly ParametricTerm[];
  /** Of the times themselves; `null` of the same spline without covariates. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
}

/** The cumulative hazard, and the log of its slope, as functions of the linear predictor. */
export const SCALES: Readonly<Record<SplineScale, (eta: number) => Standard>> = {
  hazard: extremeValue,
  odds: logistic,
  normal,
};

/**
 * Fits a model whose baseline is a smooth curve of a few bends: a natural cubic spline of log time on the scale of the log
 * cumulative hazard, the log odds or the probit; R's `flexsurv::flexsurvspline(Surv(time, event) ~ …, k = , scale = )`,
 * and `stpm2` in Stata.
 *
 * One wants it where Cox's model leaves open too much and a named distribution too little: it gives a smooth hazard, and
 * curves for any covariates with limits. Without inner knots scale "hazard" is Weibull's model, "odds" the log-logistic
 * one, "normal" the log-normal one. With scale "hazard" the covariates have log hazard ratios, as in Cox's model.
 *
 * @param input time above 0, event, optionally covariates, entry, weights, counts, cluster, offset
 * @returns coefficients with errors, limits and p values; null where the likelihood has no maximum, which a warning says
 * @throws {InvalidInputError} for arguments that cannot be used; for a time of 0; where events have fewer distinct times
 *   than the spline has knots
 * @throws {NoEventsError} if no row has the event
 * @see Royston and Parmar (2002) Statistics in Medicine 21:2175, eqs. 3–5
 * @example flexibleParametric({ time, event, covariates: { featured } }, { knots: 2 }).terms.at(-1).coefficient
 */
export function flexibleParametric(input: ParametricInput, options: FlexibleOptions = {}): FlexibleFit {
  const action = "flexibleParametric";
  checkFields(action, "options", options, ["knots", "scale", "confidence"]);
  const { knots: asked = 1, scale = "hazard", confidence = 0.95 } = options;
  checkOneOf(action, "scale", scale, ["hazard", "odds", "normal"]);
  checkConfidence(action, confidence);
  const rows = parametricRows(action, input, PARAMETRIC_INPUT);
  const knots = placeKnots(rows, asked);
  const block = covariateBlock(rows, input.covariates, { order: input.order });
  const atNull = fitSpline(rows, covariateBlock(rows), knots, scale, startSpline(rows, knots));
  const start = [...atNull.maximum.theta, ...block.names.slice(1).map(() => 0)];
  const { model, maximum } = block.names.length === 1 ? atNull : fitSpline(rows, block, knots, scale, start);
  const spline = knots.length;
  // The covariates' intercept is the spline's own; their coefficients stand behind the spline's.
  const found = inUnits(rows, model, maximum, [{ block: behindSpline(block, spline), first: 0 }]);
  const names = [...knots.map((_, j) => `gamma${j}`), ...block.names.slice(1)];
  return {
    scale,
    knots: knots.map(exp),
    terms: termsOf(names, 0, found, maximum.converged, confidence),
    logLikelihood: { null: atNull.maximum.evaluation.logLikelihood, fitted: maximum.evaluation.logLikelihood },
    ...formFit(rows, found, { maximum, atNull: atNull.maximum }, confidence),
  };
}

function placeKnots(rows: ParametricRows, asked: number | Vector): Knots {
  const { action, time, event, weights, counts } = rows;
  const logTimes: number[] = [];
  const copies: number[] = [];
  time.forEach((t, i) => {
    if (event[i] === 0 || weights?.[i] === 0) return;
    logTimes.push(log(t));
    copies.push(counts?.[i] ?? 1);
  });
  const distinct = new Set(logTimes).size;
  const inner = typeof asked === "number" ? asked : lengthOf(action, "knots", asked);
  if (typeof asked === "number") checkWhole(action, "knots", asked, 0, 20);
  if (distinct < inner + 2) {
    const message = `${action}: the events have ${distinct} distinct ${distinct === 1 ? "time" : "times"} and the spline ${inner + 2} knots, its boundaries among them; fewer knots are needed`;
    throw new InvalidInputError(message, "knots");
  }
  const knots = knotsOf(logTimes, typeof asked === "number" ? inner : 0, copies);
  if (typeof asked === "number") return knots;
  const own = Array.from(checkIncreasing(action, asked), (t) => (t > 0 ? log(t) : -Infinity));
  own.forEach((knot, i) => {
    if (knot > knots[0] && knot < knots[1]) return;
    const message = `${action}: knots[${i}] is ${asked[i]}; times between the first event at ${exp(knots[0])} and the last at ${exp(knots[1])} are needed`;
    throw new InvalidInputError(message, "knots", i);
  });
  return [knots[0], ...own, knots[1]];
}

/** The block with the spline's further coefficients between its intercept and its covariates, so that scaling finds its place. */
function behindSpline(block: Block, spline: number): Block {
  const between = Array.from({ length: spline - 1 }, (_, j) => `gamma${j + 1}`);
  return {
    ...block,
    names: [block.names[0], ...between, ...block.names.slice(1)],
    center: [0, ...between.map(() => 0), ...block.center.slice(1)],
    scale: [1, ...between.map(() => 1), ...block.scale.slice(1)],
  };
}

/** Exponential: log H = log t − intercept. */
function startSpline(rows: ParametricRows, knots: Knots): number[] {
  return knots.map((_, j) => (j === 0 ? -startOf(rows) : j === 1 ? 1 : 0));
}

interface SplineColumns {
  readonly value: Float64Array[];
  readonly slope: Float64Array[];
}

function splineColumns(logTimes: Float64Array, knots: Knots): SplineColumns {
  const empty = () => knots.map(() => new Float64Array(logTimes.length));
  const columns = { value: empty(), slope: empty() };
  logTimes.forEach((x, row) => {
    if (x === -Infinity) return;
    const basis = splineBasis(x, knots);
    for (let j = 0; j < knots.length; j++) {
      columns.value[j][row] = basis.value[j];
      columns.slope[j][row] = basis.slope[j];
    }
  });
  return columns;
}

function fitSpline(rows: ParametricRows, block: Block, knots: Knots, scale: SplineScale, start: readonly number[]) {
  const { n, event, weights, offset } = rows;
  const { logTime, logEntry } = logTimes(rows);
  const at = splineColumns(logTime, knots);
  const covariates = block.columns.slice(1);
  const all = Array.from({ length: knots.length + covariates.length }, (_, j) => j);
  const predictor = (columns: SplineColumns) => ({
    parameters: all,
    columns: [...columns.value, ...covariates],
    offset,
  });
  const standard = SCALES[scale];
  const K = logEntry === null ? 2 : 3;
  const model: RowLikelihood = {
    n,
    size: all.length,
    weights,
    predictors: [
      predictor(at),
      { parameters: all.slice(0, knots.length), columns: at.slope },
      ...(logEntry === null ? [] : [predictor(splineColumns(logEntry, knots))]),
    ],
    fill(out, row, predictors) {
      const [eta, slope, etaAtEntry] = predictors;
      const {
        logHazard: [l, l1, l2],
        cumulative: [h, h1, h2],
      } = standard(eta);
      clear(out);
      out.value = -h;
      out.gradient[0] = -h1;
      out.hessian[0] = -h2;
      if (event[row] === 1) {
        // log h(t) = log(dH/dη) + log(dη/d log t) − log t; a falling cumulative hazard has none.
        out.value += slope > 0 ? l + log(slope) - logTime[row] : -Infinity;
        out.gradient[0] += l1;
        out.hessian[0] += l2;
        out.gradient[1] = 1 / slope;
        out.hessian[K + 1] = -1 / (slope * slope);
      }
      if (logEntry === null || logEntry[row] === -Infinity) return;
      const [e, e1, e2] = standard(etaAtEntry).cumulative;
      out.value += e;
      out.gradient[2] = e1;
      out.hessian[2 * K + 2] = e2;
    },
  };
  return { model, maximum: maximiseRows(model, Float64Array.from(start), rows.events) };
}
