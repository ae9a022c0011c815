import { InvalidInputError, normalCdf, normalQuantile } from "../statistics";
import { pow } from "../statistics/elementary";
import { checkAllFinite, checkConfidence } from "../statistics/inner";

export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
  /** True if there are too few replicates for a limit, and the smallest or largest of them stands in for it. */
  readonly extreme: boolean;
}

export interface BootstrapIntervals {
  readonly percentile: BootstrapInterval;
  readonly basic: BootstrapInterval;
  /** Null where it cannot be had; `refusal` says why. */
  readonly bca: BootstrapInterval | null;
  readonly refusal: string | null;
  /** z₀: the normal quantile of the share of replicates below the estimate; null if none or all are. */
  readonly biasCorrection: number | null;
  /** a, from the jackknife; null without one or if it does not vary. */
  readonly acceleration: number | null;
}

/**
 * Bootstrap confidence intervals from replicates of a statistic; R's `boot::boot.ci(type = c("perc", "basic", "bca"))`.
 *
 * | interval | limits | use |
 * |---|---|---|
 * | percentile | quantiles of the replicates | simple; keeps a parameter's range |
 * | basic | 2·estimate − quantiles | Davison and Hinkley's default |
 * | BCa | quantiles at Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))) | second-order accurate; corrects bias and skewness |
 *
 * Efron 1987 (JASA 82:171, section 4) for BCa, with the acceleration a = Σ d³/(6 (Σ d²)^1.5), d = mean of the jackknife
 * values − value (Efron and Tibshirani 1993, An Introduction to the Bootstrap, eq. 14.15). A quantile is the order
 * statistic (R + 1)α, interpolated on the normal scale where that is not whole (Davison and Hinkley 1997, Bootstrap
 * Methods and their Application, eq. 5.8), as in boot.
 *
 * @param estimate the statistic of the sample itself
 * @param replicates the statistic of each bootstrap sample
 * @param jackknife the statistic without each row (or cluster) in turn; null for no BCa interval
 * @param confidence coverage, 0.95 unless told
 * @throws {InvalidInputError} naming argument and index, if a value is not finite or there are fewer than two
 * @example bootstrapIntervals(2, [1, 2, 3, 2.5], null, 0.5).percentile // { lower: 1.28, upper: 2.86, extreme: false }
 */
export function bootstrapIntervals(
  estimate: number,
  replicates: ArrayLike<number>,
  jackknife: ArrayLike<number> | null,
  confidence = 0.95,
): BootstrapIntervals {
  const action = "bootstrapIntervals";
  checkConfidence(action, confidence);
  if (!Number.isFinite(estimate)) {
    throw new InvalidInputError(`${action}: estimate is ${estimate}; a finite number is needed`, "estimate");
  }
  checkAllFinite(action, "replicates", replicates, 2);
  if (jackknife !== null) checkAllFinite(action, "jackknife", jackknife, 2);
  const sorted = Float64Array.from(replicates).sort();
  const tails = [(1 - confidence) / 2, (1 + confidence) / 2] as const;
  const percentile = quantiles(sorted, tails);
  const basic = {
    lower: 2 * estimate - percentile.upper,
    upper: 2 * estimate - percentile.lower,
    extreme: percentile.extreme,
  };
  const below = countBelow(sorted, estimate);
  const biasCorrection = below === 0 || below === sorted.length ? null : normalQuantile(below / sorted.length);
  const a = jackknife === null ? null : accelerationOf(jackknife);
  const refusal = refusalOf(jackknife, below, biasCorrection, a, tails);
  let bca: BootstrapInterval | null = null;
  if (refusal === null && biasCorrection !== null && a !== null) {
    const adjusted = tails.map((tail) => {
      const z = biasCorrection + normalQuantile(tail);
      return normalCdf(biasCorrection + z / (1 - a * z));
    });
    bca = quantiles(sorted, [adjusted[0], adjusted[1]]);
  }
  return { percentile, basic, bca, refusal, biasCorrection, acceleration: a };
}

/** Why there is no BCa interval, or null if there is. */
function refusalOf(
  jackknife: ArrayLike<number> | null,
  below: number,
  biasCorrection: number | null,
  a: number | null,
  tails: readonly [number, number],
): string | null {
  if (jackknife === null) return "there are no jackknife values to take the acceleration from";
  if (biasCorrection === null) {
    const which = below === 0 ? "no replicate is" : "all replicates are";
    return `${which} below the estimate, so that the bias correction is infinite`;
  }
  if (a === null) return "the statistic is the same whichever row is left out, so that there is no acceleration";
  // Beyond the pole the adjusted levels would change places.
  if (tails.every((tail) => a * (biasCorrection + normalQuantile(tail)) < 1)) return null;
  return `the bias correction ${biasCorrection.toPrecision(3)} and the acceleration ${a.toPrecision(3)} are too large for this confidence`;
}

/** Replicates below the estimate by more than rounding, which depends on the order of a sum: a part of their spread. */
function countBelow(sorted: Float64Array, estimate: number): number {
  const spread = sorted[sorted.length - 1] - sorted[0];
  const limit = estimate - 1e-10 * spread - 1e-14 * Math.abs(estimate);
  let count = 0;
  while (count < sorted.length && sorted[count] < limit) count++;
  return count;
}

function accelerationOf(jackknife: ArrayLike<number>): number | null {
  const values = Array.from(jackknife);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(mean - value)), 0);
  if (largest <= 1e-12 * Math.abs(mean)) return null;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    // a has no unit; relative to the largest difference no power overflows or vanishes.
    const d = (mean - value) / largest;
    squares += d * d;
    cubes += d * d * d;
  }
  return cubes / (6 * pow(squares, 1.5));
}

function quantiles(sorted: Float64Array, tails: readonly [number, number]): BootstrapInterval {
  const [lower, upper] = tails.map((tail) => orderStatistic(sorted, tail));
  return { lower: lower.value, upper: upper.value, extreme: lower.extreme || upper.extreme };
}

/** The (R + 1)α-th order statistic (boot's norm.inter). */
function orderStatistic(sorted: Float64Array, alpha: number): { value: number; extreme: boolean } {
  const count = sorted.length;
  const rank = (count + 1) * alpha;
  const nearest = Math.round(rank);
  // (R + 1)α is meant to be whole for R = 999; rounding must not make it 24.999….
  const k = Math.abs(rank - nearest) < 1e-9 * rank ? nearest : Math.floor(rank);
  if (k < 1) return { value: sorted[0], extreme: true };
  if (k >= count) return { value: sorted[count - 1], extreme: rank > count };
  if (Math.abs(rank - k) < 1e-9 * rank) return { value: sorted[k - 1], extreme: false };
  const from = normalQuantile(k / (count + 1));
  const to = normalQuantile((k + 1) / (count + 1));
  const share = (normalQuantile(alpha) - from) / (to - from);
  return { value: sorted[k - 1] + share * (sorted[k] - sorted[k - 1]), extreme: false };
}
