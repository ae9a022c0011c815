import { InvalidInputError, type RandomSource, seededRandom } from "../statistics";
import { pow } from "../statistics/elementary";
import { checkConfidence, checkFields, checkWhole } from "../statistics/inner";
import type { InterruptedFit } from "./interrupted";
import { linearPart, pulseHalfLife } from "./pulse";
import { since } from "./series";

/**
 * Row indices of one moving-block sample: runs of neighbouring rows, drawn with replacement and put one after the other, so
 * that what is related stays together (Künsch 1989, Annals of Statistics 17:1217).
 *
 * @param n rows of the series
 * @param blockLength rows of a run, 1 to n
 * @returns n indices; the last run is cut off where it does not fit
 * @throws {InvalidInputError} for a block length outside 1 to n
 * @example movingBlocks(6, 3, seededRandom(1)) // such as [2, 3, 4, 0, 1, 2]
 */
export function movingBlocks(n: number, blockLength: number, random: RandomSource): number[] {
  checkWhole("movingBlocks", "n", n, 1, 0x100000000);
  checkBlocks("movingBlocks", n, blockLength);
  const rows: number[] = [];
  while (rows.length < n) {
    const from = random.integer(n - blockLength + 1);
    for (let i = 0; i < blockLength && rows.length < n; i++) rows.push(from + i);
  }
  return rows;
}

function checkBlocks(action: string, n: number, blockLength: number): void {
  if (Number.isInteger(blockLength) && blockLength >= 1 && blockLength <= n) return;
  const message = `${action}: blocks of ${blockLength} rows; a whole number from 1 to ${n} is needed`;
  throw new InvalidInputError(message, "blockLength");
}

/** Options of {@link halfLifeBootstrap}. */
export interface BlockBootstrapOptions {
  readonly seed: number;
  /** 500 unless told. */
  readonly replicates?: number;
  /** Periods of a block; ⌈n^(1/3)⌉ unless told. */
  readonly blockLength?: number;
  readonly confidence?: number;
}

/** A half-life with its bootstrap interval. */
export interface HalfLifeBootstrap {
  readonly estimate: number;
  /** Percentile interval. */
  readonly lower: number;
  readonly upper: number;
  /** The half-lives found, in ascending order. */
  readonly replicates: readonly number[];
  /** Samples in which no half-life could be found, such as one without a pulse. They are left out of the interval. */
  readonly failed: number;
  readonly blockLength: number;
}

/**
 * The interval of a pulse's half-life by a moving-block bootstrap of the residuals: blocks of residuals are put in new order
 * onto the fitted line, the model is fitted again, and the percentiles of the half-lives are the limits.
 *
 * Beside the delta method's interval it needs no normal distribution; like it, it assumes that the model's shape is right
 * and that the noise is of one kind throughout.
 *
 * @param fitted a fit with the model "pulse and level"
 * @throws {InvalidInputError} for a fit without a pulse, replicates that are not a whole number from 2, or where more than half of
 *   the samples give no half-life
 * @example halfLifeBootstrap(fit, { seed: 1 }).upper
 */
export function halfLifeBootstrap(fitted: InterruptedFit, options: BlockBootstrapOptions): HalfLifeBootstrap {
  const action = "halfLifeBootstrap";
  const { fit, halfLife, index } = fitted;
  if (halfLife === null) {
    const message = `${action}: the model "${fitted.model}" has no half-life; "pulse and level" is needed`;
    throw new InvalidInputError(message, "fitted");
  }
  const n = fit.response.length;
  checkFields(action, "options", options, ["seed", "replicates", "blockLength", "confidence"]);
  const { seed, replicates = 500, blockLength = Math.ceil(pow(n, 1 / 3)), confidence = 0.95 } = options;
  checkWhole(action, "seed", seed, 0);
  checkWhole(action, "replicates", replicates, 2);
  checkConfidence(action, confidence);
  checkBlocks(action, n, blockLength);
  // The last two terms are the pulse and its half-life; what is before them is linear and known.
  const linear = linearPart(action, { terms: fit.terms.slice(0, -2), columns: fit.design.slice(0, -2) });
  const after = since(n, index);
  const mean = fit.residuals.reduce((sum, value) => sum + value, 0) / n;
  const found: number[] = [];
  for (let r = 0; r < replicates; r++) {
    const rows = movingBlocks(n, blockLength, seededRandom(seed, r));
    const response = fit.fitted.map((value, i) => value + fit.residuals[rows[i]] - mean);
    const half =
      orNull(() => pulseHalfLife(action, response, linear, after, halfLife.estimate)) ??
      orNull(() => pulseHalfLife(action, response, linear, after));
    if (half !== null) found.push(half);
  }
  if (found.length < replicates / 2) {
    const message = `${action}: ${replicates - found.length} of ${replicates} samples give no half-life`;
    throw new InvalidInputError(message, "fitted");
  }
  found.sort((a, b) => a - b);
  return {
    estimate: halfLife.estimate,
    lower: percentile(found, (1 - confidence) / 2),
    upper: percentile(found, (1 + confidence) / 2),
    replicates: found,
    failed: replicates - found.length,
    blockLength,
  };
}

/** What a function gives, or null where there is no answer. */
function orNull(run: () => number): number | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

/** R's quantile of type 7. */
function percentile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
