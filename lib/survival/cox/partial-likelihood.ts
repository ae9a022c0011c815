import { addCrossProducts, addWaiting, dot } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { BLOCK, fillRiskSums, type RiskSums, sumOfDying } from "./hazards";
import { type RunningSum, walkBack, walkRowsBack } from "./risk-sets";

/** A log likelihood with its first and (negative) second derivatives. */
export interface Evaluation {
  readonly logLikelihood: number;
  /** p first derivatives. */
  readonly score: Float64Array;
  /** p × p negative second derivatives, row-major, both triangles. */
  readonly information: Float64Array;
}

/** Evaluates a likelihood at coefficients of the design's centered and scaled columns. */
export type Objective = (coefficients: Float64Array) => Evaluation;

/**
 * Evaluates the log partial likelihood, its score and its information (Cox 1972, JRSS B 34:187; Therneau and Grambsch
 * 2000, eqs. 3.2–3.6):
 *
 *     U = Σ over events (x − x̄(t)),   I = Σ over events (S₂/S₀ − x̄·x̄ᵀ),   x̄ = S₁/S₀,
 *     S₀ = Σ r, S₁ = Σ r·x, S₂ = Σ r·x·xᵀ over the risk set, r = weight·exp(η).
 *
 * Written that way S₂, p² numbers, changes with every row. Summed by rows instead of by events the same is
 * U = Σ x·M and I = Xᵀ·diag(E)·X − Σ x̄·x̄ᵀ, with E = r·Λ̂ the events expected of a row and M = observed − E its martingale
 * residual: matrix products over rows, and one outer product for each distinct event time.
 *
 * @param sums space of a design; afterwards the sums are those of the coefficients
 */
export function evaluate(sums: RiskSums, coefficients: Float64Array): Evaluation {
  const { design, predictor } = sums;
  const logLikelihood = fillRiskSums(sums, coefficients);
  const score = new Float64Array(coefficients.length);
  const martingale = predictor; // not needed any more
  fillMartingale(design, sums.expected, martingale);
  for (let j = 0; j < score.length; j++) score[j] = dot(design.x, j * design.n, martingale, 0, design.n);
  return { logLikelihood, score, information: information(sums) };
}

function fillMartingale({ counted, weights }: CoxDesign, expected: Float64Array, martingale: Float64Array): void {
  if (weights === null) {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] - expected[i];
  } else {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] * weights[i] - expected[i];
  }
}

/**
 * The information at the sums' coefficients, p × p, row-major: Xᵀ·diag(E)·X − Σ w̄·x̄·x̄ᵀ over event times, with E the
 * events expected of each row.
 *
 * With Efron's method the d terms of a time have x̄ = (S₁ − f·D₁)/(S₀ − f·D₀). Their products with weight w̄ are
 * a·S₁S₁ᵀ − b·(S₁D₁ᵀ + D₁S₁ᵀ) + c·D₁D₁ᵀ with a = Σ w̄/S₀², b = Σ f·w̄/S₀², c = Σ f²·w̄/S₀² over the terms, which is two
 * products, whatever d: a·(S₁ − b/a·D₁)(…)ᵀ + (c − b²/a)·D₁D₁ᵀ. With 1 − f in place of f, b/a is 1 less the former and c − b²/a
 * the same.
 */
export function information(sums: RiskSums): Float64Array {
  const { x, n, names } = sums.design;
  const p = names.length;
  const matrix = new Float64Array(p * p);
  addCrossProducts(matrix, { x, size: p, stride: n, rows: n }, sums.expected);
  subtractMeanProducts(matrix, sums);
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) matrix[j * p + i] = matrix[i * p + j];
  return matrix;
}

/** Subtracts Σ w̄·x̄·x̄ᵀ (lower triangle), block by block. */
function subtractMeanProducts(matrix: Float64Array, sums: RiskSums): void {
  const { design, sets, risk, means } = sums;
  means.rows = 0;
  const running = design.names.map(
    (_, j): RunningSum => ({ risk, x: design.x, column: j * design.n, sum: 0, rest: 0 }),
  );
  for (let s = 0; s + 1 < design.strata.length; s++) {
    for (const column of running) column.sum = column.rest = 0;
    if (sets.leaving === null) addByRows(matrix, sums, s, running);
    else addByTimes(matrix, sums, s, running);
  }
  addWaiting(matrix, means);
}

/** Without entries a block is one of rows, which are gone through in their order in memory. */
function addByRows(matrix: Float64Array, sums: RiskSums, s: number, running: readonly RunningSum[]): void {
  const { design, sets, means } = sums;
  const start = design.strata[s];
  let e = sets.strata[s + 1];
  for (let to = design.strata[s + 1]; to > start; to -= BLOCK) {
    const rows = { from: Math.max(start, to - BLOCK), to };
    for (let j = 0; j < running.length; j += 4) {
      walkRowsBack(sets, running, j, rows, { values: means.x, at: j * means.stride + means.rows, apart: means.stride });
    }
    const last = e;
    while (e > sets.strata[s] && sets.first[e - 1] >= rows.from) e--;
    finishRows(sums, e, last);
    if (means.rows >= BLOCK) addWaiting(matrix, means);
  }
}

/** With entries it is one of event times. */
function addByTimes(matrix: Float64Array, sums: RiskSums, s: number, running: readonly RunningSum[]): void {
  const { sets, means } = sums;
  for (let last = sets.strata[s + 1]; last > sets.strata[s]; last -= BLOCK) {
    const e = Math.max(sets.strata[s], last - BLOCK);
    running.forEach((column, j) => {
      const at = j * means.stride + means.rows + last - 1;
      walkBack(sets, column, e, last, { values: means.x, at, step: -1 });
    });
    finishRows(sums, e, last);
    if (means.rows >= BLOCK) addWaiting(matrix, means);
  }
}

/** Gives the rows of event times last − 1 down to e their (negative) weights, and splits those of tied times in two. */
function finishRows(sums: RiskSums, e: number, last: number): void {
  const { squares, efron, sets, means, design } = sums;
  const { x, stride, weights } = means;
  const p = design.names.length;
  const start = means.rows;
  for (let index = last - 1; index >= e; index--) weights[means.rows++] = -squares[index];
  if (efron === null) return;
  for (let index = last - 1; index >= e; index--) {
    if (sets.events[index] === 1) continue;
    // A factor on all terms may be 0; then nothing is subtracted.
    const ratio = squares[index] === 0 ? 0 : efron.crossSquares[index] / squares[index];
    const share = sets.counted ? 1 - ratio : ratio;
    const row = start + (last - 1 - index);
    const extra = means.rows++;
    weights[extra] = efron.crossSquares[index] * ratio - efron.dyingSquares[index];
    for (let j = 0; j < p; j++) {
      const ofDying = sumOfDying(sums, j, index);
      x[j * stride + row] -= share * ofDying;
      x[j * stride + extra] = ofDying;
    }
  }
}
