import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";

/**
 * The standard normal distribution function Φ(z), R's `pnorm(z)`.
 *
 * Computed from the complementary error function, so that the lower tail keeps its digits:
 * Φ(−38) is 2.9e−316 and not 0.
 *
 * @param z a number of standard deviations
 * @returns the probability of a value at or below z
 * @throws {RangeError} if z is NaN
 * @example normalCdf(-1.959963984540054) // 0.025
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normalCdf: z is NaN; a number is needed");
  return erfc(-z / Math.SQRT2) / 2;
}

/**
 * The upper tail 1 − Φ(z) of the standard normal distribution, R's `pnorm(z, lower.tail = FALSE)`,
 * computed directly and not as a difference from 1, which would lose it beyond z ≈ 8.
 *
 * @param z a number of standard deviations
 * @returns the probability of a value above z
 * @throws {RangeError} if z is NaN
 * @example normalUpperTail(10) // 7.62e-24
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normalUpperTail: z is NaN; a number is needed");
  return erfc(z / Math.SQRT2) / 2;
}

/**
 * The two-sided p value of a normal test statistic, R's `2 * pnorm(-abs(z))`.
 *
 * @param z the statistic divided by its standard error
 * @returns the probability of a value at least as far from zero
 * @throws {RangeError} if z is NaN
 * @example twoSidedP(1.959963984540054) // 0.05
 */
export function twoSidedP(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("twoSidedP: z is NaN; a number is needed");
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * The quantile function of the standard normal distribution, R's `qnorm(p)`: the z below which a share p lies.
 *
 * @param p a probability, 0 to 1
 * @returns z; −Infinity at 0 and Infinity at 1
 * @throws {RangeError} if p is not a probability
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1))
    throw new RangeError(`normalQuantile: p is ${p}; a probability from 0 to 1 is needed`);
  return 0 - Math.SQRT2 * erfcinv(2 * p); // 0 − x and not −x: the median is 0, not −0
}
