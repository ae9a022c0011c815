/** Rows taken at a time: a block of weighted column and of the columns beside it stays in the first-level cache. */
const BLOCK = 512;

/**
 * Adds Σ weight·x·xᵀ over rows to a symmetric matrix (lower triangle), for columns stored one after the other.
 *
 * This is where the time of a Cox fit goes. Column-major blocks turn it into dot products of short vectors, four at a
 * time, so that four sums are under way at once and each weighted value is used four times once it is in a register
 * (register blocking; Goto and van de Geijn 2008, ACM TOMS 34(3), art. 12).
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
  const weighted = new Float64Array(BLOCK);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    addBlock(target, size, x, stride, start + from, count, weights, weightStart + from, weighted);
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
  weighted: Float64Array,
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
