import { BLOCK, type VectorUnit, vectorUnit } from "./simd";

/** Fewer rows than this are done before they are copied to the vector unit. */
const FEW_ROWS = 16;

/** The weighted column at hand; one for all calls, none of which is interrupted. */
const weighted = new Float64Array(BLOCK);

/** Columns of numbers, one after the other: row i of column j is x[j·stride + i]. */
export interface Columns {
  readonly x: Float64Array;
  /** How many columns. */
  readonly size: number;
  /** From a column's first number to that of the next. */
  readonly stride: number;
  /** Rows that are used, from the first on. */
  readonly rows: number;
}

/**
 * Adds XᵀWX = Σ weight·x·xᵀ over rows to a symmetric matrix (lower triangle).
 *
 * This is where the time of a Cox fit goes. Blocks of rows that stay in the first-level cache turn it into dot products of
 * short vectors, four of them at a time, so that several sums are under way at once and each weighted value is used
 * more than once when it is in a register (register blocking; Goto and van de Geijn 2008, ACM TOMS 34(3), art. 12).
 * The blocks go through the vector unit of simd.ts where there is one, and through the plain loops below otherwise.
 *
 * @param target size × size, row-major
 * @param weights one for each row
 */
export function addCrossProducts(target: Float64Array, columns: Columns, weights: Float64Array): void {
  const isShort = columns.rows < FEW_ROWS || columns.size === 0;
  const unit = isShort ? null : vectorUnit(columns.size);
  if (unit === null) addPlainly(target, columns, weights);
  else addByVectors(unit, target, columns, weights);
}

function addByVectors(unit: VectorUnit, target: Float64Array, columns: Columns, weights: Float64Array): void {
  const { x, size, stride, rows } = columns;
  unit.target.fill(0);
  if (unit.size > size) unit.columns.fill(0, size * BLOCK, unit.size * BLOCK);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    unit.weights.set(weights.subarray(from, from + count));
    if (count % 2 === 1) unit.weights[count] = 0; // rows come in pairs; the last one's partner counts nothing
    for (let j = 0; j < size; j++) {
      const first = j * stride + from;
      unit.columns.set(x.subarray(first, first + count), j * BLOCK);
      if (count % 2 === 1) unit.columns[j * BLOCK + count] = 0;
    }
    unit.run(count + (count % 2));
  }
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) target[i * size + j] += unit.target[i * unit.size + j];
}

/** The same without vectors. */
export function addPlainly(target: Float64Array, columns: Columns, weights: Float64Array): void {
  const { x, size, stride, rows } = columns;
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    for (let j = 0; j < size; j++) {
      const column = j * stride + from;
      for (let i = 0; i < count; i++) weighted[i] = weights[from + i] * x[column + i];
      let k = 0;
      for (; k + 3 <= j; k += 4) addFour(target, j * size + k, columns, k * stride + from, count);
      for (; k <= j; k++) target[j * size + k] += dot(weighted, 0, x, k * stride + from, count);
    }
  }
}

/** The weighted column's products with four columns. */
function addFour(target: Float64Array, at: number, { x, stride }: Columns, first: number, count: number): void {
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < count; i++) {
    const value = weighted[i];
    a += value * x[first + i];
    b += value * x[second + i];
    c += value * x[third + i];
    d += value * x[fourth + i];
  }
  target[at] += a;
  target[at + 1] += b;
  target[at + 2] += c;
  target[at + 3] += d;
}

/** Rows that wait for their weighted cross products to be taken together, row by row with their weights. */
export interface WaitingRows extends Columns {
  readonly weights: Float64Array;
  rows: number;
}

export function waitingRows(size: number, capacity: number): WaitingRows {
  return {
    x: new Float64Array(size * capacity),
    size,
    stride: capacity,
    weights: new Float64Array(capacity),
    rows: 0,
  };
}

/** Adds the products of all that wait, and empties the room. */
export function addWaiting(target: Float64Array, waiting: WaitingRows): void {
  addCrossProducts(target, waiting, waiting.weights);
  waiting.rows = 0;
}

/** The dot product of two stretches, in four sums so that one addition need not wait for the one before. */
export function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    s0 += a[aStart + i] * b[bStart + i];
    s1 += a[aStart + i + 1] * b[bStart + i + 1];
    s2 += a[aStart + i + 2] * b[bStart + i + 2];
    s3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (; i < count; i++) s0 += a[aStart + i] * b[bStart + i];
  return s0 + s1 + (s2 + s3);
}
