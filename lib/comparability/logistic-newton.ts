import { type Cholesky, cholesky, choleskySolve } from "../survival/cholesky";
import { LogisticConvergenceError, LogisticSeparationError } from "./errors";
import type { LogisticDesign } from "./logistic-design";
import { type LogisticPoint, logisticPoint } from "./logistic-likelihood";
import { separatingColumns, separationMessage } from "./logistic-separation";

/** Where Newton's method ended. */
export interface LogisticMaximum {
  readonly coefficients: Float64Array;
  readonly point: LogisticPoint;
  readonly decomposition: Cholesky;
  readonly iterations: number;
  readonly halvings: number;
}

/**
 * Newton's method, with steps halved where the likelihood would fall, until no linear predictor moves any more.
 *
 * @throws {LogisticSeparationError} once the steps follow a direction that separates the data
 * @throws {LogisticConvergenceError} if maxIterations are not enough
 */
export function maximizeLogistic(
  action: string,
  design: LogisticDesign,
  y: Uint8Array,
  weights: Float64Array | null,
  maxIterations: number,
  tolerance: number,
): LogisticMaximum {
  const size = design.names.length;
  let coefficients: Float64Array = new Float64Array(size);
  let point = logisticPoint(design, y, weights, coefficients);
  let halvings = 0;
  let step: Float64Array = new Float64Array(size);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const decomposition = cholesky(point.information, size);
    // Information vanishes along a separating direction only; the step before has shown it.
    if (decomposition.rank < size) break;
    step = choleskySolve(decomposition, point.score);
    let next: Float64Array = coefficients.map((value, j) => value + step[j]);
    let nextPoint = logisticPoint(design, y, weights, next);
    for (
      let k = 0;
      k < 30 && nextPoint.logLikelihood < point.logLikelihood - 1e-9 * Math.abs(point.logLikelihood);
      k++
    ) {
      halvings++;
      next = next.map((value, j) => (value + coefficients[j]) / 2);
      nextPoint = logisticPoint(design, y, weights, next);
    }
    const before = point.linearPredictor;
    const moved = nextPoint.linearPredictor.reduce(
      (most, eta, i) => Math.max(most, Math.abs(eta - before[i])),
      0,
    );
    coefficients = next;
    point = nextPoint;
    if (moved <= tolerance) return { coefficients, point, decomposition, iterations: iteration, halvings };
    if (iteration > 5) refuseSeparation(action, design, y, step);
  }
  refuseSeparation(action, design, y, step);
  throw new LogisticConvergenceError(
    `${action}: not converged after ${maxIterations} iterations; the last step was ${Math.sqrt(step.reduce((sum, value) => sum + value * value, 0)).toPrecision(3)}. ` +
      "Raise maxIterations, or leave out covariates that nearly tell the arms apart",
  );
}

function refuseSeparation(action: string, design: LogisticDesign, y: Uint8Array, step: Float64Array): void {
  const columns = separatingColumns(design, y, step);
  if (columns !== null) {
    throw new LogisticSeparationError(separationMessage(action, design, y, columns), columns);
  }
}
