import betainc from "@stdlib/math-base-special-betainc";
import betaincinv from "@stdlib/math-base-special-betaincinv";
import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";
import { checkConfidence, checkOneOf, checkPositive, checkProbability, checkWhole, shown } from "./checks";
import { exp, expm1, log, log1p } from "./elementary";
import { calledAs, InvalidInputError } from "./errors";

/**
 * The standard normal distribution function Φ(z), R's `pnorm(z)`.
 *
 * Computed from the complementary error function, so that the lower tail keeps its digits:
 * Φ(−38) is 2.9e−316 and not 0.
 *
 * @param z a number of standard deviations
 * @returns the probability of a value at or below z
 * @throws {InvalidInputError} if z is NaN
 * @example normalCdf(-1.959963984540054) // 0.025
 */
export function normalCdf(z: number): number {
  checkNumber("normalCdf", "z", z);
  return erfc(-z / Math.SQRT2) / 2;
}

/**
 * The upper tail 1 − Φ(z) of the standard normal distribution, R's `pnorm(z, lower.tail = FALSE)`,
 * computed directly and not as a difference from 1, which would lose it beyond z ≈ 8.
 *
 * @param z a number of standard deviations
 * @returns the probability of a value above z
 * @throws {InvalidInputError} if z is NaN
 * @example normalUpperTail(10) // 7.62e-24
 */
export function normalUpperTail(z: number): number {
  checkNumber("normalUpperTail", "z", z);
  return erfc(z / Math.SQRT2) / 2;
}

/**
 * The natural logarithm of {@link normalUpperTail}, R's `pnorm(z, lower.tail = FALSE, log.p = TRUE)`; for tails too small
 * for a double, beyond z = 38.
 *
 * @param z a number of standard deviations
 * @returns a number of at most 0; −Infinity where z is Infinity
 * @throws {InvalidInputError} if z is NaN
 * @example logNormalUpperTail(100) // -5005.5
 */
export function logNormalUpperTail(z: number): number {
  checkNumber("logNormalUpperTail", "z", z);
  if (z < 0) return log1p(0 - normalCdf(z));
  return z < 35 ? log(normalUpperTail(z)) : logTwoSidedP(z) - Math.LN2;
}

/**
 * The natural logarithm of {@link twoSidedP}, R's `log(2) + pnorm(-abs(z), log.p = TRUE)`.
 *
 * @param z the statistic divided by its standard error
 * @throws {InvalidInputError} if z is NaN
 * @example logTwoSidedP(100) // -5004.8
 */
export function logTwoSidedP(z: number): number {
  checkNumber("logTwoSidedP", "z", z);
  const h = (z * z) / 2;
  return h === 0 ? 0 : logUpperGamma(h, 0.5, twoSidedP(z));
}

/**
 * The two-sided p value of a normal test statistic, R's `2 * pnorm(-abs(z))`.
 *
 * @param z the statistic divided by its standard error
 * @returns the probability of a value at least as far from zero
 * @throws {InvalidInputError} if z is NaN
 * @example twoSidedP(1.959963984540054) // 0.05
 */
export function twoSidedP(z: number): number {
  checkNumber("twoSidedP", "z", z);
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * The quantile function of the standard normal distribution, R's `qnorm(p)`: the z below which a share p lies.
 *
 * @param p a probability, 0 to 1
 * @returns z; −Infinity at 0 and Infinity at 1
 * @throws {InvalidInputError} if p is not a probability
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  checkProbability("normalQuantile", "p", p);
  return 0 - Math.SQRT2 * erfcinv(2 * p); // 0 − x and not −x: the median is 0, not −0
}

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
 * @throws {InvalidInputError} if x is negative or NaN, or df is not positive
 * @example chiSquareUpperTail(161.1, 4) // 8.49e-34
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x >= 0)) {
    const message = `chiSquareUpperTail: x is ${shown(x)}; a number of at least 0 is needed`;
    throw new InvalidInputError(message, "x");
  }
  checkPositive("chiSquareUpperTail", "df", df);
  if (x === Infinity) return 0;
  return gammainc(x / 2, df / 2, true, true);
}

/**
 * The natural logarithm of {@link chiSquareUpperTail}, R's `pchisq(x, df, lower.tail = FALSE, log.p = TRUE)`.
 *
 * One wants it where a p value is too small for a double, as for a test statistic above 1,500: to compare such values, or to
 * write them as powers of ten. Where the tail can be held it is its logarithm, near 1 that of what it lacks of 1; beyond,
 * Legendre's continued fraction of the incomplete gamma function (NIST Handbook of Mathematical Functions, eq. 8.9.2).
 *
 * @param x the test statistic, at least 0
 * @param df degrees of freedom, above 0; need not be whole
 * @returns a number of at most 0; −Infinity where x is Infinity
 * @throws {InvalidInputError} as chiSquareUpperTail
 * @example logChiSquareUpperTail(5000, 2) // -2500
 */
export function logChiSquareUpperTail(x: number, df: number): number {
  return calledAs("logChiSquareUpperTail", () => logUpperGamma(x / 2, df / 2, chiSquareUpperTail(x, df)));
}

/** The logarithm of Q(a, h), whose value is given as far as a double holds it. */
function logUpperGamma(h: number, a: number, tail: number): number {
  if (h === Infinity) return -Infinity;
  if (tail > 0.5) return log1p(0 - gammainc(h, a, true, false)); // 0 − 0 and not −0
  if (tail > LEAST) return log(tail);
  let b = h + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 1000; i++) {
    const factor = -i * (i - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return a * log(h) - h - gammaln(a) + log(fraction);
}

/** The logarithm of P(a, h): by its power series where a double does not hold it (NIST Handbook, eq. 8.7.1). */
function logLowerGamma(h: number, a: number): number {
  const value = gammainc(h, a, true, false);
  if (value > 0.5) return log1p(-gammainc(h, a, true, true));
  if (value > LEAST) return log(value);
  let term = 1;
  let sum = 1;
  for (let i = 1; term > 1e-17 * sum; i++) {
    term *= h / (a + i);
    sum += term;
  }
  return a * log(h) - h - gammaln(a + 1) + log(sum);
}

/** Smaller values of a tail lose digits. */
const LEAST = 1e-280;

/**
 * The quantile function of the chi-square distribution, R's `qchisq(p, df)`: the x below which a share p lies, or with
 * tail "upper" above which it lies, R's `lower.tail = FALSE`.
 *
 * One wants it for the limits of a test or of a variance. It is found by bisection on the logarithm of the tail that is
 * given, so that shares as small as 1e-300 keep their digits.
 *
 * @param p a probability, 0 to 1
 * @param df degrees of freedom, above 0; need not be whole
 * @param tail "lower" unless told
 * @throws {InvalidInputError} if p is not a probability, df is not positive, or the tail is another
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, df: number, tail: "lower" | "upper" = "lower"): number {
  const action = "chiSquareQuantile";
  checkProbability(action, "p", p);
  checkPositive(action, "df", df);
  checkOneOf(action, "tail", tail, ["lower", "upper"]);
  const isLower = tail === "lower";
  if (p === 0 || p === 1) return (p === 0) === isLower ? 0 : Infinity;
  const a = df / 2;
  const target = log(p);
  const isBelow = (logX: number) => {
    const h = exp(logX) / 2;
    if (h === 0) return true;
    return isLower ? logLowerGamma(h, a) < target : logUpperGamma(h, a, gammainc(h, a, true, true)) > target;
  };
  let [low, high] = [-746, log(df + 10)];
  while (isBelow(high)) high += 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return exp(middle);
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}

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
 * @throws {InvalidInputError} if t is NaN or df is not positive
 * @example studentTUpperTail(2.0860, 20) // 0.025
 */
export function studentTUpperTail(t: number, df: number): number {
  checkNumber("studentTUpperTail", "t", t);
  checkDegrees("studentTUpperTail", df);
  if (df > NEARLY_NORMAL) return normalUpperTail(normalFromStudent(t, df));
  const beyond = outside(t, df) / 2;
  return t > 0 ? beyond : 1 - beyond;
}

/**
 * The two-sided p value of a statistic that follows Student's t distribution, R's `2 * pt(-abs(t), df)`.
 *
 * @param t the estimate divided by its standard error
 * @param df degrees of freedom, above 0, need not be whole; Infinity gives the normal distribution
 * @returns the probability of a value at least as far from zero
 * @throws {InvalidInputError} if t is NaN or df is not positive
 * @example studentTTwoSidedP(2.0860, 20) // 0.05
 */
export function studentTTwoSidedP(t: number, df: number): number {
  checkNumber("studentTTwoSidedP", "t", t);
  checkDegrees("studentTTwoSidedP", df);
  return df > NEARLY_NORMAL ? twoSidedP(normalFromStudent(t, df)) : outside(t, df);
}

/**
 * The quantile function of Student's t distribution, R's `qt(p, df)`: the t below which a share p lies.
 *
 * @param p a probability, 0 to 1
 * @param df degrees of freedom, above 0, need not be whole; Infinity gives the normal distribution
 * @returns t; −Infinity at 0 and Infinity at 1
 * @throws {InvalidInputError} if p is not a probability or df is not positive
 * @example studentTQuantile(0.975, 20) // 2.0860
 */
export function studentTQuantile(p: number, df: number): number {
  checkProbability("studentTQuantile", "p", p);
  checkDegrees("studentTQuantile", df);
  if (df > NEARLY_NORMAL) return studentFromNormal(normalQuantile(p), df);
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return p === 0 ? -Infinity : Infinity;
  // t²/(df + t²) is a beta variable, and so is what it lacks of 1: the smaller of the two keeps its digits.
  const share = 2 * tail < 0.5 ? betaincinv(2 * tail, df / 2, 0.5) : 0;
  const inner = share > 0 ? 0 : betaincinv(2 * tail, 0.5, df / 2, true);
  const t = share > 0 ? Math.sqrt((df * (1 - share)) / share) : Math.sqrt((df * inner) / (1 - inner));
  return p < 0.5 ? 0 - t : t;
}

/** Above so many degrees of freedom Student's distribution is computed from the normal one: its own series lose digits there. */
const NEARLY_NORMAL = 20_000;

/**
 * The normal deviate with the tail of a Student's t of many degrees of freedom (Hill 1970, Communications of the ACM 13:617,
 * algorithm 395, whose error is of order df⁻³).
 */
function normalFromStudent(t: number, df: number): number {
  if (df === Infinity || !Number.isFinite(t)) return t;
  const a = df - 0.5;
  const z = Math.sqrt(a * log1p((t / df) * t));
  return t < 0 ? 0 - (z + hill(z, a)) : z + hill(z, a);
}

/** The other way round: Hill's sum is inverted by going back by what it adds, which is hardly anything. */
function studentFromNormal(deviate: number, df: number): number {
  if (df === Infinity || !Number.isFinite(deviate) || deviate === 0) return deviate;
  const a = df - 0.5;
  const target = Math.abs(deviate);
  let z = target;
  for (let i = 0; i < 4; i++) z = target - hill(z, a);
  const t = Math.sqrt(df * expm1((z / a) * z));
  return deviate < 0 ? 0 - t : t;
}

function hill(z: number, a: number): number {
  const b = 48 * a * a;
  const square = z * z;
  const next = (((4 * square + 33) * square + 240) * square + 855) / (10 * b * (b + 0.8 * square * square + 100));
  return z * ((square + 3) / b - (b < 1e150 ? next : 0));
}

/** The probability of a value further from zero than t on either side. */
function outside(t: number, df: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  // A small tail is computed as such; one near 1 as what it lacks of it.
  return square > 1 ? betainc(df / (df + square), df / 2, 0.5) : 1 - betainc(square / (df + square), 0.5, df / 2);
}

/**
 * The upper tail of the F distribution, R's `pf(f, df1, df2, lower.tail = FALSE)`.
 *
 * One wants it for a test of several coefficients whose variance was itself estimated from few imputations. The regularised
 * incomplete beta function at df2/(df2 + df1·f) (Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2,
 * eq. 27.1).
 *
 * @param f a statistic of at least 0
 * @param df1 degrees of freedom of the numerator, above 0
 * @param df2 of the denominator, above 0; Infinity gives chi-square by its degrees of freedom
 * @throws {InvalidInputError} if f is below 0 or NaN, or a number of degrees of freedom is not positive
 * @example fUpperTail(3.0984, 3, 20) // 0.05
 */
export function fUpperTail(f: number, df1: number, df2: number): number {
  const action = "fUpperTail";
  checkNumber(action, "f", f);
  checkDegrees(action, df1);
  checkDegrees(action, df2);
  if (f < 0 || df1 === Infinity) {
    const found = f < 0 ? `f is ${f}; a number of at least 0` : "df1 is Infinity; a finite number";
    throw new InvalidInputError(`${action}: ${found} is needed`, f < 0 ? "f" : "df1");
  }
  if (df2 === Infinity) return chiSquareUpperTail(f * df1, df1);
  if (f === Infinity) return 0;
  const share = df2 / (df2 + df1 * f);
  return share < 0.5 ? betainc(share, df2 / 2, df1 / 2) : 1 - betainc((df1 * f) / (df2 + df1 * f), df1 / 2, df2 / 2);
}

/** A proportion with its exact interval. */
export interface BinomialInterval {
  readonly successes: number;
  readonly trials: number;
  readonly confidence: number;
  /** successes / trials */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The exact (Clopper–Pearson) interval of a proportion, R's `binom.test(successes, trials)$conf.int`.
 *
 * One wants it where counts are small, as for 16 released of 19: the normal approximation's interval would reach
 * above 1. The limits are quantiles of beta distributions (Clopper and Pearson 1934, Biometrika 26:404; Johnson,
 * Kemp and Kotz 2005, Univariate Discrete Distributions, eq. 3.52). They cover the truth with at least the stated
 * probability, usually with more.
 *
 * @param successes how many of the trials succeeded, a whole number
 * @param trials how many there were, a whole number of at least 1
 * @param confidence the coverage, above 0 and below 1
 * @returns the proportion and its limits, all from 0 to 1
 * @throws {InvalidInputError} if a count is not whole, or successes exceed trials, or confidence is not inside (0, 1)
 * @example binomialInterval(16, 19) // { estimate: 0.842, lower: 0.604, upper: 0.966, … }
 */
export function binomialInterval(successes: number, trials: number, confidence = 0.95): BinomialInterval {
  const action = "binomialInterval";
  checkWhole(action, "trials", trials, 1);
  checkWhole(action, "successes", successes, 0, trials);
  checkConfidence(action, confidence);
  const tail = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    successes,
    trials,
    confidence,
    estimate: successes / trials,
    lower: successes === 0 ? 0 : betaincinv(tail, successes, failures + 1),
    // Asking for the upper tail keeps the digits that 1 − tail would lose.
    upper: failures === 0 ? 1 : betaincinv(tail, successes + 1, failures, true),
  };
}

function checkNumber(action: string, argument: string, value: number): void {
  if (typeof value === "number" && !Number.isNaN(value)) return;
  throw new InvalidInputError(`${action}: ${argument} is ${shown(value)}; a number is needed`, argument);
}

/** Infinity is the normal distribution's. */
function checkDegrees(action: string, df: number): void {
  if (df > 0) return;
  throw new InvalidInputError(`${action}: df is ${shown(df)}; a number above 0 is needed`, "df");
}
