import betaincinv from "@stdlib/math-base-special-betaincinv";

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
 * @throws {RangeError} if a count is not whole, or successes exceed trials, or confidence is not inside (0, 1)
 * @example binomialInterval(16, 19) // { estimate: 0.842, lower: 0.604, upper: 0.966, … }
 */
export function binomialInterval(successes: number, trials: number, confidence = 0.95): BinomialInterval {
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw new RangeError(`binomialInterval: trials is ${trials}; a whole number of at least 1 is needed`);
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(
      `binomialInterval: successes is ${successes}; a whole number from 0 to ${trials} (trials) is needed`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `binomialInterval: confidence is ${confidence}; a number between 0 and 1 is needed, such as 0.95`,
    );
  }
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
