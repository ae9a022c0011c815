import { type Cholesky, cholesky, choleskySolve } from "../../statistics/inner";
import type { Evaluation, Objective } from "./partial-likelihood";

/** R's tolerance for a singular information, on centered and scaled columns. */
export const SINGULAR = 1 / 0x8000000000; // 2^−39

export interface NewtonOptions {
  readonly maxIterations: number;
  /** Largest step, in standard errors per √events, at which the iteration ends. */
  readonly tolerance: number;
  /** Number (weight) of events. */
  readonly events: number;
  /** The likelihood at the start, if it is known. */
  readonly atStart?: Evaluation;
}

export interface Maximum {
  readonly coefficients: Float64Array;
  readonly evaluation: Evaluation;
  readonly decomposition: Cholesky;
  readonly iterations: number;
  readonly halvings: number;
  readonly converged: boolean;
  /** The step that would follow. Where the likelihood rises for ever it shows the direction. */
  readonly step: Float64Array;
}

/**
 * Maximises a concave log likelihood by Newton's method, halving a step that does not raise it.
 *
 * It ends when the next step is so short that neither coefficients nor standard errors would change in their first
 * eight digits or so: √(Uᵀ I⁻¹ U), the step's length in standard errors, is compared with tolerance·√events, since the
 * relative change of the information over a standard error is of the order 1/√events. coxph stops when the
 * likelihood changes by less than 1e-9 of itself, which asks for fewer digits where n is large and more never.
 */
export function maximise(objective: Objective, start: Float64Array, options: NewtonOptions): Maximum {
  let coefficients = start;
  let evaluation = options.atStart ?? objective(coefficients);
  let halvings = 0;
  for (let iterations = 0; ; ) {
    const decomposition = cholesky(evaluation.information, start.length, SINGULAR);
    const step = choleskySolve(decomposition, evaluation.score);
    let length = 0;
    for (let j = 0; j < step.length; j++) length += step[j] * evaluation.score[j];
    const converged = Math.sqrt(Math.max(0, length)) <= options.tolerance * Math.sqrt(options.events);
    if (converged) {
      // The last step is known and its likelihood would be the same; it squares what error is left.
      const last = coefficients.map((value, j) => value + step[j]);
      return { coefficients: last, evaluation, decomposition, iterations, halvings, converged, step };
    }
    if (iterations >= options.maxIterations) {
      return { coefficients, evaluation, decomposition, iterations, halvings, converged, step };
    }
    iterations++;
    let next = coefficients.map((value, j) => value + step[j]);
    let trial = objective(next);
    // A step that is right may lower the likelihood by rounding.
    const slack = 1e-12 * Math.abs(evaluation.logLikelihood);
    for (let halving = 1; !isAcceptable(trial, evaluation.logLikelihood - slack); halving++) {
      if (halving > 40) {
        return { coefficients, evaluation, decomposition, iterations, halvings, converged: false, step };
      }
      halvings++;
      const previous = next;
      next = coefficients.map((value, j) => (value + previous[j]) / 2);
      trial = objective(next);
    }
    coefficients = next;
    evaluation = trial;
  }
}

function isAcceptable(trial: Evaluation, atLeast: number): boolean {
  return (
    Number.isFinite(trial.logLikelihood) &&
    trial.logLikelihood >= atLeast &&
    trial.score.every(Number.isFinite) &&
    trial.information.every(Number.isFinite)
  );
}
