import { square } from "./elementary";

/** A symmetric matrix as L·D·Lᵀ, with redundant rows found and set aside. */
export interface Cholesky {
  readonly size: number;
  /** Row-major; D on the diagonal, the unit lower triangle L below it. */
  readonly factor: Float64Array;
  /** Rows that are not redundant. */
  readonly rank: number;
  /** 1 for rows that are a linear combination of earlier ones; their solution is 0. */
  readonly redundant: Uint8Array;
  /** False if a pivot is clearly negative: the matrix is not a variance. */
  readonly nonnegative: boolean;
}

/**
 * The Cholesky decomposition of a symmetric non-negative definite matrix that may be singular.
 *
 * A row whose pivot is below `tolerance` times the largest diagonal element is a combination of earlier rows; it is
 * set to zero, so that the solution leaves it out (R's `cholesky2`, which decides what coxph calls an NA coefficient).
 *
 * @param matrix row-major, size × size; the lower triangle is read
 * @param size rows of the matrix
 */
export function cholesky(matrix: Float64Array, size: number, tolerance = Number.EPSILON * 64): Cholesky {
  const factor = new Float64Array(matrix);
  const redundant = new Uint8Array(size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, factor[i * size + i]);
  const limit = largest === 0 ? tolerance : largest * tolerance;
  let rank = 0;
  let nonnegative = true;
  for (let i = 0; i < size; i++) {
    const pivot = factor[i * size + i];
    if (!(pivot >= limit)) {
      factor[i * size + i] = 0;
      redundant[i] = 1;
      if (pivot < -8 * limit) nonnegative = false;
      for (let j = i + 1; j < size; j++) factor[j * size + i] = 0;
      continue;
    }
    rank++;
    for (let j = i + 1; j < size; j++) {
      const ratio = factor[j * size + i] / pivot;
      factor[j * size + i] = ratio;
      factor[j * size + j] -= ratio * ratio * pivot;
      for (let k = j + 1; k < size; k++) factor[k * size + j] -= ratio * factor[k * size + i];
    }
  }
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) factor[i * size + j] = 0;
  return { size, factor, rank, redundant, nonnegative };
}

/** Solves matrix · x = right side; x is 0 in redundant rows. */
export function choleskySolve(decomposition: Cholesky, rightSide: ArrayLike<number>): Float64Array {
  const { size, factor } = decomposition;
  const x = new Float64Array(rightSide);
  for (let i = 0; i < size; i++) {
    let sum = x[i];
    for (let j = 0; j < i; j++) sum -= factor[i * size + j] * x[j];
    x[i] = sum;
  }
  for (let i = size - 1; i >= 0; i--) {
    const pivot = factor[i * size + i];
    let sum = pivot === 0 ? 0 : x[i] / pivot;
    if (pivot !== 0) for (let j = i + 1; j < size; j++) sum -= factor[j * size + i] * x[j];
    x[i] = sum;
  }
  return x;
}

/** The inverse, row-major; zero in redundant rows and columns. */
export function choleskyInverse(decomposition: Cholesky): Float64Array {
  const { size, redundant } = decomposition;
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    if (redundant[j] === 1) continue;
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = choleskySolve(decomposition, unit);
    for (let i = 0; i < size; i++) if (redundant[i] === 0) inverse[i * size + j] = column[i];
  }
  return inverse;
}

/** vᵀ · matrix⁻¹ · v, a Wald or score statistic. */
export function quadraticForm(decomposition: Cholesky, v: ArrayLike<number>): number {
  const x = choleskySolve(decomposition, v);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * v[i];
  return sum;
}

/** The rows and columns of a row-major matrix, size × size, at some indices. */
export function submatrix(matrix: Float64Array, size: number, indices: ArrayLike<number>): Float64Array {
  const k = indices.length;
  return new Float64Array(k * k).map((_, at) => matrix[indices[Math.floor(at / k)] * size + indices[at % k]]);
}

/** The product of two row-major matrices, p × p. */
export function multiply(a: Float64Array, b: Float64Array, p: number): Float64Array {
  const product = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) {
      const value = a[i * p + k];
      for (let j = 0; j < p; j++) product[i * p + j] += value * b[k * p + j];
    }
  }
  return product;
}

/** V·B·V for symmetric row-major matrices, such as the variance V and the scores' products B. */
export function sandwich(v: Float64Array, b: Float64Array, p: number): Float64Array {
  return multiply(multiply(v, b, p), v, p);
}

/**
 * The eigenvalues of a symmetric matrix, in no particular order, by Jacobi's rotations (Golub and Van Loan 2013, Matrix
 * Computations, section 8.5). For the condition number of an information matrix of a few dozen rows.
 *
 * @param matrix row-major, size × size
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const a = new Float64Array(matrix);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < size; i++) {
      diagonal += square(a[i * size + i]);
      for (let j = 0; j < i; j++) off += square(a[i * size + j]);
    }
    if (off <= 1e-30 * diagonal) break;
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) rotate(a, size, i, j);
  }
  return Float64Array.from({ length: size }, (_, i) => a[i * size + i]);
}

function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const kp = a[k * size + p];
    const kq = a[k * size + q];
    a[k * size + p] = c * kp - s * kq;
    a[k * size + q] = s * kp + c * kq;
  }
  for (let k = 0; k < size; k++) {
    const pk = a[p * size + k];
    const qk = a[q * size + k];
    a[p * size + k] = c * pk - s * qk;
    a[q * size + k] = s * pk + c * qk;
  }
}
