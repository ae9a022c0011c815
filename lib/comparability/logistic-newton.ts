import { SurvivalError } from "../statistics";
import { type Cholesky, cholesky, choleskySolve, largest, smallest } from "../statistics/inner";
import { type LogisticDesign, type LogisticPoint, logisticPoint } from "./logistic-likelihood";

/** Some combination of covariates tells the arms apart without error, so that a logistic model has no finite fit. */
export class LogisticSeparationError extends SurvivalError {
  override name = "LogisticSeparationError";
  constructor(
    message: string,
    /** The columns that the separating combination is made of. */
    readonly covariates: readonly string[],
  ) {
    super(message);
  }
}

/** Newton's method ended before the maximum, for another reason than separation. */
export class LogisticConvergenceError extends SurvivalError {
  override name = "LogisticConvergenceError";
}

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
    const moved = nextPoint.linearPredictor.reduce((most, eta, i) => Math.max(most, Math.abs(eta - before[i])), 0);
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

/**
 * Judges from the data whether a step points along a separating direction, and names its columns.
 *
 * The likelihood rises for ever, and no finite estimate exists, if some combination γ·x is nowhere below 0 among the
 * treated and nowhere above 0 among the controls, and not 0 everywhere (Albert and Anderson 1984, Biometrika 71:1;
 * "quasi-complete" where some rows are at 0). Newton's steps tend to such a direction if there is one. So the last
 * step is the candidate, and each row decides; a large coefficient by itself shows nothing.
 *
 * @param step on the design's columns, intercept first
 * @returns the columns that make the direction, or null if it does not separate
 */
function separatingColumns(design: LogisticDesign, y: Uint8Array, step: Float64Array): string[] | null {
  const { n, x, names } = design;
  const spread = Array.from(step, (value, j) => Math.abs(value) * range(x.subarray(j * n, (j + 1) * n)));
  const widest = largest(spread);
  if (!(widest > 0.1)) return null;
  const tolerance = 1e-6 * widest;
  let strict = false;
  for (let i = 0; i < n; i++) {
    let value = 0;
    for (let j = 0; j < step.length; j++) value += step[j] * x[j * n + i];
    if (y[i] === 0) value = -value;
    if (value < -tolerance) return null;
    if (value > 0.01 * widest) strict = true;
  }
  return strict ? names.filter((_, j) => spread[j] > 0.001 * widest) : null;
}

function range(values: Float64Array): number {
  return largest(values) - smallest(values);
}

/** What to tell of a separation by these columns. */
function separationMessage(action: string, design: LogisticDesign, y: Uint8Array, columns: string[]): string {
  const advice =
    "so that their coefficients have no finite estimate and the arms do not overlap there. Leave the covariate out, " +
    "join its levels, or compare only rows for which both arms occur";
  if (columns.length > 1) {
    const list = columns.map((name) => `"${name}"`).join(", ");
    return `${action}: a combination of ${list} tells treated from control rows (separation), ${advice}`;
  }
  const j = design.names.indexOf(columns[0]);
  const values = design.x.subarray(j * design.n, (j + 1) * design.n);
  const distinct = new Set(values);
  if (distinct.size === 2) {
    for (const value of distinct) {
      for (const arm of [0, 1]) {
        if (values.some((other, i) => other === value && y[i] === arm)) continue;
        const found = Number((value * design.scale[j] + design.center[j]).toPrecision(12));
        const rows = values.filter((other) => other === value).length;
        return `${action}: all ${rows} rows where "${columns[0]}" is ${found} are ${arm === 1 ? "control" : "treated"} rows (separation), ${advice}`;
      }
    }
  }
  return `${action}: "${columns[0]}" alone tells treated from control rows (separation), ${advice}`;
}
