import { InvalidInputError } from "../../statistics";
import { exp, log } from "../../statistics/elementary";
import { checkFields, checkOneOf, checkWhole, lengthOf } from "../../statistics/inner";
import { checkIncreasing, type Vector } from "../outcome";
import { spreadKnots } from "../spread-knots";
import { logTimes, startOf } from "./accelerated";
import { extremeValue, logistic, normal, type Standard } from "./families";
import { addFunction } from "./likelihood";
import { type FormFit, type FormModel, fitModel, type ParametricTerm, placed } from "./model";
import type { ParametricOptions } from "./parametric";
import { type Block, covariateBlock, type ParametricInput, type ParametricRows, parametricRows } from "./rows";
import { type Knots, splineBasis } from "./spline-basis";

/** What the spline and the covariates are added up on. */
export type SplineScale = "hazard" | "odds" | "normal";

export interface FlexibleOptions extends Pick<ParametricOptions, "confidence"> {
  /** How many inner knots, or their times in the caller's unit, increasing; 1 unless told. */
  readonly knots?: number | Vector;
  /** "hazard" unless told: log of the cumulative hazard. "odds": log odds of the event; "normal": its probit. */
  readonly scale?: SplineScale;
}

export interface FlexibleFit extends FormFit {
  readonly scale: SplineScale;
  /** The spline's knots as times in the caller's unit, its boundaries first and last. */
  readonly knots: readonly number[];
  /** The spline's coefficients "gamma0", "gamma1", …, then the covariates': log hazard ratios, log odds ratios or probits. */
  readonly terms: readonly ParametricTerm[];
}

/** The cumulative hazard, and the log of its slope, as functions of the linear predictor. */
export const SCALES: Readonly<Record<SplineScale, (eta: number) => Standard>> = {
  hazard: extremeValue,
  odds: logistic,
  normal,
};

/**
 * Fits a model whose baseline is a smooth curve of a few bends: a natural cubic spline of log time on the scale of the log
 * cumulative hazard, the log odds or the probit; R's `flexsurv::flexsurvspline(Surv(time, event) ~ …, k = …, scale = …)`,
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
  const { knots: asked = 1, scale = "hazard" } = options;
  checkOneOf(action, "scale", scale, ["hazard", "odds", "normal"]);
  const rows = parametricRows(action, input, options);
  const knots = placeKnots(rows, asked);
  const spline = splineOf(rows, knots);
  const block = covariateBlock(rows, input, "covariates", spline.atTime.value);
  // Exponential: log H = log t − intercept.
  const modelOf = ([one]: readonly Block[]) => splineModel(rows, one, spline, scale);
  const { fit, terms } = fitModel(modelOf, [block], [-startOf(rows), 1]);
  return { scale, knots: knots.map(exp), terms, ...fit };
}

function placeKnots(rows: ParametricRows, asked: number | Vector): Knots {
  const { action, time, event, weights, counts } = rows;
  const withEvent = Array.from(time.keys()).filter((i) => event[i] === 1 && weights?.[i] !== 0);
  const logTimes = withEvent.map((i) => log(time[i]));
  const distinct = new Set(logTimes).size;
  const inner = typeof asked === "number" ? asked : lengthOf(action, "knots", asked);
  if (typeof asked === "number") checkWhole(action, "knots", asked, 0, 20);
  if (distinct < inner + 2) {
    const message = `${action}: the events have ${distinct} distinct ${distinct === 1 ? "time" : "times"} and the spline ${inner + 2} knots, its boundaries among them; fewer knots are needed`;
    throw new InvalidInputError(message, "knots");
  }
  // As Royston and Parmar place them: at the first and the last event, and between them at equal shares of the events.
  const copies = withEvent.map((i) => counts?.[i] ?? 1);
  const knots = spreadKnots(logTimes, typeof asked === "number" ? inner + 2 : 2, copies);
  if (typeof asked === "number") return knots;
  const own = Array.from(checkIncreasing(action, asked), (t) => (t > 0 ? log(t) : -Infinity));
  own.forEach((knot, i) => {
    if (knot > knots[0] && knot < knots[1]) return;
    const message = `${action}: knots[${i}] is ${asked[i]}; times between the first event at ${exp(knots[0])} and the last at ${exp(knots[1])} are needed`;
    throw new InvalidInputError(message, "knots", i);
  });
  return [knots[0], ...own, knots[1]];
}

/** The spline where rows end, and where they enter. */
function splineOf(rows: ParametricRows, knots: Knots) {
  const { logTime, logEntry } = logTimes(rows);
  const atEntry = logEntry === null ? null : splineColumns(logEntry, knots);
  return { logTime, logEntry, atTime: splineColumns(logTime, knots), atEntry };
}

/** The spline's basis and its slopes, column by column; 0 for a row that is there from the beginning. */
function splineColumns(logTimes: Float64Array, knots: Knots) {
  const columns = () => knots.map(() => new Float64Array(logTimes.length));
  const [value, slope] = [columns(), columns()];
  for (let row = 0; row < logTimes.length; row++) {
    if (logTimes[row] === -Infinity) continue;
    const basis = splineBasis(logTimes[row], knots);
    for (let j = 0; j < knots.length; j++) {
      value[j][row] = basis.value[j];
      slope[j][row] = basis.slope[j];
    }
  }
  return { value, slope };
}

function splineModel(
  rows: ParametricRows,
  block: Block,
  { logTime, logEntry, atTime, atEntry }: ReturnType<typeof splineOf>,
  scale: SplineScale,
): FormModel {
  const { event, offset } = rows;
  const standard = SCALES[scale];
  const eta = { first: 0, columns: block.columns, offset };
  const slope = { first: 0, columns: atTime.slope };
  const entered = atEntry && { ...eta, columns: [...atEntry.value, ...block.columns.slice(atTime.value.length)] };
  return {
    rows,
    ...placed([block]),
    predictors: entered === null ? [eta, slope] : [eta, slope, entered],
    fill(out, row, [eta, slope, etaAtEntry]) {
      const { logHazard, cumulative } = standard(eta);
      addFunction(out, 0, -1, cumulative);
      if (event[row] === 1) {
        // log h(t) = log(dH/dη) + log(dη/d log t) − log t; a falling cumulative hazard has none.
        const logSlope = slope > 0 ? log(slope) - logTime[row] : -Infinity;
        addFunction(out, 0, 1, logHazard);
        addFunction(out, 1, 1, [logSlope, 1 / slope, -1 / (slope * slope)]);
      }
      if (logEntry === null || logEntry[row] === -Infinity) return;
      addFunction(out, 2, 1, standard(etaAtEntry).cumulative);
    },
  };
}
