import { InvalidInputError } from "../statistics";
import { exp, log, pow, square } from "../statistics/elementary";
import { finish, type LeastSquaresFit, leastSquares } from "./linear-model";
import { backSolve, decompose, inverseCrossProduct, type QR, rotated } from "./qr";
import type { Design } from "./series";

/** Name of the pulse's last parameter: the logarithm of the periods until half of it is gone. */
export const HALF_LIFE = "log half-life";

/** Half-lives that are looked at, in periods: from a tenth of one to as long as the series after the intervention. */
const SHORTEST = 0.1;
const GRID = 40;
const STEPS = 100;

type Times = readonly (number | null)[];

/**
 * Fits y = X·β + pulse·2^(−s/h) by nonlinear least squares, h on the log scale.
 *
 * @param response one value a period
 * @param base the linear part, of full rank
 * @param after periods since the intervention, null before it
 * @returns a fit whose design holds the derivatives at the estimate, so that robust errors work on it
 * @throws {InvalidInputError} as {@link pulseHalfLife}
 */
export function pulseFit(action: string, response: readonly number[], base: Design, after: Times): LeastSquaresFit {
  const theta = log(pulseHalfLife(action, response, linearPart(action, base), after));
  const linear = leastSquares(action, response, [...base.terms, "pulse"], [...base.columns, decay(after, theta)]);
  const design = [...linear.design, slope(after, theta, linear.coefficients[linear.coefficients.length - 1])];
  const qr = decompose(design);
  if ("dependent" in qr) {
    throw noHalfLife(action, "it has no height or no shape at this day, so its half-life cannot be known");
  }
  const { coefficients, terms, fitted } = linear;
  return finish(
    { terms: [...terms, HALF_LIFE], coefficients: [...coefficients, theta], design, response, fitted },
    inverseCrossProduct(qr),
  );
}

/** The decomposition of the linear part, made once for many responses. @throws {InvalidInputError} where it is not of full rank */
export function linearPart(action: string, { terms, columns }: Design): QR {
  const qr = decompose(columns);
  if ("dependent" in qr) {
    throw noHalfLife(action, `"${terms[qr.dependent]}" is a combination of the columns before it; leave it out`);
  }
  return qr;
}

/**
 * The half-life of the pulse with the least squared error.
 *
 * For a given half-life the rest is linear and can be projected out, so the sum of squares is a curve in one variable
 * (variable projection; Golub and Pereyra 1973, SIAM Journal on Numerical Analysis 10:413). It is searched on a grid, and
 * Gauss–Newton steps finish.
 *
 * @param start a half-life to start from in place of the grid
 * @throws {InvalidInputError} where the best half-life is at an end of what the series can tell, or the steps do not converge
 */
export function pulseHalfLife(
  action: string,
  response: readonly number[],
  base: QR,
  after: Times,
  start?: number,
): number {
  const longest = after.filter((s) => s !== null).length;
  const target = projected(base, response);
  let theta = start === undefined ? gridSearch(target, base, after, longest) : log(start);
  let now = at(theta);
  for (let step = 0; step < STEPS; step++) {
    const steep = projected(base, slope(after, theta, now.height));
    const qr = decompose([now.shape, steep]);
    if ("dependent" in qr) break;
    const [, change] = backSolve(qr, rotated(qr, now.residuals));
    let factor = 1;
    let next = at(theta + change);
    // Half steps until the sum of squares falls; below the rounding of the sum nothing more can be gained.
    while (next.rss > now.rss * (1 + 1e-12) && factor > 1e-8) {
      factor /= 2;
      next = at(theta + factor * change);
    }
    theta += factor * change;
    now = next;
    if (Math.abs(factor * change) < 1e-10 || factor <= 1e-8) return inside(action, theta, longest);
    if (theta < log(SHORTEST / 10) || theta > log(longest * 10)) break;
  }
  inside(action, theta, longest);
  throw noHalfLife(action, "the half-life did not converge; the series may hold no pulse at this day");

  /** The best height for a half-life, with what is left. */
  function at(theta: number): { height: number; shape: Float64Array; residuals: Float64Array; rss: number } {
    const shape = projected(base, decay(after, theta));
    const size = dot(shape, shape);
    const height = size === 0 ? 0 : dot(shape, target) / size;
    const residuals = target.map((value, i) => value - height * shape[i]);
    return { height, shape, residuals, rss: dot(residuals, residuals) };
  }
}

function inside(action: string, theta: number, longest: number): number {
  const half = exp(theta);
  if (half >= SHORTEST && half <= longest) return half;
  const [found, other] =
    half < SHORTEST
      ? ["shorter than a tenth of a period", "a single odd period"]
      : ["longer than the series after the intervention", "a lasting one"];
  throw noHalfLife(action, `the half-life is ${found}; the series cannot tell a passing rise from ${other}`);
}

function noHalfLife(action: string, why: string): Error {
  return new InvalidInputError(`${action}: pulse: ${why}`, "series");
}

function gridSearch(target: Float64Array, base: QR, after: Times, longest: number): number {
  let best = { theta: 0, explained: -1 };
  for (let i = 0; i <= GRID; i++) {
    const theta = log(SHORTEST) + (i / GRID) * log(longest / SHORTEST);
    const shape = projected(base, decay(after, theta));
    const size = dot(shape, shape);
    // A pulse that coincides with the level and the trend explains nothing of its own.
    const explained = size < 1e-10 ? 0 : square(dot(shape, target)) / size;
    if (explained > best.explained) best = { theta, explained };
  }
  return best.theta;
}

/** What the linear part leaves of a column, in the basis of its decomposition. */
function projected(base: QR, column: ArrayLike<number>): Float64Array {
  return rotated(base, column).slice(base.columns.length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const decay = (after: Times, theta: number): number[] => after.map((s) => (s === null ? 0 : pow(2, -s / exp(theta))));

/** Derivative of height·2^(−s/h) by log h. */
function slope(after: Times, theta: number, height: number): number[] {
  const half = exp(theta);
  return after.map((s) => (s === null ? 0 : height * pow(2, -s / half) * ((Math.LN2 * s) / half)));
}
