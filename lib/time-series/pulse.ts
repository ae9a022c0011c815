import type { Design } from "./interruption";
import { finish, type LeastSquaresFit, leastSquares } from "./linear-model";
import { backSolve, decompose, inverseCrossProduct, rotated } from "./qr";

/** Name of the pulse's fifth parameter: the logarithm of the periods until half of it is gone. */
export const HALF_LIFE = "log half-life";

/** Half-lives that are looked at, in periods: from a tenth of one to as long as the series after the intervention. */
const SHORTEST = 0.1;
const GRID = 40;
const STEPS = 100;
const LN2 = Math.LN2;

/**
 * Fits y = X·β + pulse·2^(−s/h) by nonlinear least squares, h on the log scale.
 *
 * For a given h the rest is linear, so the sum of squares is a curve in one variable (variable projection; Golub and
 * Pereyra 1973, SIAM Journal on Numerical Analysis 10:413). It is searched on a grid, and Gauss–Newton steps finish.
 *
 * @param response one value a period
 * @param base the linear part
 * @param after periods since the intervention, null before it
 * @param start a half-life to start from in place of the grid
 * @returns a fit whose design holds the derivatives at the estimate, so that robust errors work on it
 * @throws RangeError where the best half-life is at an end of what the series can tell, or the steps do not converge
 */
export function pulseFit(
  response: readonly number[],
  base: Design,
  after: readonly (number | null)[],
  start?: number,
): LeastSquaresFit {
  const longest = after.filter((s) => s !== null).length;
  let theta = Math.log(start ?? gridSearch(response, base, after, longest));
  let linear = given(response, base, after, theta);
  for (let step = 0; step < STEPS; step++) {
    const pulse = linear.coefficients[linear.coefficients.length - 1];
    const design = [...linear.design, slope(after, theta, pulse)];
    const qr = decompose(design);
    if ("dependent" in qr) break;
    const move = backSolve(qr, rotated(qr, linear.residuals));
    const change = move[move.length - 1];
    let factor = 1;
    let next = given(response, base, after, theta + change);
    // Half steps until the sum of squares falls; below the rounding of the sum nothing more can be gained.
    const limit = linear.residualSumOfSquares * (1 + 1e-14);
    while (next.residualSumOfSquares > limit && factor > 1e-8) {
      factor /= 2;
      next = given(response, base, after, theta + factor * change);
    }
    theta += factor * change;
    linear = next;
    if (Math.abs(factor * change) < 1e-12 || factor <= 1e-8) {
      checkInside(theta, longest);
      return complete(linear, after, theta);
    }
    if (theta < Math.log(SHORTEST / 10) || theta > Math.log(longest * 10)) break;
  }
  checkInside(theta, longest);
  throw new RangeError("pulse: the half-life did not converge; the series may hold no pulse at this day");
}

function checkInside(theta: number, longest: number): void {
  const half = Math.exp(theta);
  if (half >= SHORTEST && half <= longest) return;
  const found =
    half < SHORTEST ? "shorter than a tenth of a period" : "longer than the series after the intervention";
  throw new RangeError(
    `pulse: the half-life is ${found}; the series cannot tell a passing rise from ${half < SHORTEST ? "a single odd period" : "a lasting one"}`,
  );
}

function gridSearch(
  response: readonly number[],
  base: Design,
  after: readonly (number | null)[],
  longest: number,
): number {
  let best = { half: SHORTEST, rss: Number.POSITIVE_INFINITY };
  for (let i = 0; i <= GRID; i++) {
    const half = SHORTEST * (longest / SHORTEST) ** (i / GRID);
    const columns = [...base.columns, decay(after, Math.log(half))];
    // At an end of the grid the pulse can coincide with the level.
    if ("dependent" in decompose(columns)) continue;
    const rss = given(response, base, after, Math.log(half)).residualSumOfSquares;
    if (rss < best.rss) best = { half, rss };
  }
  return best.half;
}

/** The linear fit for a half-life. */
function given(
  response: readonly number[],
  base: Design,
  after: readonly (number | null)[],
  theta: number,
): LeastSquaresFit {
  return leastSquares(response, [...base.terms, "pulse"], [...base.columns, decay(after, theta)]);
}

const decay = (after: readonly (number | null)[], theta: number): number[] =>
  after.map((s) => (s === null ? 0 : 2 ** (-s / Math.exp(theta))));

/** Derivative of pulse·2^(−s/h) by log h. */
function slope(after: readonly (number | null)[], theta: number, pulse: number): number[] {
  const half = Math.exp(theta);
  return after.map((s) => (s === null ? 0 : pulse * 2 ** (-s / half) * ((LN2 * s) / half)));
}

function complete(
  linear: LeastSquaresFit,
  after: readonly (number | null)[],
  theta: number,
): LeastSquaresFit {
  const { coefficients, terms, response, fitted } = linear;
  const design = [...linear.design, slope(after, theta, coefficients[coefficients.length - 1])];
  const qr = decompose(design);
  if ("dependent" in qr) {
    throw new RangeError(
      "pulse: its height is zero or its half-life has no influence, so the half-life cannot be known",
    );
  }
  return finish(
    { terms: [...terms, HALF_LIFE], coefficients: [...coefficients, theta], design, response, fitted },
    inverseCrossProduct(qr),
  );
}
