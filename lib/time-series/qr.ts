/** A matrix by columns with its QR decomposition, by Householder reflections. */
export interface QR {
  readonly rows: number;
  /** Reflected columns: R above and on the diagonal, the reflections below it. */
  readonly columns: readonly Float64Array[];
  readonly scale: Float64Array;
}

/** Below this share of a column's length, what is left of it is rounding: R's `lm` takes the same. */
const TOLERANCE = 1e-7;

/**
 * The QR decomposition of a matrix with full column rank (Golub and Van Loan 2013, Matrix Computations, algorithm 5.2.1).
 *
 * Least squares by QR works on the matrix itself. The normal equations work on its square, and lose twice as many digits.
 *
 * @param matrix columns of equal length, at least as long as there are columns
 * @returns the decomposition, or the index of the first column that is a combination of earlier ones
 */
export function decompose(matrix: readonly ArrayLike<number>[]): QR | { readonly dependent: number } {
  const rows = matrix[0]?.length ?? 0;
  const columns = matrix.map((column) => Float64Array.from(column));
  const scale = new Float64Array(columns.length);
  for (const [k, column] of columns.entries()) {
    const whole = norm(column, 0);
    const rest = norm(column, k);
    if (k >= rows || !(rest > TOLERANCE * whole)) return { dependent: k };
    const diagonal = column[k] > 0 ? -rest : rest;
    // The reflection's vector is v = x − diagonal·e; vᵀv/2 = −diagonal·v₀.
    column[k] -= diagonal;
    const half = -diagonal * column[k];
    for (const other of columns.slice(k + 1)) reflect(column, half, k, other);
    scale[k] = diagonal;
  }
  return { rows, columns, scale };
}

/** Qᵀy: the first elements are what R has to be solved for, the others the residuals in another basis. */
export function rotated({ columns, scale }: QR, y: ArrayLike<number>): Float64Array {
  const result = Float64Array.from(y);
  for (const [k, column] of columns.entries()) reflect(column, -scale[k] * column[k], k, result);
  return result;
}

/** Solves R·x = b. */
export function backSolve({ columns, scale }: QR, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(columns.length);
  for (let i = columns.length - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1; j < columns.length; j++) sum -= columns[j][i] * x[j];
    x[i] = sum / scale[i];
  }
  return x;
}

/** (XᵀX)⁻¹ = R⁻¹R⁻ᵀ, as rows. */
export function inverseCrossProduct(qr: QR): number[][] {
  const size = qr.columns.length;
  const inverse = Array.from({ length: size }, (_, j) =>
    backSolve(
      qr,
      Array.from({ length: size }, (_, i) => (i === j ? 1 : 0)),
    ),
  );
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => inverse.reduce((sum, column) => sum + column[i] * column[j], 0)),
  );
}

function reflect(v: Float64Array, half: number, from: number, target: Float64Array): void {
  let dot = 0;
  for (let i = from; i < v.length; i++) dot += v[i] * target[i];
  const factor = dot / half;
  for (let i = from; i < v.length; i++) target[i] -= factor * v[i];
}

function norm(x: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < x.length; i++) sum += x[i] * x[i];
  return Math.sqrt(sum);
}
