import { InvalidInputError } from "../statistics";
import { square } from "../statistics/elementary";
import { checkFields, checkOneOf, largest, smallest } from "../statistics/inner";
import { type Covariate, checkArmWeights, checkCovariate, checkTreated, type PerArm, type Treated } from "./columns";

/** Whose standard deviation a difference is measured in. */
export type Denominator = "pooled" | "treated" | "control";

/** How one numeric column differs between the arms. */
export interface MeanDifference {
  readonly mean: PerArm;
  /** Standard deviation of a continuous column in each arm, weighted as the means are; null where an arm has one value. */
  readonly standardDeviation: PerArm<number | null>;
  /** Treated mean less control mean, in the column's unit (a difference of proportions where it is binary). */
  readonly difference: number;
  /** The difference in standard deviations; null where these are 0 or cannot be had and the means differ. */
  readonly standardizedDifference: number | null;
  /** Treated variance over control variance, of continuous columns; null where it cannot be had. */
  readonly varianceRatio: number | null;
}

export interface MeanDifferenceOptions {
  /**
   * "pooled" (unless told): the root of the mean of both arms' variances (Austin 2009); "treated" or "control": that
   * arm's own, as where the effect on the treated is wanted (Rosenbaum and Rubin 1985).
   */
  readonly denominator?: Denominator;
  /** A weight for each row. Means and variances are weighted; the denominator is not. */
  readonly weights?: ArrayLike<number>;
}

/**
 * The standardised mean difference of one covariate between two arms; what R's cobalt calls `col_w_smd`.
 *
 * One wants it to ask whether groups are comparable, without a p value, which says more about their size than about
 * their difference: (mean of the treated − mean of the controls) / standard deviation. Below 0.1 a difference is
 * commonly called negligible (Austin 2009, Statistics in Medicine 28:3083, eqs. 1 and 2; for "treated" Rosenbaum and
 * Rubin 1985, The American Statistician 39:33).
 *
 * A continuous variance is the sample variance; that of a column of two values is p(1 − p) in units of their distance, as
 * cobalt has it, so that sex coded 1 and 2 gives what 0 and 1 give. With weights the variance is
 * Σw/((Σw)² − Σw²) · Σw(x − mean)², and the denominator stays that of the unweighted rows, so that the numbers before
 * and after weighting can be compared (Stuart 2010, Statistical Science 25:1, section 4.1). Rows whose value is missing
 * (null) have no part; {@link balanceTable} counts them.
 *
 * @param values numbers or booleans, an element a row; texts belong into {@link balanceTable}
 * @param treated 1 or true for the treated arm, an element a row
 * @returns both means, their difference and the standardised difference, which has no unit
 * @throws {InvalidInputError} naming argument and index; also if the covariate is missing in a whole arm
 * @example
 * standardizedMeanDifference([41, 50, 38, 29], [1, 1, 0, 0]).standardizedDifference // 1.89
 */
export function standardizedMeanDifference(
  values: Covariate,
  treated: Treated,
  options: MeanDifferenceOptions = {},
): MeanDifference {
  const action = "standardizedMeanDifference";
  checkFields(action, "options", options, ["denominator", "weights"]);
  const arms = checkTreated(action, treated);
  const checked = checkCovariate(action, "values", "values", values, arms.length);
  if (checked.kind === "factor") {
    const message = `${action}: values are texts; give the factor to balanceTable, which compares each level`;
    throw new InvalidInputError(message, "values");
  }
  const weights = options.weights === undefined ? null : checkArmWeights(action, options.weights, arms);
  const column = { argument: "values", values: checked.values, binary: checked.kind === "binary" };
  return compareArms(action, column, arms, weights, options.denominator ?? "pooled");
}

/** A column of numbers, NaN where one is missing, and what messages call it. */
interface NumericColumn {
  readonly argument: string;
  readonly values: Float64Array;
  readonly binary: boolean;
}

/** The comparison itself, of checked columns. */
export function compareArms(
  action: string,
  column: NumericColumn,
  treated: Uint8Array,
  weights: Float64Array | null,
  denominator: Denominator,
): MeanDifference {
  checkOneOf(action, "denominator", denominator, ["pooled", "treated", "control"]);
  const { binary } = column;
  const known = column.values.filter((value) => !Number.isNaN(value));
  const range = [smallest(known), largest(known)] as const;
  const moments = (by: Float64Array | null) =>
    [0, 1].map((arm) => armMoments(action, column, range, { treated, arm, weights: by }));
  const [control, exposed] = moments(weights);
  const [plainControl, plainExposed] = weights === null ? [control, exposed] : moments(null);
  // Means of equal columns may differ in their last digits, as those of 0.1 + 0.2 and 0.3 do.
  const raw = exposed.mean - control.mean;
  const difference = Math.abs(raw) <= roundingOf(range) ? 0 : raw;
  const spread = denominatorOf(denominator, plainExposed.variance, plainControl.variance);
  const root = (variance: number | null) => (binary || variance === null ? null : Math.sqrt(variance));
  return {
    mean: { treated: exposed.mean, control: control.mean },
    standardDeviation: { treated: root(exposed.variance), control: root(control.variance) },
    difference,
    standardizedDifference: difference === 0 ? 0 : spread === null || spread === 0 ? null : difference / spread,
    varianceRatio:
      binary || exposed.variance === null || control.variance === null || control.variance === 0
        ? null
        : exposed.variance / control.variance,
  };
}

function denominatorOf(denominator: Denominator, treated: number | null, control: number | null): number | null {
  if (denominator === "treated") return treated === null ? null : Math.sqrt(treated);
  if (denominator === "control") return control === null ? null : Math.sqrt(control);
  return treated === null || control === null ? null : Math.sqrt((treated + control) / 2);
}

/** What in a column of this range is rounding: of its spread, and of the values themselves where they are far from 0. */
function roundingOf([low, high]: readonly [number, number]): number {
  return 1e-12 * (high - low) + 1e-15 * Math.max(Math.abs(low), Math.abs(high));
}

/** Mean and variance of one arm's known values; the variance is null for a single continuous value. */
function armMoments(
  action: string,
  { argument, values, binary }: NumericColumn,
  range: readonly [low: number, high: number],
  rows: { readonly treated: Uint8Array; readonly arm: number; readonly weights: Float64Array | null },
): { mean: number; variance: number | null } {
  const { treated, arm, weights } = rows;
  let total = 0;
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (treated[i] !== arm || Number.isNaN(values[i])) continue;
    const weight = weights === null ? 1 : weights[i];
    total += weight;
    squares += weight * weight;
    sum += weight * values[i];
  }
  if (total === 0) {
    const where = arm === 1 ? "treated" : "control";
    const message =
      weights === null
        ? `${action}: ${argument} is missing in all ${where} rows; leave it out`
        : `${action}: ${argument} is missing or weighs 0 in all ${where} rows; leave it out`;
    throw new InvalidInputError(message, argument);
  }
  const mean = sum / total;
  if (binary) {
    // (larger − mean)(mean − smaller): p(1 − p) of 0 and 1, and as many squared units of other codes.
    return { mean, variance: Math.max(0, (range[1] - mean) * (mean - range[0])) };
  }
  let deviations = 0;
  for (let i = 0; i < values.length; i++) {
    if (treated[i] !== arm || Number.isNaN(values[i])) continue;
    deviations += (weights === null ? 1 : weights[i]) * square(values[i] - mean);
  }
  const freedom = total - squares / total;
  // One row with weight: Σw − Σw²/Σw is 0 up to rounding.
  if (freedom <= 1e-12 * total) return { mean, variance: null };
  const variance = deviations / freedom;
  return { mean, variance: variance <= square(roundingOf(range)) ? 0 : variance };
}
