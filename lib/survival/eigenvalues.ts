import { square } from "../statistics/elementary";

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
