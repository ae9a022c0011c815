import { InvalidInputError } from "../../statistics";
import { exp, square } from "../../statistics/elementary";
import { checkFields, checkFlag, checkOneOf, lengthOf } from "../../statistics/inner";
import { groupRows } from "../groups";
import { type Labels, shown } from "../outcome";
import type { CoxDesign } from "./design";
import type { RiskSums } from "./hazards";
import { mean, meanOffset, plusForm, referenceValue } from "./predict";
import { columnMeans } from "./score-residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/**
 * A row to predict for: the model's covariates by name, null where one is not known; its `stratum` where the model has strata;
 * `offset` (0 unless told); and for "expected" and "survival" the `time` up to which, and `entry` from which (0 unless told).
 */
export type PredictRow = Readonly<Record<string, number | string | null>>;

export type PredictType = "lp" | "risk" | "expected" | "survival";

export interface PredictRowsOptions {
  /** What is predicted; "lp" unless told. */
  readonly type?: PredictType;
  /** Whether standard errors are wanted; false unless told. */
  readonly standardError?: boolean;
  /** What "lp" and "risk" are relative to: the means of the row's stratum (as in R unless told), of all rows, or zero. */
  readonly reference?: "strata" | "sample" | "zero";
  /** Rows of one label are added up: the person of each row, say. */
  readonly collapse?: Labels;
}

export interface PredictedValue {
  /** null where a covariate is. */
  readonly value: number | null;
  /** null where it is not asked for, or the fit's robust variance does not hold. */
  readonly standardError: number | null;
}

const OWN = ["stratum", "offset", "time", "entry"];

/**
 * What a model says of given rows; R's `predict(fit, newdata = rows, type, se.fit, reference, collapse)`.
 *
 * | type | value |
 * |---|---|
 * | lp | β·(x − reference) + offset − mean offset, the log of |
 * | risk | the hazard relative to that of the reference; its standard error is R's, that of lp times √risk |
 * | expected | the events expected of the row from `entry` to `time`: exp(β·x)·(Λ̂₀(time) − Λ̂₀(entry)) |
 * | survival | exp(−expected): the probability of no event until `time` for one who is under observation at `entry` |
 *
 * One wants "survival" to say a hazard ratio in per cent, and "expected" to hold what happened against what the model says.
 * The variance of what is expected is that of predictSurvival's cumulative hazard (Tsiatis 1981, Annals of Statistics 9:93),
 * over (entry, time]; R takes a difference of two variances there, and adds the offset of a new row to exp(β·x). After a
 * frailty the group's log frailty is 0; give one as `offset`.
 *
 * @param rows covariates by name, with stratum, time and entry where they are needed
 * @returns a value for each row, or for each label of `collapse`, in increasing order of labels
 * @throws {InvalidInputError} if fit is not from cox(), or a row lacks what is needed, naming it
 * @example predict(fit, [{ featured: 1, year: 2012, time: 36 }], { type: "survival", standardError: true })
 */
export function predict(fit: CoxFit, rows: readonly PredictRow[], options: PredictRowsOptions = {}): PredictedValue[] {
  const action = "predict";
  checkFields(action, "options", options, ["type", "standardError", "reference", "collapse"]);
  const { type = "lp", standardError = false, reference = "strata" } = options;
  checkOneOf(action, "type", type, ["lp", "risk", "expected", "survival"]);
  checkOneOf(action, "reference", reference, ["strata", "sample", "zero"]);
  checkFlag(action, "standardError", standardError);
  const n = lengthOf(action, "rows", rows);
  const isHazard = type === "expected" || type === "survival";
  const predicted = isHazard ? hazards(fit, type) : predictors(fit, type, reference);
  const { design } = solutionOf(action, fit);
  const values = rows.map((row, i): PredictedValue => {
    const x = covariatesOf(design, row, i);
    if (x === null) return { value: null, standardError: null };
    const { value, error } = predicted({ x, stratum: stratumOf(design, row, i), row, index: i });
    return { value, standardError: standardError && error !== null ? error : null };
  });
  if (options.collapse === undefined) return values;
  const { code, labels } = groupRows(action, "collapse", options.collapse, n);
  return labels.map((_, g) => sumOf(values.filter((__, i) => code[i] === g)));
}

function sumOf(values: readonly PredictedValue[]): PredictedValue {
  let value: number | null = 0;
  let variance: number | null = 0;
  for (const one of values) {
    value = value === null || one.value === null ? null : value + one.value;
    variance = variance === null || one.standardError === null ? null : variance + square(one.standardError);
  }
  return { value, standardError: variance === null ? null : Math.sqrt(variance) };
}

/** A row on the design's columns. */
interface Row {
  readonly x: Float64Array;
  readonly stratum: number;
  readonly row: PredictRow;
  readonly index: number;
}

type Predictor = (row: Row) => { readonly value: number; readonly error: number | null };

/** β·(x − reference) and its error. */
function predictors(fit: CoxFit, type: "lp" | "risk", reference: "strata" | "sample" | "zero"): Predictor {
  const { design, coefficients, variance } = solutionOf("predict", fit);
  const references = referencesOf(design, reference);
  const center = meanOffset(fit);
  return ({ x, stratum, row, index }) => {
    const distance = x.map((value, j) => value - references[stratum][j]);
    let value = numberOf(row, "offset", index, 0) - center;
    for (let j = 0; j < x.length; j++) value += distance[j] * coefficients[j];
    const error = variance && Math.sqrt(form(variance, distance));
    if (type === "lp") return { value, error };
    const risk = exp(value);
    return { value: risk, error: error && error * Math.sqrt(risk) };
  };
}

/** What covariates are measured from, on the design's columns, for each stratum. */
function referencesOf(design: CoxDesign, reference: "strata" | "sample" | "zero"): Float64Array[] {
  const { n, names, x, center, scale, strata, weights, stratumLabels } = design;
  return Array.from(strata.subarray(1), (to, s) =>
    Float64Array.from(names, (_, j) => {
      if (reference === "zero") return -center[j] / scale[j];
      if (reference === "sample" || stratumLabels === null) return (referenceValue(design, j) - center[j]) / scale[j];
      return mean(x.subarray(j * n + strata[s], j * n + to), weights === null ? null : weights.subarray(strata[s], to));
    }),
  );
}

/** Events expected over (entry, time], or the probability of none. */
function hazards(fit: CoxFit, type: "expected" | "survival"): Predictor {
  const sums = sumsAtSolution("predict", fit);
  const { coefficients, variance } = solutionOf("predict", fit);
  const cumulated = cumulateSums(sums);
  const change = cumulated.change();
  return ({ x, stratum, row, index }) => {
    const time = numberOf(row, "time", index);
    const entry = numberOf(row, "entry", index, 0);
    if (entry > time || time < 0) {
      const message = `predict: rows[${index}] has entry ${entry} and time ${time}; a time of at least 0, not before entry, is needed`;
      throw new InvalidInputError(message, "rows", index);
    }
    // An entry of 0 is the beginning, before an event at 0.
    const from = cumulated.until(stratum, entry > 0 ? entry : -1);
    const to = cumulated.until(stratum, time);
    let predictor = numberOf(row, "offset", index, 0) - sums.shift;
    for (let j = 0; j < x.length; j++) predictor += x[j] * coefficients[j];
    const risk = exp(predictor);
    const hazard = cumulated.hazard[to] - cumulated.hazard[from];
    const q = x.map((value, j) => value * hazard - (change[j][to] - change[j][from]));
    const squares = cumulated.squares[to] - cumulated.squares[from];
    const error = variance && risk * Math.sqrt(squares + form(variance, q));
    const expected = risk * hazard;
    if (type === "expected") return { value: expected, error };
    const survival = exp(-expected);
    return { value: survival, error: error && error * survival };
  };
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
    const first = sets.strata[stratum];
    let [low, high] = [first, sets.strata[stratum + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (design.time[sets.first[middle]] <= time) low = middle + 1;
      else high = middle;
    }
    return low === first ? sets.count : low - 1;
  };
  /** Σ x̄·dΛ̂ of each covariate. */
  const change = () => design.names.map((_, j) => cumulate(columnMeans(sums, j).change));
  return { hazard: cumulate(increment), squares: cumulate(squares), change, until };
}

/** qᵀVq, which rounding may not take below 0. */
const form = (v: Float64Array, q: Float64Array): number => Math.max(0, plusForm(0, q, v));

function covariatesOf({ names, center, scale }: CoxDesign, row: PredictRow, index: number): Float64Array | null {
  if (typeof row !== "object" || row === null) {
    throw new InvalidInputError(`predict: rows[${index}] is ${shown(row)}; an object is needed`, "rows", index);
  }
  const x = new Float64Array(names.length);
  let known = true;
  names.forEach((name, j) => {
    if (Object.hasOwn(row, name) && row[name] === null) known = false;
    else x[j] = (numberOf(row, name, index) - center[j]) / scale[j];
  });
  return known ? x : null;
}

/** A number of a row; `otherwise` where it has none. */
function numberOf(row: PredictRow, name: string, index: number, otherwise?: number): number {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const needed = OWN.includes(name) ? "a finite number is needed" : "a finite number, or null, is needed for each term";
  throw new InvalidInputError(`predict: rows[${index}].${name} is ${shown(value)}; ${needed}`, "rows", index);
}

function stratumOf({ stratumLabels }: CoxDesign, row: PredictRow, index: number): number {
  if (stratumLabels === null) return 0;
  const value = Object.hasOwn(row, "stratum") ? row.stratum : undefined;
  const found = stratumLabels.indexOf(String(value));
  if (value !== undefined && found >= 0) return found;
  const some = stratumLabels.slice(0, 5).map(shown).join(", ");
  const message = `predict: rows[${index}].stratum is ${shown(value)}; one of the model's strata is needed: ${some}${stratumLabels.length > 5 ? ", …" : ""}`;
  throw new InvalidInputError(message, "rows", index);
}
