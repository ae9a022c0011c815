import { BLOCK, type VectorUnit, vectorUnit } from "./simd";

/** Fewer rows than this are done before they are copied to the vector unit. */
const FEW_ROWS = 16;

/** The weighted column at hand; one for all calls, none of which is interrupted. */
const weighted = new Float64Array(BLOCK);

/**
 * Adds Σ weight·x·xᵀ over rows to a symmetric matrix (lower triangle), for columns stored one after the other.
 *
 * This is where the time of a Cox fit goes. Blocks of rows that stay in the first-level cache turn it into dot products of
 * short vectors, four of them at a time, so that several sums are under way at once and each weighted value is used
 * more than once when it is in a register (register blocking; Goto and van de Geijn 2008, ACM TOMS 34(3), art. 12).
 * The blocks go through the vector unit of simd.ts where there is one, and through the plain loops below otherwise.
 *
 * @param target size × size, row-major
 * @param x columns; column j is x[j·stride + start] to x[j·stride + start + rows − 1]
 * @param weights one for each row, from weights[weightStart]
 */
export function addCrossProducts(
  target: Float64Array,
  size: number,
  x: Float64Array,
  stride: number,
  start: number,
  rows: number,
  weights: Float64Array,
  weightStart: number,
): void {
  const unit = rows < FEW_ROWS || size === 0 ? null : vectorUnit(size);
  if (unit === null) addPlainly(target, size, x, stride, start, rows, weights, weightStart);
  else addByVectors(unit, target, size, x, stride, start, rows, weights, weightStart);
}

function addByVectors(
  unit: VectorUnit,
  target: Float64Array,
  size: number,
  x: Float64Array,
  stride: number,
  start: number,
  rows: number,
  weights: Float64Array,
  weightStart: number,
): void {
  unit.target.fill(0);
  if (unit.size > size) unit.columns.fill(0, size * BLOCK, unit.size * BLOCK);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    unit.weights.set(weights.subarray(weightStart + from, weightStart + from + count));
    if (count % 2 === 1) unit.weights[count] = 0; // rows come in pairs; the last one's partner counts nothing
    for (let j = 0; j < size; j++) {
      const first = j * stride + start + from;
      unit.columns.set(x.subarray(first, first + count), j * BLOCK);
      if (count % 2 === 1) unit.columns[j * BLOCK + count] = 0;
    }
    unit.run(count + (count % 2));
  }
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) target[i * size + j] += unit.target[i * unit.size + j];
}

/** The same without vectors. */
export function addPlainly(
  target: Float64Array,
  size: number,
  x: Float64Array,
  stride: number,
  start: number,
  rows: number,
  weights: Float64Array,
  weightStart: number,
): void {
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    addBlock(target, size, x, stride, start + from, count, weights, weightStart + from);
  }
}

function addBlock(
  target: Float64Array,
  size: number,
  x: Float64Array,
  stride: number,
  start: number,
  count: number,
  weights: Float64Array,
  weightStart: number,
): void {
  for (let j = 0; j < size; j++) {
    const column = j * stride + start;
    for (let i = 0; i < count; i++) weighted[i] = weights[weightStart + i] * x[column + i];
    let k = 0;
    for (; k + 3 <= j; k += 4) addFour(target, j * size + k, weighted, count, x, k * stride + start, stride);
    for (; k <= j; k++) target[j * size + k] += dot(weighted, 0, x, k * stride + start, count);
  }
}

function addFour(
  target: Float64Array,
  at: number,
  weighted: Float64Array,
  count: number,
  x: Float64Array,
  first: number,
  stride: number,
): void {
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
