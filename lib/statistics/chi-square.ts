import gammainc from "@stdlib/math-base-special-gammainc";

/**
 * The upper tail of the chi-square distribution, R's `pchisq(x, df, lower.tail = FALSE)`: the p value of a test
 * statistic that is chi-square under the null hypothesis.
 *
 * It is the regularised upper incomplete gamma function Q(df/2, x/2), computed directly. Subtracting the
 * distribution function from 1 (as jStat's users must) gives 0 for every x beyond about 80.
 *
 * @param x the test statistic, at least 0
 * @param df degrees of freedom, above 0; need not be whole
 * @returns the probability of a value above x
 * @throws {RangeError} if x is negative or NaN, or df is not positive
 * @example chiSquareUpperTail(161.1, 4) // 8.49e-34
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x >= 0)) throw new RangeError(`chiSquareUpperTail: x is ${x}; a number of at least 0 is needed`);
  if (!(df > 0 && df < Infinity))
    throw new RangeError(`chiSquareUpperTail: df is ${df}; a number above 0 is needed`);
  if (x === Infinity) return 0;
  return gammainc(x / 2, df / 2, true, true);
}
