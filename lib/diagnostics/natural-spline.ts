import { pow } from "../statistics/elementary";

/**
 * Knots of a natural cubic spline with `df` parameters, the intercept among them: both ends and df − 2 quantiles
 * between them, as R's `splines::ns(x, df, intercept = TRUE)` has them (quantiles of type 7).
 *
 * @param values what the knots are spread over, at least two different
 */
export function splineKnots(values: ArrayLike<number>, df: number): number[] {
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: df }, (_, k) => {
    const place = ((sorted.length - 1) * k) / (df - 1);
    const below = Math.floor(place);
    const next = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (next - sorted[below]);
  });
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
