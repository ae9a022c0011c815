/** An edge between two nodes of a graph; node −1 is the ground. */
export interface Edges {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Solves L·y = b for the Laplacian of a weighted graph that is grounded at node −1, by conjugate gradients.
 *
 * Exact times are edges between neighbours, and their part of L is tridiagonal; preconditioned with its diagonal and
 * its neighbours' edges, only the wide intervals are left to iterate on (Golub and Van Loan, Matrix Computations,
 * 4th edition, chapter 11). A part of the graph without a way to the ground has no equation of its own and gets a tiny one.
 */
export function solveLaplacian({ left, right, weight }: Edges, b: Float64Array): Float64Array {
  const size = b.length;
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size); // of the edge from k − 1 to k
  weight.forEach((w, i) => {
    if (left[i] >= 0) diagonal[left[i]] += w;
    diagonal[right[i]] += w;
    if (left[i] >= 0 && right[i] === left[i] + 1) beside[right[i]] -= w;
  });
  const floor = 1e-12 * diagonal.reduce((largest, d) => Math.max(largest, d), 1e-300);
  for (let k = 0; k < size; k++) diagonal[k] += floor;
  const multiply = (y: Float64Array) => {
    const product = y.map((value) => floor * value);
    weight.forEach((w, i) => {
      const flow = w * (y[right[i]] - (left[i] < 0 ? 0 : y[left[i]]));
      product[right[i]] += flow;
      if (left[i] >= 0) product[left[i]] -= flow;
    });
    return product;
  };
  const y = new Float64Array(size);
  const residual = b.slice();
  let z = solveTridiagonal(diagonal, beside, residual);
  const direction = z.slice();
  let rz = dot(residual, z);
  const goal = 1e-24 * rz;
  for (let iteration = 0; iteration < 2 * size + 20 && rz > goal; iteration++) {
    const product = multiply(direction);
    const alpha = rz / dot(direction, product);
    for (let k = 0; k < size; k++) {
      y[k] += alpha * direction[k];
      residual[k] -= alpha * product[k];
    }
    z = solveTridiagonal(diagonal, beside, residual);
    const next = dot(residual, z);
    for (let k = 0; k < size; k++) direction[k] = z[k] + (next / rz) * direction[k];
    rz = next;
  }
  return y;
}

/** Elimination without pivots; the matrix is diagonally dominant. */
function solveTridiagonal(diagonal: Float64Array, beside: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const pivot = new Float64Array(size);
  const y = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const ratio = k === 0 ? 0 : beside[k] / pivot[k - 1];
    pivot[k] = k === 0 ? diagonal[0] : diagonal[k] - ratio * beside[k];
    y[k] = k === 0 ? b[0] : b[k] - ratio * y[k - 1];
  }
  for (let k = size - 1; k >= 0; k--)
    y[k] = (y[k] - (k + 1 < size ? beside[k + 1] * y[k + 1] : 0)) / pivot[k];
  return y;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
