import { InvalidInputError } from "../statistics";
import { checkFields, lengthOf, shown } from "../statistics/inner";
import {
  type CheckedCovariate,
  type Covariates,
  checkArmWeights,
  checkCovariates,
  checkTreated,
  type PerArm,
  type Treated,
} from "./columns";
import { compareArms, type Denominator, type MeanDifference } from "./mean-difference";

/** A line of a balance table: a covariate, a level of a factor, or how often a covariate is missing. */
export interface BalanceRow {
  readonly covariate: string;
  /** "level": a factor's level, compared as a share. "missing": the share of rows whose value is not known. */
  readonly kind: "continuous" | "binary" | "level" | "missing";
  /** The level's name in lines of kind "level". */
  readonly level: string | null;
  /** Rows in each arm whose value is missing; they have no part in this line's means. */
  readonly missing: PerArm;
  readonly unweighted: MeanDifference;
  /** The same with weights; null where none were given. */
  readonly weighted: MeanDifference | null;
}

export interface BalanceTable {
  readonly n: PerArm;
  readonly denominator: Denominator;
  /** How many rows of equal weight would be as informative, (Σw)²/Σw²; null without weights. */
  readonly effectiveSampleSize: PerArm | null;
  readonly rows: readonly BalanceRow[];
  /** The largest absolute standardised difference before and after weighting; null where none can be had. */
  readonly largest: { readonly unweighted: number | null; readonly weighted: number | null };
}

export interface BalanceInput {
  /** 1 or true for the treated arm, an element a row. */
  readonly treated: Treated;
  readonly covariates: Covariates;
  /** Weights that are to make the arms comparable, such as {@link propensityWeights} gives. */
  readonly weights?: ArrayLike<number>;
}

/**
 * A balance table: the standardised mean difference and variance ratio of each covariate, raw and weighted; what R's
 * `cobalt::bal.tab(…, binary = "std", s.d.denom = …)` and tableone's SMD column give.
 *
 * One wants it before comparing outcomes of groups that nobody assigned by chance: it shows in which respects they
 * differed, by how much, and what weighting leaves of it. A factor has a line for each level. Missing values are
 * counted by arm, and get a line of their own, since that a value is missing may differ between arms as well.
 * Variance ratios far from 1 (below 1/2 or above 2) show differences that means do not (Rubin 2001, Health Services and
 * Outcomes Research Methodology 2:169). Formulas and sources are at {@link standardizedMeanDifference}.
 *
 * @param input the arms, the covariates by name (numbers, booleans, texts; null where missing) and optionally weights
 * @param denominator "pooled" unless told; "treated" where the effect on the treated is wanted
 * @throws {InvalidInputError} naming covariate and index; also for a covariate that is missing in a whole arm
 * @example
 * const table = balanceTable({
 *   treated: [1, 1, 0, 0, 0],
 *   covariates: { age: [41, 50, 38, 29, null], region: ["Asia", "Africa", "Asia", "Asia", "Africa"] },
 * });
 * table.rows[0].unweighted.standardizedDifference // 1.89
 */
export function balanceTable(input: BalanceInput, denominator: Denominator = "pooled"): BalanceTable {
  const action = "balanceTable";
  checkFields(action, "input", input, ["treated", "covariates", "weights"]);
  const treated = checkTreated(action, input.treated);
  const weights = input.weights === undefined ? null : checkArmWeights(action, input.weights, treated);
  const rows = checkCovariates(action, input.covariates, treated.length).flatMap((covariate) => {
    const columns = columnsOf(covariate);
    const missing = countMissing(columns[0].values, treated);
    if (missing.treated + missing.control > 0) columns.push(missingness(columns[0].values));
    return columns.map(({ kind, level, values }): BalanceRow => {
      const column = { argument: `covariates.${covariate.name}`, values, binary: kind !== "continuous" };
      const compare = (by: Float64Array | null) => compareArms(action, column, treated, by, denominator);
      return {
        covariate: covariate.name,
        kind,
        level,
        missing: kind === "missing" ? { treated: 0, control: 0 } : missing,
        unweighted: compare(null),
        weighted: weights === null ? null : compare(weights),
      };
    });
  });
  const exposed = treated.reduce((sum, arm) => sum + arm, 0);
  return {
    n: { treated: exposed, control: treated.length - exposed },
    denominator,
    effectiveSampleSize: weights === null ? null : effectiveSampleSizes(weights, treated),
    rows,
    largest: {
      unweighted: largestDifference(rows.map((row) => row.unweighted)),
      weighted: weights === null ? null : largestDifference(rows.map((row) => row.weighted)),
    },
  };
}

interface Column {
  readonly kind: BalanceRow["kind"];
  readonly level: string | null;
  readonly values: Float64Array;
}

function columnsOf(covariate: CheckedCovariate): Column[] {
  if (covariate.kind !== "factor") return [{ kind: covariate.kind, level: null, values: covariate.values }];
  return covariate.levels.map((level, k) => ({
    kind: "level",
    level,
    values: new Float64Array(covariate.code).map((code) => (code < 0 ? NaN : code === k ? 1 : 0)),
  }));
}

function missingness(values: Float64Array): Column {
  return { kind: "missing", level: null, values: values.map((value) => (Number.isNaN(value) ? 1 : 0)) };
}

function countMissing(values: Float64Array, treated: Uint8Array): PerArm {
  const count = [0, 0];
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) count[treated[i]]++;
  return { treated: count[1], control: count[0] };
}

/** Null if there is no line, or a line's difference is infinite in standard deviations. */
function largestDifference(differences: readonly (MeanDifference | null)[]): number | null {
  let largest = 0;
  for (const difference of differences) {
    const value = difference?.standardizedDifference ?? null;
    if (value === null) return null;
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}

/**
 * Kish's effective sample size, (Σw)² / Σw²: how many rows of equal weight would give a mean the same variance
 * (Kish 1965, Survey Sampling, section 8.2); cobalt's `ESS`.
 *
 * @param weights checked weights, at least one above 0
 * @example effectiveSampleSize([1, 1, 1, 3]) // 3
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  const n = lengthOf("effectiveSampleSize", "weights", weights);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights[i];
    if (!(weight >= 0 && weight < Infinity)) {
      const message = `effectiveSampleSize: weights[${i}] is ${shown(weight)}; a finite number of at least 0 is needed`;
      throw new InvalidInputError(message, "weights", i);
    }
    largest = Math.max(largest, weight);
  }
  if (largest === 0) {
    const message = "effectiveSampleSize: the largest weight is 0; finite weights with one above 0 are needed";
    throw new InvalidInputError(message, "weights");
  }
  let sum = 0;
  let squares = 0;
  // Relative to the largest, so that no square overflows or vanishes.
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] / largest;
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
