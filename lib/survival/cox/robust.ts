import type { CoxDesign } from "./design";

/**
 * The middle of the sandwich, B = Σ over clusters of g·gᵀ, where g is the sum of a cluster's weighted score residuals
 * (Lin and Wei 1989, JASA 84:1074). Without clusters each row is one.
 *
 * @param residuals score residuals, columns one after the other
 */
export function scoreProducts(design: CoxDesign, residuals: Float64Array): Float64Array {
  const { n, weights, cluster, row } = design;
  const p = design.names.length;
  const count = cluster === null ? n : cluster.labels.length;
  const sums = new Float64Array(count * p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) {
      const c = cluster === null ? i : cluster.code[row[i]];
      sums[c * p + j] += (weights === null ? 1 : weights[i]) * residuals[j * n + i];
    }
  }
  const products = new Float64Array(p * p);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) products[i * p + j] += sums[c * p + i] * sums[c * p + j];
  }
  return products;
}

/** V·B·V for symmetric row-major matrices. */
export function sandwich(v: Float64Array, b: Float64Array, p: number): Float64Array {
  return multiply(multiply(v, b, p), v, p);
}

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
