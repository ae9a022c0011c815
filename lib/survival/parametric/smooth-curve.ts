import { InvalidInputError, normalQuantile } from "../../statistics";
import { exp, expm1, log, log1p } from "../../statistics/elementary";
import { checkFields, columnNames } from "../../statistics/inner";
import { deltaError } from "../confidence-interval";
import { checkIncreasing, shown, type Vector } from "../outcome";
import { FAMILIES } from "./families";
import { type FlexibleFit, SCALES } from "./flexible";
import type { ParametricTerm } from "./model";
import type { ParametricFit } from "./parametric";
import { splineBasis } from "./spline-basis";
import type { SplitPopulationFit } from "./split-population";

/** For whom a curve is drawn: a value for each covariate of the model, none where it has none. */
export interface CurveRow {
  readonly covariates?: Readonly<Record<string, number>>;
  /** Of a split population: the covariates of its share. */
  readonly share?: Readonly<Record<string, number>>;
}

/** A smooth curve at given times, with pointwise limits; all of them null where the fit has no variance. */
export interface SmoothCurve {
  readonly time: readonly number[];
  readonly survival: readonly number[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly cumulativeHazard: readonly number[];
  readonly hazard: readonly number[];
  readonly hazardLower: readonly (number | null)[];
  readonly hazardUpper: readonly (number | null)[];
  readonly confidence: number;
}

type Fit = ParametricFit | FlexibleFit | SplitPopulationFit;

/** log of −log S, and log h, at parameters. */
type Values = (theta: readonly number[]) => readonly [number, number];

/**
 * The survival and the hazard that a parametric, flexible or split-population fit expects of somebody at given times; R's
 * `summary(fit, newdata, t, type = …)` of flexsurv.
 *
 * One wants it to draw a fit over Kaplan–Meier's curve, which it should follow, and to see the shape of the hazard, which
 * no step function shows. Limits are the delta method's on the scales log(−log S) and log h, so that they stay within
 * what is possible (Royston and Parmar 2002, section 2.4).
 *
 * @param row the value of each covariate of the fit
 * @param times increasing, above 0, in the unit of the fit
 * @throws {InvalidInputError} where a covariate has no value or is not in the fit, a time is not above 0, or the curve is
 *   beyond doubles, as that of a fit without a maximum may be
 * @example smoothCurve(fit, { covariates: { featured: 1 } }, [6, 12, 24]).survival
 */
export function smoothCurve(fit: Fit, row: CurveRow, times: Vector): SmoothCurve {
  const action = "smoothCurve";
  checkFields(action, "row", row, ["covariates", "share"]);
  const at = checkIncreasing(action, times);
  if (at[0] === 0) throw new InvalidInputError(`${action}: times[0] is 0; times above 0 are needed`, "times", 0);
  const terms = "share" in fit ? [...fit.share, ...fit.time] : fit.terms;
  const theta = terms.map(({ coefficient }) => coefficient);
  const valuesAt = "knots" in fit ? ofSpline(fit, row) : ofForm(fit, row);
  const z = normalQuantile((1 + fit.confidence) / 2);
  const points = Array.from(at, (time) => {
    const values = valuesAt(time);
    return { time, values: values(theta), errors: fit.covariance && deltaErrors(values, theta, fit.covariance) };
  });
  const none = points.find(({ values }) => values.some((value) => !(exp(value) < Infinity)));
  if (none !== undefined) {
    const reason = fit.converged ? "there the curve is beyond what doubles hold" : "the fit has no maximum";
    const message = `${action}: at ${none.time} no curve can be computed: ${reason}`;
    throw new InvalidInputError(message, "times");
  }
  const [cumulativeHazard, hazard] = ([0, 1] as const).map((k) => points.map(({ values }) => exp(values[k])));
  const limit = (k: 0 | 1, sign: 1 | -1) =>
    points.map(({ values, errors }) => errors && exp(values[k] + sign * z * errors[k]));
  const survived = (limits: readonly (number | null)[]) => limits.map((limit) => (limit === null ? null : exp(-limit)));
  return {
    time: Array.from(at),
    survival: cumulativeHazard.map((value) => exp(-value)),
    lower: survived(limit(0, 1)),
    upper: survived(limit(0, -1)),
    cumulativeHazard,
    hazard,
    hazardLower: limit(1, -1),
    hazardUpper: limit(1, 1),
    confidence: fit.confidence,
  };
}

/** Errors of both values by the delta method, with central differences of a step that leaves ten digits. */
function deltaErrors(values: Values, theta: readonly number[], covariance: readonly (readonly number[])[]) {
  const slopes = theta.map((value, j) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    const moved = (by: number) => values(theta.map((other, k) => (k === j ? other + by : other)));
    const [above, below] = [moved(step), moved(-step)];
    return above.map((one, k) => (one - below[k]) / (2 * step));
  });
  const gradients = [0, 1].map((k) => slopes.map((slope) => slope[k]));
  return gradients.map((gradient) => deltaError(gradient, covariance));
}

/** The row's values for the terms of covariates, in their order. */
function valuesOf(row: CurveRow, argument: keyof CurveRow, terms: readonly ParametricTerm[]): number[] {
  const { [argument]: given = {} } = row;
  const names = terms.map(({ name }) => name);
  const action = "smoothCurve";
  const unknown = columnNames(action, given, argument).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `${action}: the fit does not estimate ${argument}.${unknown}; it has ${names.join(", ") || "no covariate"}`;
    throw new InvalidInputError(message, argument);
  }
  return names.map((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new InvalidInputError(`${action}: ${argument}.${name} is ${shown(value)}; a number is needed`, argument);
  });
}

const sumOf = (values: readonly number[], theta: readonly number[], first: number): number =>
  values.reduce((sum, value, j) => sum + value * theta[first + j], 0);

function ofSpline(fit: FlexibleFit, row: CurveRow): (time: number) => Values {
  const knots = fit.knots.map(log);
  const values = valuesOf(row, "covariates", fit.terms.slice(knots.length));
  const standard = SCALES[fit.scale];
  return (time) => {
    const basis = splineBasis(log(time), knots);
    return (theta) => {
      const eta = sumOf(basis.value, theta, 0) + sumOf(values, theta, knots.length);
      const slope = sumOf(basis.slope, theta, 0);
      const { logHazard, cumulative } = standard(eta);
      return [log(cumulative[0]), logHazard[0] + log(slope) - log(time)];
    };
  };
}

/** Of a named form, and of a split population, whose share that has the event is 1 for the former. */
function ofForm(fit: ParametricFit | SplitPopulationFit, row: CurveRow): (time: number) => Values {
  const family = FAMILIES[fit.distribution];
  const isSplit = "share" in fit;
  const share = isSplit ? [1, ...valuesOf(row, "share", fit.share.slice(1))] : [];
  // Between the intercept and the parameter of the form.
  const terms = (isSplit ? fit.time : fit.terms).slice(1, family.shape === null ? undefined : -1);
  const values = [1, ...valuesOf(row, "covariates", terms)];
  return (time) => (theta) => {
    const shape = family.shape === null ? 0 : theta[share.length + values.length];
    const { logHazard, cumulative } = family.at(log(time) - sumOf(values, theta, share.length), shape);
    const [H, logH] = [cumulative.value, logHazard.value - log(time)];
    if (!isSplit) return [log(H), logH];
    const ever = 1 / (1 + exp(-sumOf(share, theta, 0)));
    const logSurvival = log1p(ever * expm1(-H));
    return [log(-logSurvival), log(ever) + logH - H - logSurvival];
  };
}
