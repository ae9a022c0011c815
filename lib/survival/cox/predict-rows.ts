import { InvalidInputError } from "../../statistics";
import { exp, square } from "../../statistics/elementary";
import { checkFields, checkFlag, checkOneOf, lengthOf } from "../../statistics/inner";
import { groupRows } from "../groups";
import { type Labels, shown } from "../outcome";
import type { CoxDesign } from "./design";
import { meanOffset, referencesOf } from "./predict";
import { covariatesOf, hazardsOf, numberOf, varianceOf } from "./predicted-risk";
import { solutionOf } from "./solution";
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
  const { design } = solutionOf(action, fit);
  const predicted = type === "expected" || type === "survival" ? hazards(fit, type) : predictors(fit, type, reference);
  const values = rows.map((row, i): PredictedValue => {
    const x = covariatesOf(action, design, row, i, true);
    if (x.some(Number.isNaN)) return { value: null, standardError: null };
    const found = predicted(x, stratumOf(design, row, i), row, i);
    return standardError ? found : { ...found, standardError: null };
  });
  if (options.collapse === undefined) return values;
  const { code, labels } = groupRows(action, "collapse", options.collapse, n);
  return labels.map((_, g) => {
    const some = values.filter((__, i) => code[i] === g);
    const variance = sumOf(some.map(({ standardError: error }) => error && square(error)));
    return { value: sumOf(some.map(({ value }) => value)), standardError: variance && Math.sqrt(variance) };
  });
}

const sumOf = (values: readonly (number | null)[]): number | null =>
  values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);

/** What is predicted of a row that is x on the design's columns, in a stratum. */
type Predictor = (x: readonly number[], stratum: number, row: PredictRow, index: number) => PredictedValue;

/** A number that a row may have, 0 unless told. */
const orZero = (row: PredictRow, index: number, name: "entry" | "offset"): number =>
  row[name] === undefined ? 0 : numberOf("predict", row, index, name);

/** β·(x − reference) and its error. */
function predictors(fit: CoxFit, type: "lp" | "risk", reference: "strata" | "sample" | "zero"): Predictor {
  const { design, coefficients, variance } = solutionOf("predict", fit);
  const references = referencesOf(design, reference);
  const center = meanOffset(fit);
  return (x, stratum, row, index) => {
    const distance = x.map((value, j) => value - references[stratum][j]);
    const value = distance.reduce((sum, by, j) => sum + by * coefficients[j], orZero(row, index, "offset") - center);
    const error = variance && Math.sqrt(varianceOf(distance, variance));
    if (type === "lp") return { value, standardError: error };
    return { value: exp(value), standardError: error && error * Math.sqrt(exp(value)) };
  };
}

/** Events expected over (entry, time], or the probability of none. */
function hazards(fit: CoxFit, type: "expected" | "survival"): Predictor {
  const hazardOf = hazardsOf("predict", fit);
  return (x, stratum, row, index) => {
    const [time, entry] = [numberOf("predict", row, index, "time"), orZero(row, index, "entry")];
    if (entry > time || time < 0) {
      const message = `predict: rows[${index}] has entry ${entry} and time ${time}; a time of at least 0, not before entry, is needed`;
      throw new InvalidInputError(message, "rows", index);
    }
    const { hazard, error } = hazardOf(x, stratum, orZero(row, index, "offset"))(time, entry);
    if (type === "expected") return { value: hazard, standardError: error };
    return { value: exp(-hazard), standardError: error && error * exp(-hazard) };
  };
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
