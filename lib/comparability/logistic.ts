import { twoSidedP } from "../statistics";
import { log } from "../statistics/elementary";
import { checkFields, checkInside, checkWhole, cholesky, choleskyInverse } from "../statistics/inner";
import { type Covariates, checkArmWeights, checkTreated } from "./columns";
import { inverseLogit, type LogisticDesign, logisticDesign, logisticPoint, selectColumns } from "./logistic-likelihood";
import { type LogisticMaximum, maximizeLogistic } from "./logistic-newton";

export interface LogisticTerm {
  /** "(Intercept)", a covariate, or covariate=level. */
  readonly name: string;
  /** Log odds ratio for one unit. */
  readonly coefficient: number;
  readonly standardError: number;
  readonly z: number;
  readonly pValue: number;
}

export interface LogisticFit {
  readonly n: number;
  readonly terms: readonly LogisticTerm[];
  /** Columns left out because they are constant or a combination of earlier ones (R's NA). */
  readonly aliased: readonly string[];
  /** Of the coefficients, in the order of terms. */
  readonly covariance: readonly (readonly number[])[];
  /** The fitted probability of each row. */
  readonly fitted: readonly number[];
  readonly linearPredictor: readonly number[];
  readonly deviance: { readonly null: number; readonly fitted: number };
  /** What shows that the maximum was found: largest |score| on scaled columns, Newton steps, halved steps. */
  readonly certificate: {
    readonly scoreNorm: number;
    readonly iterations: number;
    readonly halvings: number;
  };
}

export interface LogisticOptions {
  /** Newton steps, 50 unless told; about 6 are usual. */
  readonly maxIterations?: number;
  /** Ends when no row's linear predictor moves by more than this; 1e-10 unless told. */
  readonly tolerance?: number;
}

/**
 * Logistic regression by maximum likelihood; R's `glm(outcome ~ …, family = binomial)`.
 *
 * One wants it here for propensity scores: P(outcome = 1 | x) = 1/(1 + e^(−xβ)). Newton's method, which for this model
 * is iteratively reweighted least squares (McCullagh and Nelder 1989, section 4.4), on centered and scaled columns, with
 * steps halved where the likelihood would fall. Separated data are an error that names the covariate, where glm warns
 * and returns a large number.
 *
 * @param input outcome as 0/1 or booleans, covariates by name without missing values, and optionally case weights
 * @throws {InvalidInputError} naming argument and index
 * @throws {LogisticSeparationError} if some combination of covariates tells the outcomes apart
 * @throws {LogisticConvergenceError} if maxIterations are not enough
 * @example
 * logisticRegression({ outcome: [0, 1, 0, 1, 1], covariates: { age: [21, 30, 44, 39, 52] } }).terms[1].coefficient // 0.0723
 */
export function logisticRegression(
  input: {
    readonly outcome: ArrayLike<number | boolean>;
    readonly covariates: Covariates;
    readonly weights?: ArrayLike<number>;
  },
  options: LogisticOptions = {},
): LogisticFit {
  checkFields("logisticRegression", "input", input, ["outcome", "covariates", "weights"]);
  return fitLogistic("logisticRegression", "outcome", input.outcome, input.covariates, input.weights, options);
}

/** The fit, under the name of the function that was called. */
export function fitLogistic(
  action: string,
  argument: string,
  outcome: ArrayLike<number | boolean>,
  covariates: Covariates,
  givenWeights: ArrayLike<number> | undefined,
  options: LogisticOptions,
): LogisticFit {
  checkFields(action, "options", options, ["maxIterations", "tolerance"]);
  const { maxIterations = 50, tolerance = 1e-10 } = options;
  checkWhole(action, "maxIterations", maxIterations, 1);
  checkInside(action, "tolerance", tolerance, 1e-10);
  const y = checkTreated(action, outcome, argument);
  const weights = givenWeights === undefined ? null : checkArmWeights(action, givenWeights, y);
  const full = logisticDesign(action, covariates, y.length);
  const size = full.names.length;
  const start = logisticPoint(full, y, weights, new Float64Array(size));
  const { redundant } = cholesky(start.information, size);
  const design = selectColumns(
    full,
    Array.from(redundant.keys()).filter((j) => redundant[j] === 0),
  );
  const aliased = full.names.filter((_, j) => redundant[j] === 1);
  return describe(design, aliased, y, weights, maximizeLogistic(action, design, y, weights, maxIterations, tolerance));
}

/** The fit on the caller's own scale. */
function describe(
  design: LogisticDesign,
  aliased: readonly string[],
  y: Uint8Array,
  weights: Float64Array | null,
  { coefficients, point, decomposition, iterations, halvings }: LogisticMaximum,
): LogisticFit {
  const { names, center, scale } = design;
  const size = names.length;
  const inverse = choleskyInverse(decomposition);
  // β = A·b: slopes are divided by their scale, and the intercept gives back what centering took.
  const back = names.map((_, j) =>
    names.map((_, k) => (j > 0 ? (j === k ? 1 / scale[k] : 0) : k === 0 ? 1 : -center[k] / scale[k])),
  );
  const times = (row: readonly number[], column: (k: number) => number) =>
    row.reduce((sum, value, k) => (value === 0 ? sum : sum + value * column(k)), 0);
  const half = back.map((row) => names.map((_, m) => times(row, (k) => inverse[k * size + m])));
  const covariance = half.map((row) => back.map((other) => times(other, (k) => row[k])));
  const terms = names.map((name, j) => {
    const coefficient = times(back[j], (k) => coefficients[k]);
    const standardError = Math.sqrt(covariance[j][j]);
    const z = coefficient / standardError;
    return { name, coefficient, standardError, z, pValue: twoSidedP(z) };
  });
  return {
    n: design.n,
    terms,
    aliased,
    covariance,
    fitted: Array.from(point.linearPredictor, inverseLogit),
    linearPredictor: Array.from(point.linearPredictor),
    deviance: { null: nullDeviance(y, weights), fitted: -2 * point.logLikelihood },
    certificate: {
      scoreNorm: point.score.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
      iterations,
      halvings,
    },
  };
}

/** Minus twice the log likelihood of the intercept alone. */
function nullDeviance(y: Uint8Array, weights: Float64Array | null): number {
  const total = [0, 0];
  for (let i = 0; i < y.length; i++) total[y[i]] += weights === null ? 1 : weights[i];
  const sum = total[0] + total[1];
  return -2 * (total[0] * log(total[0] / sum) + total[1] * log(total[1] / sum));
}
