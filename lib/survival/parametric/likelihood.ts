import { type Cholesky, cholesky, choleskyInverse, choleskySolve, dot } from "../../statistics/inner";
import { SINGULAR } from "../cox/newton";
import type { Evaluation } from "../cox/partial-likelihood";
import { productsOfRows } from "../cox/score-residuals";

/** A number for each row that is linear in the parameters: Σ θ[parameters[j]]·columns[j][row] + offset[row]. */
export interface LinearPredictor {
  readonly parameters: readonly number[];
  readonly columns: readonly Float64Array[];
  readonly offset?: Float64Array | null;
}

/** What a row adds to the log likelihood as a function of its K predictors, with its derivatives. */
export interface RowTerms {
  value: number;
  readonly gradient: Float64Array;
  /** K × K, both triangles. */
  readonly hessian: Float64Array;
}

/** A log likelihood that is a sum over rows, each a function of a few linear predictors. */
export interface RowLikelihood {
  readonly n: number;
  /** Number of parameters. */
  readonly size: number;
  readonly predictors: readonly LinearPredictor[];
  /** How often (or how much) each row counts. */
  readonly weights: Float64Array | null;
  readonly fill: (terms: RowTerms, row: number, predictors: Float64Array) => void;
}

function visitRows(
  model: RowLikelihood,
  theta: ArrayLike<number>,
  visit: (row: number, terms: RowTerms) => void,
): void {
  const K = model.predictors.length;
  const terms: RowTerms = { value: 0, gradient: new Float64Array(K), hessian: new Float64Array(K * K) };
  const at = new Float64Array(K);
  for (let row = 0; row < model.n; row++) {
    if (model.weights?.[row] === 0) continue;
    model.predictors.forEach(({ parameters, columns, offset }, k) => {
      let sum = offset?.[row] ?? 0;
      for (let j = 0; j < columns.length; j++) sum += theta[parameters[j]] * columns[j][row];
      at[k] = sum;
    });
    model.fill(terms, row, at);
    visit(row, terms);
  }
}

/**
 * The log likelihood with its score Jᵀg and its information −JᵀHJ: g and H are a row's derivatives by its predictors, and
 * J is the predictors' by the parameters.
 */
export function evaluateRows(model: RowLikelihood, theta: ArrayLike<number>): Evaluation {
  const { size, predictors, weights } = model;
  const K = predictors.length;
  const score = new Float64Array(size);
  const information = new Float64Array(size * size);
  const jacobian = new Float64Array(K * size);
  const curved = new Float64Array(K * size);
  let logLikelihood = 0;
  visitRows(model, theta, (row, { value, gradient, hessian }) => {
    const weight = weights?.[row] ?? 1;
    logLikelihood += weight * value;
    predictors.forEach(({ parameters, columns }, k) => {
      for (let j = 0; j < columns.length; j++) jacobian[k * size + parameters[j]] = columns[j][row];
    });
    for (let a = 0; a < size; a++) {
      for (let k = 0; k < K; k++) {
        score[a] += weight * jacobian[k * size + a] * gradient[k];
        let sum = 0;
        for (let l = 0; l < K; l++) sum += hessian[k * K + l] * jacobian[l * size + a];
        curved[k * size + a] = weight * sum;
      }
    }
    for (let k = 0; k < K; k++) takeProducts(information, size, jacobian, curved, k * size);
  });
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) information[b * size + a] = information[a * size + b];
  return { logLikelihood, score, information };
}

/** Takes u·vᵀ, whose vectors begin at `from`, out of a lower triangle. */
function takeProducts(triangle: Float64Array, size: number, u: Float64Array, v: Float64Array, from: number): void {
  for (let a = 0; a < size; a++) {
    const factor = u[from + a];
    if (factor === 0) continue;
    for (let b = 0; b <= a; b++) triangle[a * size + b] -= factor * v[from + b];
  }
}

/**
 * Σ over clusters u·uᵀ, u a cluster's sum of weighted scores; each row, and each of its copies where rows are counted, its own
 * cluster where `code` is null.
 */
export function scoreSquares(
  model: RowLikelihood,
  theta: ArrayLike<number>,
  code: Uint32Array | null,
  counts: Float64Array | null = null,
): Float64Array {
  const { n, size, predictors, weights } = model;
  const sums = new Float64Array((code === null ? n : largestCode(code) + 1) * size);
  visitRows(model, theta, (row, { gradient }) => {
    const start = (code?.[row] ?? row) * size;
    // n copies of a score u have the products of √n·u.
    const mass = weights?.[row] ?? 1;
    const weight = counts === null || code !== null ? mass : mass / Math.sqrt(counts[row]);
    predictors.forEach(({ parameters, columns }, k) => {
      columns.forEach((column, j) => {
        sums[start + parameters[j]] += weight * column[row] * gradient[k];
      });
    });
  });
  return productsOfRows(sums, size);
}

const largestCode = (code: Uint32Array): number => code.reduce((most, value) => Math.max(most, value), 0);

/** Where the likelihood has its maximum, or where the search for it ended. */
export interface RowMaximum {
  readonly theta: Float64Array;
  readonly evaluation: Evaluation;
  /** Inverse information; null where that is not a variance. */
  readonly covariance: Float64Array | null;
  /** The same without the parameters that are combinations of others: where some go to infinity, that of those which do not. */
  readonly generalInverse: Float64Array | null;
  readonly converged: boolean;
  readonly iterations: number;
  /** The last of Newton's own steps: small at a maximum, and pointing along the rise where there is none. */
  readonly direction: Float64Array;
}

/**
 * Newton's method for a likelihood that need not be concave: where its information is not positive definite, a multiple
 * of its diagonal is added until it is (Levenberg and Marquardt; Nocedal and Wright 2006, Numerical Optimization, ch. 3.4),
 * and a step that does not raise the likelihood is halved. It ends when the step is below 1e-9 standard errors times
 * √events, after which one more step is taken, as cox() does.
 */
export function maximiseRows(model: RowLikelihood, start: Float64Array, events: number, most = 100): RowMaximum {
  let theta = start;
  let evaluation = evaluateRows(model, theta);
  let direction: Float64Array = new Float64Array(model.size);
  for (let iterations = 0; ; iterations++) {
    const decomposition = decomposePositive(evaluation.information, model.size);
    const step = solve(decomposition, evaluation.score);
    const length = Math.sqrt(Math.max(0, dot(step, 0, evaluation.score, 0, step.length)));
    if (decomposition.exact) direction = step;
    const isSmall = length <= 1e-9 * Math.sqrt(events);
    if (isSmall || iterations === most) return ending(model, theta, { step, direction }, isSmall, iterations);
    const trial = raise(model, theta, step, evaluation.logLikelihood);
    if (trial === null) return ending(model, theta, { step, direction }, length < 1e-5, iterations);
    theta = trial.theta;
    evaluation = trial.evaluation;
  }
}

/** An information matrix as correlations: parameters of any size, also one on its way to infinity, count alike. */
interface Decomposition {
  readonly cholesky: Cholesky;
  readonly size: Float64Array;
  /** Whether it is the matrix itself, which is a variance's inverse, and not one with more on its diagonal. */
  readonly exact: boolean;
}

function decompose(information: Float64Array, p: number, more = 0): Decomposition {
  const size = Float64Array.from({ length: p }, (_, i) => Math.sqrt(Math.abs(information[i * p + i])) || 1);
  const correlations = information.map((value, k) => {
    const [i, j] = [Math.floor(k / p), k % p];
    return value / (size[i] * size[j]) + (i === j ? more : 0);
  });
  const decomposition = cholesky(correlations, p, SINGULAR);
  return { cholesky: decomposition, size, exact: more === 0 && decomposition.rank === p };
}

/** The matrix itself where it is positive definite, or with more on its diagonal. */
function decomposePositive(information: Float64Array, p: number): Decomposition {
  let found = decompose(information, p);
  for (let more = 1e-4; found.cholesky.rank < p && more < 1e12; more *= 10) found = decompose(information, p, more);
  return found;
}

function solve({ cholesky, size }: Decomposition, score: Float64Array): Float64Array {
  return choleskySolve(
    cholesky,
    score.map((value, i) => value / size[i]),
  ).map((value, i) => value / size[i]);
}

function inverseOf({ cholesky, size }: Decomposition): Float64Array {
  const p = size.length;
  return choleskyInverse(cholesky).map((value, k) => value / (size[Math.floor(k / p)] * size[k % p]));
}

function raise(model: RowLikelihood, theta: Float64Array, step: Float64Array, from: number) {
  const slack = 1e-12 * Math.abs(from);
  for (let factor = 1, halving = 0; halving < 50; halving++, factor /= 2) {
    const next = theta.map((value, j) => value + factor * step[j]);
    const evaluation = evaluateRows(model, next);
    if (evaluation.logLikelihood >= from - slack && isUsable(evaluation)) return { theta: next, evaluation };
  }
  return null;
}

function isUsable({ logLikelihood, score, information }: Evaluation): boolean {
  return Number.isFinite(logLikelihood) && score.every(Number.isFinite) && information.every(Number.isFinite);
}

function ending(
  model: RowLikelihood,
  theta: Float64Array,
  { step, direction }: { readonly step: Float64Array; readonly direction: Float64Array },
  converged: boolean,
  iterations: number,
): RowMaximum {
  const last = converged && step === direction ? theta.map((value, j) => value + step[j]) : theta;
  const evaluation = evaluateRows(model, last);
  const decomposition = decompose(evaluation.information, model.size);
  const holds = decomposition.exact;
  const generalInverse = decomposition.cholesky.nonnegative ? inverseOf(decomposition) : null;
  const covariance = holds ? generalInverse : null;
  return {
    theta: last,
    evaluation,
    covariance,
    generalInverse,
    converged: converged && holds,
    iterations,
    direction,
  };
}
