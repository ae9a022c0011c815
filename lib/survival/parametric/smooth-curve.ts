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
 * `summary(fit, newdata, t, type = )` of flexsurv.
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
  const rows = Array.from(at, (time) => {
    const values = valuesAt(time);
    const [logCumulative, logHazard] = values(theta);
    const errors = fit.covariance === null ? null : deltaErrors(values, theta, fit.covariance);
    return { time, logCumulative, logHazard, errors };
  });
  const none = rows.find(
    ({ logCumulative, logHazard }) => !(exp(logCumulative) < Infinity && exp(logHazard) < Infinity),
  );
  if (none !== undefined) {
    const reason = fit.converged ? "there the curve is beyond what doubles hold" : "the fit has no maximum";
    const message = `${action}: at ${none.time} no curve can be computed: ${reason}`;
    throw new InvalidInputError(message, "times");
  }
  const limit = (k: 0 | 1, sign: 1 | -1) =>
    rows.map(({ logCumulative, logHazard, errors }) => {
      if (errors === null) return null;
      const value = exp((k === 0 ? logCumulative : logHazard) + sign * z * errors[k]);
      return k === 0 ? exp(-value) : value;
    });
  return {
    time: Array.from(at),
    survival: rows.map(({ logCumulative }) => exp(-exp(logCumulative))),
    lower: limit(0, 1),
    upper: limit(0, -1),
    cumulativeHazard: rows.map(({ logCumulative }) => exp(logCumulative)),
    hazard: rows.map(({ logHazard }) => exp(logHazard)),
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
    return [(above[0] - below[0]) / (2 * step), (above[1] - below[1]) / (2 * step)] as const;
  });
  const error = (k: 0 | 1) =>
    deltaError(
      slopes.map((slope) => slope[k]),
      covariance,
    );
  return [error(0), error(1)] as const;
}

/** The row's values in the order of the terms that are covariates. */
function valuesOf(
  argument: "covariates" | "share",
  given: Readonly<Record<string, number>> = {},
  names: readonly string[],
) {
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

/** Names of the terms between the intercept and the parameter of the form. */
function covariateNames(terms: readonly ParametricTerm[], hasShape: boolean): string[] {
  return terms.slice(1, hasShape ? -1 : undefined).map(({ name }) => name);
}

const sumOf = (values: readonly number[], theta: readonly number[], first: number): number =>
  values.reduce((sum, value, j) => sum + value * theta[first + j], 0);

function ofSpline(fit: FlexibleFit, row: CurveRow): (time: number) => Values {
  const knots = fit.knots.map(log);
  const names = fit.terms.slice(knots.length).map(({ name }) => name);
  const values = valuesOf("covariates", row.covariates, names);
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
  const share = isSplit ? [1, ...valuesOf("share", row.share, covariateNames(fit.share, false))] : [];
  const names = covariateNames(isSplit ? fit.time : fit.terms, family.shape !== null);
  const values = [1, ...valuesOf("covariates", row.covariates, names)];
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
