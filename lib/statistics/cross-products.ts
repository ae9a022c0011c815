import { BLOCK, type Block, type BlockSums, plainSums } from "./block";
import { vectorSums } from "./simd";

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

/** By plain loops, where the engine has no vectors. */
let plain: BlockSums | null = null;

/** Sums over blocks of rows with so many columns, by vectors where the engine has them; all 0. One for all calls, none of which is interrupted. */
export function blockSums(columns: number): BlockSums {
  const size = columns + (columns % 2);
  const byVectors = vectorSums(size);
  if (byVectors !== null) return cleared(byVectors);
  if (plain?.size !== size) plain = plainSums(size);
  return cleared(plain);
}

/** With nothing added up. */
export function cleared(sums: BlockSums): BlockSums {
  for (const part of [sums.running, sums.dots, sums.rows.products, sums.walked.products]) part.fill(0);
  return sums;
}

/** Copies rows from `from` on to be at hand. Rows and columns come in pairs; the last one's partner is 0. */
export function takeRows({ rows, size }: BlockSums, columns: Omit<Columns, "rows">, from: number, count: number): void {
  const { x, stride } = columns;
  for (let j = 0; j < columns.size; j++) {
    const first = j * stride + from;
    rows.columns.set(x.subarray(first, first + count), j * BLOCK);
  }
  if (size > columns.size) rows.columns.fill(0, columns.size * BLOCK);
  endPair(rows, count);
}

/** Gives the last of an odd number of rows a partner of zeros. */
export function endPair({ columns, weights }: Block, count: number): void {
  if (count % 2 === 0) return;
  weights[count] = 0;
  for (let at = count; at < columns.length; at += BLOCK) columns[at] = 0;
}

/** Adds products of blocks to a symmetric matrix of so many columns (lower triangle). */
export function addTo(target: Float64Array, size: number, { products }: Block): void {
  const width = size + (size % 2);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) target[i * size + j] += products[i * width + j];
}

/**
 * Adds XᵀWX = Σ weight·x·xᵀ over rows to a symmetric matrix (lower triangle).
 *
 * Blocks of rows that stay in the first-level cache turn it into dot products of short vectors, four of them at a time, so that
 * several sums are under way at once and each weighted value is used more than once when it is in a register (register
 * blocking; Goto and van de Geijn 2008, ACM TOMS 34(3), art. 12).
 *
 * @param target size × size, row-major
 * @param weights one for each row
 */
export function addCrossProducts(
  target: Float64Array,
  columns: Columns,
  weights: Float64Array,
  sums = blockSums(columns.size),
): void {
  for (let from = 0; from < columns.rows; from += BLOCK) {
    const count = Math.min(BLOCK, columns.rows - from);
    sums.rows.weights.set(weights.subarray(from, from + count));
    takeRows(sums, columns, from, count);
    sums.addProducts(sums.rows, count);
  }
  addTo(target, columns.size, sums.rows);
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
