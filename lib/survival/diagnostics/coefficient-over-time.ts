import { InvalidInputError } from "../../statistics";
import { pow, square } from "../../statistics/elementary";
import {
  calledAs,
  checkFields,
  checkWhole,
  cholesky,
  choleskyInverse,
  choleskySolve,
  largest,
  smallest,
} from "../../statistics/inner";
import { byRow } from "../cox/design";
import { type ProportionalHazardsTest, proportionalHazards, type TimeTransform } from "../cox/proportional-hazards";
import { residuals } from "../cox/residuals";
import { solutionOf } from "../cox/solution";
import type { CoxFit } from "../cox/types";
import { spreadKnots } from "../spread-knots";

/** A coefficient as a function of time, as scaled Schoenfeld residuals show it. */
export interface CoefficientOverTime {
  readonly name: string;
  readonly transform: TimeTransform;
  /** The one coefficient of the model, a log hazard ratio. */
  readonly coefficient: number;
  /** Of the test that it does not drift. */
  readonly pValue: number;
  /** An element for each row with the event: the caller's row, its time, the transformed time, and residual plus coefficient. */
  readonly events: readonly {
    readonly row: number;
    readonly time: number;
    readonly x: number;
    readonly y: number;
  }[];
  /** The smooth through them with limits of two standard errors, at equal distances of x. */
  readonly smooth: readonly {
    readonly x: number;
    readonly estimate: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

export interface CoefficientOverTimeOptions {
  /** The scale of time, as for proportionalHazards(); "km" unless told. */
  readonly transform?: TimeTransform;
  /** Parameters of the spline, 4 unless told; more follow the points more closely. */
  readonly df?: number;
  /** Points of the smooth, 40 unless told. */
  readonly points?: number;
}

/**
 * How each coefficient of a Cox model seems to change with time: scaled Schoenfeld residuals and a natural cubic spline
 * through them with limits of ±2 standard errors; the numbers behind R's `plot(cox.zph(fit))`.
 *
 * One wants it beside the test: it shows when a hazard ratio is large and when it is small, and whether few points
 * decide. Where hazards are proportional, the smooth is level at the coefficient (Grambsch and Therneau 1994, Biometrika
 * 81:515; the limits are those of `plot.cox.zph`, which take the residuals' variance for the same at all times).
 *
 * @param fit a fit of cox() with Efron's or Breslow's ties
 * @returns an element for each term, in the order of fit.terms; log hazard ratios
 * @throws {InvalidInputError} if fit is not from cox() or has exact ties, df or points cannot be used, or events have
 *   fewer distinct times than the spline has parameters
 * @example coefficientOverTime(fit)[0].smooth.map(({ x, estimate }) => [x, Math.exp(estimate)])
 */
export function coefficientOverTime(fit: CoxFit, options: CoefficientOverTimeOptions = {}): CoefficientOverTime[] {
  const action = "coefficientOverTime";
  checkFields(action, "options", options, ["transform", "df", "points"]);
  const { transform = "km", df = 4, points = 40 } = options;
  checkWhole(action, "df", df, 2);
  checkWhole(action, "points", points, 2);
  const test = calledAs(action, () => proportionalHazards(fit, { transform }));
  const { row } = residuals(fit, "schoenfeld");
  const { design, naive, events } = solutionOf(action, fit);
  const copies = design.counts === null ? null : byRow(design, design.counts);
  const smoother = splineSmoother(
    action,
    test,
    row.map((index) => copies?.[index] ?? 1),
    { df, points },
  );
  const p = fit.terms.length;
  return fit.terms.map((term, j) => {
    // The variance of a scaled residual: the coefficient's, times the number of events.
    const variance = (naive[j * p + j] * events) / square(design.scale[j]);
    const estimates = smoother.fit(test.y.map((values) => values[j]));
    return {
      name: term.name,
      transform,
      coefficient: term.coefficient,
      pValue: test.terms[j].pValue,
      events: row.map((index, e) => ({ row: index, time: test.time[e], x: test.x[e], y: test.y[e][j] })),
      smooth: estimates.map((estimate, k) => {
        const margin = 2 * Math.sqrt(variance * smoother.leverage[k]);
        return { x: smoother.x[k], estimate, lower: estimate - margin, upper: estimate + margin };
      }),
    };
  });
}

/** Least squares on the spline's basis, whose design is the same for all terms; a point counts as often as its row. */
function splineSmoother(
  action: string,
  test: ProportionalHazardsTest,
  counts: readonly number[],
  { df, points }: { readonly df: number; readonly points: number },
) {
  const [low, high] = [smallest(test.x), largest(test.x)];
  const distinct = new Set(test.x).size;
  if (distinct < df) {
    throw new InvalidInputError(
      `${action}: events have ${distinct} distinct times; a spline with df = ${df} needs at least as many. Use a smaller df`,
      "df",
    );
  }
  const x = Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1));
  // As in R, the points of the smooth count when quantiles are taken for knots.
  const knots = splineKnots([...x, ...test.x], df, [...x.map(() => 1), ...counts]);
  const basis = test.x.map((value) => naturalSplineBasis(value, knots));
  const products = new Float64Array(df * df);
  basis.forEach((values, e) => {
    for (let i = 0; i < df; i++)
      for (let j = 0; j < df; j++) products[i * df + j] += counts[e] * (values[i] * values[j]);
  });
  const decomposition = cholesky(products, df);
  if (decomposition.rank < df) {
    throw new InvalidInputError(
      `${action}: the spline with df = ${df} is singular on ${distinct} distinct times of events; use a smaller df`,
      "df",
    );
  }
  const inverse = choleskyInverse(decomposition);
  const at = x.map((value) => naturalSplineBasis(value, knots));
  return {
    x,
    leverage: at.map((values) =>
      values.reduce(
        (sum, value, i) => sum + value * values.reduce((inner, other, j) => inner + inverse[i * df + j] * other, 0),
        0,
      ),
    ),
    fit: (y: readonly number[]): number[] => {
      const right = Float64Array.from({ length: df }, (_, i) =>
        basis.reduce((sum, values, e) => sum + counts[e] * (values[i] * y[e]), 0),
      );
      const coefficients = choleskySolve(decomposition, right);
      return at.map((values) => values.reduce((sum, value, i) => sum + value * coefficients[i], 0));
    },
  };
}

/**
 * Knots of a natural cubic spline with `df` parameters, the intercept among them: both ends and df − 2 quantiles
 * between them, as R's `splines::ns(x, df, intercept = TRUE)` has them (quantiles of type 7).
 *
 * @param values what the knots are spread over, at least two different
 * @param counts how often each value is there, once unless told
 */
export function splineKnots(values: ArrayLike<number>, df: number, counts?: ArrayLike<number>): number[] {
  return spreadKnots(values, df, counts);
}

/**
 * The natural cubic spline's basis at x, one number a knot: 1, x, and truncated cubes that are straight beyond both ends
 * (Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, eq. 5.4 and 5.5).
 *
 * R's `ns` spans the same functions by B-splines, so that fits and their variances are the same. Knots are moved to
 * [0, 1], where the cubes keep their digits.
 */
export function naturalSplineBasis(x: number, knots: readonly number[]): number[] {
  const first = knots[0];
  const length = knots[knots.length - 1] - first;
  const u = (x - first) / length;
  const at = knots.map((knot) => (knot - first) / length);
  const last = at.length - 1;
  const slope = (k: number): number => (cube(u - at[k]) - cube(u - at[last])) / (at[last] - at[k]);
  return [1, u, ...at.slice(0, last - 1).map((_, k) => slope(k) - slope(last - 1))];
}

function cube(value: number): number {
  return value > 0 ? pow(value, 3) : 0;
}
