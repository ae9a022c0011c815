import betainc from "@stdlib/math-base-special-betainc";
import betaincinv from "@stdlib/math-base-special-betaincinv";

import { normalQuantile, normalUpperTail, twoSidedP } from "./normal";

/**
 * The upper tail of Student's t distribution, R's `pt(t, df, lower.tail = FALSE)`.
 *
 * One wants it where a variance was estimated from few observations: the errors of a regression, or the spread
 * between imputations. Half the regularised incomplete beta function at df/(df + t²) (Johnson, Kotz and Balakrishnan
 * 1995, Continuous Univariate Distributions 2, eq. 28.4a), so that far tails keep their digits.
 *
 * @param t the estimate divided by its standard error
 * @param df degrees of freedom, above 0, need not be whole; Infinity gives the normal distribution
 * @returns the probability of a value above t
 * @throws {RangeError} if t is NaN or df is not positive
 * @example studentTUpperTail(2.0860, 20) // 0.025
 */
export function studentTUpperTail(t: number, df: number): number {
  requireT("studentTUpperTail", t, df);
  if (df === Infinity) return normalUpperTail(t);
  const beyond = outside(t, df) / 2;
  return t > 0 ? beyond : 1 - beyond;
}

/**
 * The two-sided p value of a statistic that follows Student's t distribution, R's `2 * pt(-abs(t), df)`.
 *
 * @param t the estimate divided by its standard error
 * @param df degrees of freedom, above 0, need not be whole; Infinity gives the normal distribution
 * @returns the probability of a value at least as far from zero
 * @throws {RangeError} if t is NaN or df is not positive
 * @example studentTTwoSidedP(2.0860, 20) // 0.05
 */
export function studentTTwoSidedP(t: number, df: number): number {
  requireT("studentTTwoSidedP", t, df);
  return df === Infinity ? twoSidedP(t) : outside(t, df);
}

/**
 * The quantile function of Student's t distribution, R's `qt(p, df)`: the t below which a share p lies.
 *
 * @param p a probability, 0 to 1
 * @param df degrees of freedom, above 0, need not be whole; Infinity gives the normal distribution
 * @returns t; −Infinity at 0 and Infinity at 1
 * @throws {RangeError} if p is not a probability or df is not positive
 * @example studentTQuantile(0.975, 20) // 2.0860
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1))
    throw new RangeError(`studentTQuantile: p is ${p}; a probability from 0 to 1 is needed`);
  requireDegrees("studentTQuantile", df);
  if (df === Infinity) return normalQuantile(p);
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return p === 0 ? -Infinity : Infinity;
  // t²/(df + t²) is a beta variable, and so is what it lacks of 1: the smaller of the two keeps its digits.
  const share = 2 * tail < 0.5 ? betaincinv(2 * tail, df / 2, 0.5) : 0;
  const inner = share > 0 ? 0 : betaincinv(2 * tail, 0.5, df / 2, true);
  const t = share > 0 ? Math.sqrt((df * (1 - share)) / share) : Math.sqrt((df * inner) / (1 - inner));
  return p < 0.5 ? 0 - t : t;
}

/** The probability of a value further from zero than t on either side. */
function outside(t: number, df: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  // A small tail is computed as such; one near 1 as what it lacks of it.
  return square > 1
    ? betainc(df / (df + square), df / 2, 0.5)
    : 1 - betainc(square / (df + square), 0.5, df / 2);
}

function requireT(caller: string, t: number, df: number): void {
  if (Number.isNaN(t)) throw new RangeError(`${caller}: t is NaN; a number is needed`);
  requireDegrees(caller, df);
}

function requireDegrees(caller: string, df: number): void {
  if (!(df > 0)) throw new RangeError(`${caller}: df is ${df}; a number above 0 is needed`);
}
