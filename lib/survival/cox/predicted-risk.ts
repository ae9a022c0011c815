import { InvalidInputError } from "../../statistics";
import { exp } from "../../statistics/elementary";
import type { Vector } from "../outcome";
import { byRow, stratumOfPositions } from "./design";
import { fillPredictor } from "./hazards";
import { cumulateSums } from "./predict-rows";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

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
  const { n, time, event, entry, weights, counts } = design;
  if (entry !== null) {
    const message = `${action}: the model was fitted with entry; how likely a row is to be seen is known here for rows that are at risk from the beginning only`;
    throw new InvalidInputError(message, "fit");
  }
  const predictor = new Float64Array(n);
  fillPredictor(design, coefficients, predictor);
  const back = (values: ArrayLike<number>) => byRow(design, values);
  return {
    rows: { predictor: back(predictor), stratum: Uint32Array.from(back(stratumOfPositions(design))) },
    outcome: {
      time: back(time),
      event: back(event),
      ...(weights && { weights: back(weights.map((weight, i) => weight / (counts?.[i] ?? 1))) }),
      ...(counts && { counts: back(counts) }),
    },
  };
}

/** The predictors of n other rows of the first stratum, from their covariates. */
export function otherRows(
  action: string,
  fit: CoxFit,
  n: number,
  covariates: Readonly<Record<string, Vector>>,
): PredictedRows {
  const { design, coefficients } = solutionOf(action, fit);
  const predictor = new Float64Array(n);
  design.names.forEach((name, j) => {
    const column = covariates[name];
    for (let i = 0; i < n; i++) predictor[i] += (coefficients[j] * (column[i] - design.center[j])) / design.scale[j];
  });
  return { predictor, stratum: new Uint32Array(n) };
}

/** The probability of the event by a time for each row: 1 − exp(−exp(β·x)·Λ₀(t)) of its stratum. */
export function risksOf(action: string, fit: CoxFit, { predictor, stratum }: PredictedRows) {
  const sums = sumsAtSolution(action, fit);
  const { hazard, until } = cumulateSums(sums);
  return (time: number): Float64Array =>
    predictor.map((value, i) => 1 - exp(-exp(value - sums.shift) * hazard[until(stratum[i], time)]));
}
