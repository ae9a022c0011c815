import { addCrossProducts } from "../../statistics/inner";
import type { RiskSums } from "./hazards";
import { type RunningSum, walkBack, walkRowsBack } from "./risk-sets";

/** Rows of means that are collected before their products are taken. */
const BLOCK = 512;

/** Sums over risk sets, a row for each event time or two for a tied one, waiting for their outer products. */
interface MeanRows {
  /** Columns of `capacity` rows each. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly capacity: number;
  count: number;
}

/**
 * The information at the sums' coefficients, p × p, row-major: Xᵀ·diag(E)·X − Σ w̄·x̄·x̄ᵀ over event times, with E the
 * events expected of each row.
 *
 * With Efron's method the d terms of a time have x̄ = (S₁ − f·D₁)/(S₀ − f·D₀). Their products with weight w̄ are
 * a·S₁S₁ᵀ − b·(S₁D₁ᵀ + D₁S₁ᵀ) + c·D₁D₁ᵀ with a = Σ w̄/S₀², b = Σ f·w̄/S₀², c = Σ f²·w̄/S₀² over the terms, which is two
 * products, whatever d: a·(S₁ − b/a·D₁)(…)ᵀ + (c − b²/a)·D₁D₁ᵀ.
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
  const { design, sets, risk } = sums;
  const p = design.names.length;
  // Enough for two full blocks and what ties add, or for all event times.
  const capacity = Math.min(4 * BLOCK, 2 * sets.count + 1);
  const rows: MeanRows = {
    values: new Float64Array(p * capacity),
    weights: new Float64Array(capacity),
    capacity,
    count: 0,
  };
  const running = design.names.map(
    (_, j): RunningSum => ({ risk, x: design.x, column: j * design.n, sum: 0 }),
  );
  for (let s = 0; s + 1 < design.strata.length; s++) {
    for (const column of running) column.sum = 0;
    if (sets.leaving === null) addByRows(matrix, sums, s, running, rows);
    else addByTimes(matrix, sums, s, running, rows);
  }
  flush(matrix, p, rows);
}

/** Without entries a block is one of rows, which are gone through in their order in memory. */
function addByRows(
  matrix: Float64Array,
  sums: RiskSums,
  s: number,
  running: readonly RunningSum[],
  rows: MeanRows,
): void {
  const { design, sets } = sums;
  const start = design.strata[s];
  let e = sets.strata[s + 1];
  for (let to = design.strata[s + 1]; to > start; to -= BLOCK) {
    const from = Math.max(start, to - BLOCK);
    for (let j = 0; j < running.length; j += 2) {
      const pair = [running[j], j + 1 < running.length ? running[j + 1] : null] as const;
      const at = j * rows.capacity + rows.count;
      walkRowsBack(sets, pair, { from, to }, { values: rows.values, at, apart: rows.capacity });
    }
    const last = e;
    while (e > sets.strata[s] && sets.first[e - 1] >= from) e--;
    finishRows(rows, sums, e, last);
    if (rows.count >= BLOCK) flush(matrix, running.length, rows);
  }
}

/** With entries it is one of event times. */
function addByTimes(
  matrix: Float64Array,
  sums: RiskSums,
  s: number,
  running: readonly RunningSum[],
  rows: MeanRows,
): void {
  const { sets } = sums;
  for (let last = sets.strata[s + 1]; last > sets.strata[s]; last -= BLOCK) {
    const e = Math.max(sets.strata[s], last - BLOCK);
    running.forEach((column, j) => {
      const at = j * rows.capacity + rows.count + last - 1;
      walkBack(sets, column, e, last, { values: rows.values, at, step: -1 });
    });
    finishRows(rows, sums, e, last);
    if (rows.count >= BLOCK) flush(matrix, running.length, rows);
  }
}

function flush(matrix: Float64Array, p: number, rows: MeanRows): void {
  const columns = { x: rows.values, size: p, stride: rows.capacity, rows: rows.count };
  addCrossProducts(matrix, columns, rows.weights);
  rows.count = 0;
}

/** Gives the rows of event times last − 1 down to e their (negative) weights, and splits those of tied times in two. */
function finishRows(rows: MeanRows, sums: RiskSums, e: number, last: number): void {
  const { squares, efron, sets } = sums;
  const start = rows.count;
  for (let index = last - 1; index >= e; index--) rows.weights[rows.count++] = -squares[index];
  if (efron === null) return;
  for (let index = last - 1; index >= e; index--) {
    if (sets.deaths[index] === 1) continue;
    // A factor on all terms may be 0; then nothing is subtracted.
    const ratio = squares[index] === 0 ? 0 : efron.crossSquares[index] / squares[index];
    const row = start + (last - 1 - index);
    const extra = rows.count++;
    rows.weights[extra] = efron.crossSquares[index] * ratio - efron.dyingSquares[index];
    for (let at = 0, j = 0; at < rows.values.length; at += rows.capacity, j++) {
      const ofDying = sumOfDying(sums, j, index);
      rows.values[at + row] -= ratio * ofDying;
      rows.values[at + extra] = ofDying;
    }
  }
}

/** D₁ = Σ risk·x over the events of event time e, for column j. */
export function sumOfDying({ design, sets, risk }: RiskSums, j: number, e: number): number {
  let sum = 0;
  const from = sets.first[e];
  for (let i = from; i < from + sets.deaths[e]; i++) sum += risk[i] * design.x[j * design.n + i];
  return sum;
}
