import { cholesky, choleskyInverse, choleskySolve, dot } from "../../statistics/inner";
import { rise, SINGULAR } from "../cox/newton";
import type { Evaluation } from "../cox/partial-likelihood";
import { productsOfRows } from "../cox/score-residuals";
import type { Triple } from "./families";
import type { ParametricRows } from "./rows";

/** A number for each row that is linear in the parameters: Σ θ[first + j]·columns[j][row] + offset[row]. */
export interface LinearPredictor {
  readonly first: number;
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
  readonly rows: Pick<ParametricRows, "n" | "weights" | "counts" | "cluster" | "clusters" | "events">;
  /** Number of parameters. */
  readonly size: number;
  readonly predictors: readonly LinearPredictor[];
  /** Adds a row's terms to zeros. */
  readonly fill: (terms: RowTerms, row: number, predictors: Float64Array) => void;
}

/** Adds sign·f to a row's terms, f being a function of predictor k with its slope and its curvature. */
export function addFunction(terms: RowTerms, k: number, sign: 1 | -1, [value, slope, curvature]: Triple): void {
  terms.value += sign * value;
  terms.gradient[k] += sign * slope;
  terms.hessian[k * terms.gradient.length + k] += sign * curvature;
}

/**
 * The terms of all rows times their weights: Σ of the values, the predictors' slopes as a column each, and their curvatures as one
 * for each pair k ≥ l, at k·K + l; null where it is 0 in every row.
 */
function termsOfRows({ rows, predictors, fill }: RowLikelihood, theta: ArrayLike<number>) {
  const { n, weights } = rows;
  const K = predictors.length;
  const terms: RowTerms = { value: 0, gradient: new Float64Array(K), hessian: new Float64Array(K * K) };
  const values = predictors.map((predictor) => valuesOf(predictor, theta, n));
  const slopes = values.map(() => new Float64Array(n));
  const curvatures = new Array<Float64Array | null>(K * K).fill(null);
  const at = new Float64Array(K);
  let logLikelihood = 0;
  for (let row = 0; row < n; row++) {
    const weight = weights === null ? 1 : weights[row];
    if (weight === 0) continue;
    for (let k = 0; k < K; k++) at[k] = values[k][row];
    terms.value = 0;
    terms.gradient.fill(0);
    terms.hessian.fill(0);
    fill(terms, row, at);
    logLikelihood += weight * terms.value;
    for (let k = 0; k < K; k++) {
      slopes[k][row] = weight * terms.gradient[k];
      for (let pair = k * K; pair <= k * K + k; pair++) {
        if (terms.hessian[pair] === 0) continue;
        const column = curvatures[pair] ?? new Float64Array(n);
        column[row] = weight * terms.hessian[pair];
        curvatures[pair] = column;
      }
    }
  }
  return { logLikelihood, slopes, curvatures };
}

function valuesOf({ first, columns, offset }: LinearPredictor, theta: ArrayLike<number>, n: number): Float64Array {
  const values = offset ? offset.slice() : new Float64Array(n);
  columns.forEach((column, j) => {
    const factor = theta[first + j];
    for (let i = 0; i < n; i++) values[i] += factor * column[i];
  });
  return values;
}

/**
 * The log likelihood with its score Jᵀg and its information −JᵀHJ: g and H are a row's derivatives by its predictors, and
 * J is the predictors' by the parameters.
 */
export function evaluateRows(model: RowLikelihood, theta: ArrayLike<number>): Evaluation {
  const { size, predictors, rows } = model;
  const { n } = rows;
  const score = new Float64Array(size);
  const information = new Float64Array(size * size);
  const { logLikelihood, slopes, curvatures } = termsOfRows(model, theta);
  const weighted = new Float64Array(n);
  predictors.forEach((one, k) => {
    one.columns.forEach((column, i) => {
      const at = one.first + i;
      score[at] += dot(column, 0, slopes[k], 0, n);
      for (let l = 0; l <= k; l++) {
        const curvature = curvatures[k * predictors.length + l];
        if (curvature === null) continue;
        for (let row = 0; row < n; row++) weighted[row] = curvature[row] * column[row];
        const other = predictors[l];
        other.columns.forEach((partner, j) => {
          if (l === k && j > i) return;
          const place = at * size + other.first + j;
          const mirrored = (other.first + j) * size + at;
          const change = dot(weighted, 0, partner, 0, n);
          information[place] -= change;
          if (l < k || j < i) information[mirrored] -= change;
        });
      }
    });
  });
  return { logLikelihood, score, information };
}

/**
 * Σ over clusters u·uᵀ, u a cluster's sum of weighted scores; each row, and each of its copies where rows are counted, its own
 * cluster where there are none.
 */
export function scoreSquares(model: RowLikelihood, theta: ArrayLike<number>): Float64Array {
  const { size, predictors } = model;
  const { n, cluster, clusters, counts } = model.rows;
  const sums = new Float64Array((cluster === null ? n : clusters) * size);
  const { slopes } = termsOfRows(model, theta);
  predictors.forEach(({ first, columns }, k) => {
    columns.forEach((column, j) => {
      for (let row = 0; row < n; row++) {
        // n copies of a score u have the products of √n·u.
        const copies = counts === null || cluster !== null ? 1 : Math.sqrt(counts[row]);
        sums[(cluster?.[row] ?? row) * size + first + j] += (column[row] * slopes[k][row]) / copies;
      }
    });
  });
  return productsOfRows(sums, size);
}

/** Where the likelihood has its maximum, or where the search for it ended. */
export interface RowMaximum {
  readonly theta: Float64Array;
  readonly logLikelihood: number;
  /** Inverse information; null where that is not a variance. */
  readonly covariance: Float64Array | null;
  /** The same without the parameters that are combinations of others: where some go to infinity, that of those which do not. */
  readonly generalInverse: Float64Array | null;
  readonly converged: boolean;
  readonly iterations: number;
  /** The last of Newton's own steps: small at a maximum, and pointing along the rise where there is none. */
  readonly direction: Float64Array;
}

const MOST_STEPS = 100;

/**
 * Newton's method for a likelihood that need not be concave: where its information is not positive definite, a multiple
 * of its diagonal is added until it is (Levenberg and Marquardt; Nocedal and Wright 2006, Numerical Optimization, ch. 3.4),
 * and a step that does not raise the likelihood is halved. It ends when the step is below 1e-9 standard errors times
 * √events, after which one more step is taken, as cox() does.
 *
 * @param start of the first parameters; the others begin at 0
 */
export function maximiseRows(model: RowLikelihood, start: readonly number[]): RowMaximum {
  const objective = (theta: Float64Array) => evaluateRows(model, theta);
  let theta: Float64Array = new Float64Array(model.size);
  theta.set(start);
  let evaluation = objective(theta);
  let direction: Float64Array = new Float64Array(model.size);
  for (let iterations = 0; ; iterations++) {
    const { exact, solve } = decompose(evaluation.information, model.size, 1e12);
    const step = solve(evaluation.score);
    const length = Math.sqrt(Math.max(0, dot(step, 0, evaluation.score, 0, step.length)));
    if (exact) direction = step;
    const isSmall = length <= 1e-9 * Math.sqrt(model.rows.events);
    const next = isSmall || iterations === MOST_STEPS ? null : rise(objective, theta, evaluation, step);
    if (next !== null) {
      theta = next.coefficients;
      evaluation = next.evaluation;
      continue;
    }
    const converged = isSmall || (iterations < MOST_STEPS && length < 1e-5);
    if (converged && exact) theta = theta.map((value, j) => value + step[j]);
    const { logLikelihood, information } = objective(theta);
    const last = decompose(information, model.size);
    const generalInverse = last.nonnegative ? last.inverse() : null;
    const covariance = last.exact ? generalInverse : null;
    const found = { theta, logLikelihood, covariance, generalInverse, iterations, direction };
    return { ...found, converged: converged && last.exact };
  }
}

/**
 * An information matrix as correlations: parameters of any size, also one on its way to infinity, count alike. Where it is not
 * positive definite, with more on its diagonal, below `most`, until it is.
 */
function decompose(information: Float64Array, p: number, most = 0) {
  const size = Float64Array.from({ length: p }, (_, i) => Math.sqrt(Math.abs(information[i * p + i])) || 1);
  const correlations = information.map((value, k) => value / (size[Math.floor(k / p)] * size[k % p]));
  const raised = (more: number) => correlations.map((value, k) => (k % (p + 1) === 0 ? value + more : value));
  const scaled = (values: Float64Array) => values.map((value, i) => value / size[i]);
  let found = cholesky(correlations, p, SINGULAR);
  const exact = found.rank === p;
  for (let more = 1e-4; found.rank < p && more < most; more *= 10) found = cholesky(raised(more), p, SINGULAR);
  return {
    /** Whether it is the matrix itself, which is a variance's inverse. */
    exact,
    nonnegative: found.nonnegative,
    solve: (score: Float64Array) => scaled(choleskySolve(found, scaled(score))),
    inverse: () => choleskyInverse(found).map((value, k) => value / (size[Math.floor(k / p)] * size[k % p])),
  };
}
