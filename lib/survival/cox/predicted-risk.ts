import { InvalidInputError } from "../../statistics";
import { exp } from "../../statistics/elementary";
import { shown } from "../outcome";
import { byRow, type CoxDesign, type CoxInput, stratumOfPositions } from "./design";
import { fillPredictor, type RiskSums } from "./hazards";
import { columnMeans } from "./score-residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/** Linear predictors by position. */
export function predictorOf(design: CoxDesign, coefficients: Float64Array): Float64Array {
  const predictor = new Float64Array(design.n);
  fillPredictor(design, coefficients, predictor);
  return predictor;
}

/** Sums over the event times of a stratum up to each of them; the last element is the 0 before its first. */
export function cumulateSums(sums: RiskSums) {
  const { design, sets, increment, squares } = sums;
  const cumulate = (values: Float64Array) => {
    const total = new Float64Array(sets.count + 1);
    for (let s = 0; s + 1 < sets.strata.length; s++) {
      let sum = 0;
      for (let e = sets.strata[s]; e < sets.strata[s + 1]; e++) {
        sum += values[e];
        total[e] = sum;
      }
    }
    return total;
  };
  /** The element for a time in a stratum. */
  const until = (stratum: number, time: number): number => {
    const from = sets.strata[stratum];
    // Written out, as it is asked for every time of a curve.
    let [low, high] = [from, sets.strata[stratum + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (design.time[sets.first[middle]] <= time) low = middle + 1;
      else high = middle;
    }
    return low === from ? sets.count : low - 1;
  };
  /** Σ x̄·dΛ̂ of each covariate. */
  const change = () => design.names.map((_, j) => cumulate(columnMeans(sums, j).change));
  return { hazard: cumulate(increment), squares: cumulate(squares), change, until };
}

/**
 * The cumulative hazard over (entry, time] of a row x of the design's columns in a stratum, and its error, null where the fit's
 * robust variance does not hold: exp(2βx)·(Σ w̄/S₀² + qᵀVq), with q = ∫(x − x̄)dΛ̂₀ (Tsiatis 1981, Annals of Statistics 9:93).
 */
export function hazardsOf(action: string, fit: CoxFit) {
  const sums = sumsAtSolution(action, fit);
  const { coefficients, variance } = solutionOf(action, fit);
  const { hazard, squares, change, until } = cumulateSums(sums);
  const means = change();
  return (x: readonly number[], stratum: number, offset = 0) => {
    const risk = exp(x.reduce((sum, value, j) => sum + value * coefficients[j], offset - sums.shift));
    const q = new Float64Array(x.length);
    return (time: number, entry = 0) => {
      const to = until(stratum, time);
      // An entry of 0 is the beginning, before an event at 0.
      const from = entry > 0 ? until(stratum, entry) : sums.sets.count;
      const passed = hazard[to] - hazard[from];
      for (let j = 0; j < q.length; j++) q[j] = x[j] * passed - (means[j][to] - means[j][from]);
      const error = variance && risk * Math.sqrt(squares[to] - squares[from] + varianceOf(q, variance));
      return { hazard: risk * passed, error };
    };
  };
}

/** qᵀVq, which rounding may not take below 0. */
export function varianceOf(q: ArrayLike<number>, v: Float64Array): number {
  const p = q.length;
  let form = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) form += q[i] * v[i * p + j] * q[j];
  return Math.max(0, form);
}

/** Numbers and labels that a row has by name, null where one is not known. */
type RowValues = Readonly<Record<string, number | string | null>>;

/** A row's covariates on the design's columns; NaN for one that may be null and is. */
export function covariatesOf(action: string, design: CoxDesign, row: RowValues, index: number, orNull = false) {
  if (typeof row !== "object" || row === null) {
    throw new InvalidInputError(`${action}: rows[${index}] is ${shown(row)}; an object is needed`, "rows", index);
  }
  const needed = `a finite number${orNull ? ", or null," : ""} is needed for each term of the model`;
  return design.names.map((name, j) => {
    if (orNull && Object.hasOwn(row, name) && row[name] === null) return Number.NaN;
    return (numberOf(action, row, index, name, { needed }) - design.center[j]) / design.scale[j];
  });
}

/** A number of a row; `otherwise` where it has none. */
export function numberOf(
  action: string,
  row: RowValues,
  index: number,
  name: string,
  { otherwise, needed = "a finite number is needed" }: { readonly otherwise?: number; readonly needed?: string } = {},
): number {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new InvalidInputError(`${action}: rows[${index}].${name} is ${shown(value)}; ${needed}`, "rows", index);
}

/** What a fit says of rows, in the order of their vectors. */
export interface PredictedRows {
  /** β·x + offset, up to a constant. */
  readonly predictor: Float64Array;
  /** The stratum of the fit that each row is in. */
  readonly stratum: Uint32Array;
}

/**
 * The rows that a model was fitted to, in the caller's order, with what was observed of them.
 *
 * @throws {InvalidInputError} where rows enter late: how likely a row was to be seen is then not that of its censoring alone
 */
export function fittedRows(action: string, fit: CoxFit) {
  const { design, coefficients } = solutionOf(action, fit);
  const { time, event, entry, weights, counts } = design;
  if (entry !== null) {
    const message = `${action}: the model was fitted with entry; how likely a row is to be seen is known here for rows that are at risk from the beginning only`;
    throw new InvalidInputError(message, "fit");
  }
  const back = (values: ArrayLike<number>) => byRow(design, values);
  return {
    rows: {
      predictor: back(predictorOf(design, coefficients)),
      stratum: Uint32Array.from(back(stratumOfPositions(design))),
    },
    outcome: {
      time: back(time),
      event: back(event),
      ...(weights && { weights: back(weights.map((weight, i) => weight / (counts?.[i] ?? 1))) }),
      ...(counts && { counts: back(counts) }),
    },
  };
}

/** The predictors of n other rows of the first stratum, from their covariates. */
export function otherRows(action: string, fit: CoxFit, n: number, covariates: CoxInput["covariates"]): PredictedRows {
  const { design, coefficients } = solutionOf(action, fit);
  const { names, center, scale } = design;
  const predictor = Float64Array.from({ length: n }, (_, i) =>
    names.reduce((sum, name, j) => sum + (coefficients[j] * (covariates[name][i] - center[j])) / scale[j], 0),
  );
  return { predictor, stratum: new Uint32Array(n) };
}

/** The probability of the event by a time for each row: 1 − exp(−exp(β·x)·Λ₀(t)) of its stratum. */
export function risksOf(action: string, fit: CoxFit, { predictor, stratum }: PredictedRows) {
  const sums = sumsAtSolution(action, fit);
  const { hazard, until } = cumulateSums(sums);
  return (time: number): Float64Array =>
    predictor.map((value, i) => 1 - exp(-exp(value - sums.shift) * hazard[until(stratum[i], time)]));
}
