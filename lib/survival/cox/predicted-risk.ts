import { exp } from "../../statistics/elementary";
import type { Vector } from "../outcome";
import { byRow, stratumOfPositions } from "./design";
import { fillPredictor } from "./hazards";
import { cumulateSums } from "./predict-rows";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/** What a fit says of rows, in the order of their vectors. */
export interface PredictedRows {
  readonly n: number;
  /** β·x + offset, up to a constant. */
  readonly predictor: Float64Array;
  /** The stratum of the fit that each row is in. */
  readonly stratum: Uint32Array;
}

/** The rows that a model was fitted to, in the caller's order, with what was observed of them. */
export function fittedRows(action: string, fit: CoxFit) {
  const { design, coefficients } = solutionOf(action, fit);
  const sorted = new Float64Array(design.n);
  fillPredictor(design, coefficients, sorted);
  const back = (values: ArrayLike<number>) => byRow(design, values);
  return {
    rows: { n: design.n, predictor: back(sorted), stratum: Uint32Array.from(back(stratumOfPositions(design))) },
    time: back(design.time),
    event: back(design.event),
    /** Of all copies of a row together. */
    weights: design.weights === null ? null : back(design.weights),
    counts: design.counts === null ? null : back(design.counts),
    hasEntry: design.entry !== null,
  };
}

/** The predictors of other rows, from their covariates; strata by index where the fit has some. */
export function otherRows(
  action: string,
  fit: CoxFit,
  n: number,
  covariates: Readonly<Record<string, Vector>>,
  stratum: Uint32Array = new Uint32Array(n),
): PredictedRows {
  const { design, coefficients } = solutionOf(action, fit);
  const predictor = new Float64Array(n);
  design.names.forEach((name, j) => {
    const column = covariates[name];
    for (let i = 0; i < n; i++) predictor[i] += (coefficients[j] * (column[i] - design.center[j])) / design.scale[j];
  });
  return { n, predictor, stratum };
}

/** The probability of the event by a time for each row: 1 − exp(−exp(β·x)·Λ₀(t)) of its stratum. */
export function risksOf(action: string, fit: CoxFit, { n, predictor, stratum }: PredictedRows) {
  const sums = sumsAtSolution(action, fit);
  const relative = predictor.map((value) => exp(value - sums.shift));
  const { hazard, until } = cumulateSums(sums);
  return (time: number): Float64Array => {
    const reached = Array.from({ length: sums.design.strata.length - 1 }, (_, s) => hazard[until(s, time)]);
    return Float64Array.from({ length: n }, (_, i) => 1 - exp(-relative[i] * reached[stratum[i]]));
  };
}
