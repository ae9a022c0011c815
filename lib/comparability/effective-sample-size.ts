import type { PerArm } from "./arms";

/**
 * Kish's effective sample size, (Σw)² / Σw²: how many rows of equal weight would give a mean the same variance
 * (Kish 1965, Survey Sampling, section 8.2); cobalt's `ESS`.
 *
 * @param weights checked weights, at least one above 0
 * @example effectiveSampleSize([1, 1, 1, 3]) // 3
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, weights[i]);
  if (!(largest > 0 && largest < Infinity)) {
    throw new RangeError(
      `effectiveSampleSize: the largest weight is ${largest}; finite weights with one above 0 are needed`,
    );
  }
  // Relative to the largest, so that no square overflows or vanishes.
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] / largest;
    if (!(weight >= 0)) {
      throw new RangeError(
        `effectiveSampleSize: weights[${i}] is ${weights[i]}; a number of at least 0 is needed`,
      );
    }
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}

/** The same within each arm. */
export function effectiveSampleSizes(weights: Float64Array, treated: Uint8Array): PerArm {
  return {
    treated: effectiveSampleSize(weights.filter((_, i) => treated[i] === 1)),
    control: effectiveSampleSize(weights.filter((_, i) => treated[i] === 0)),
  };
}
