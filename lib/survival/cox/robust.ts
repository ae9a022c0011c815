import type { CoxDesign } from "./design";

/**
 * Weighted score residuals summed over clusters, row-major: a row a cluster, a column a covariate. Without clusters each
 * row of the data is one.
 *
 * @param residuals score residuals, columns one after the other
 */
function clusterSums(design: CoxDesign, residuals: Float64Array): Float64Array {
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
  return sums;
}

/** B = Σ over clusters of g·gᵀ, where g is the sum of a cluster's weighted score residuals. */
export function scoreProducts(design: CoxDesign, residuals: Float64Array): Float64Array {
  return productsOfRows(clusterSums(design, residuals), design.names.length);
}

/**
 * The sandwich V·B·V (Lin and Wei 1989, JASA 84:1074) as Σ over clusters of (V·g)(V·g)ᵀ. Multiplied out in the other order
 * the huge variances of a separated covariate cancel so badly that a variance can come out negative.
 *
 * @param v the model-based variance, row-major
 */
export function robustCovariance(design: CoxDesign, residuals: Float64Array, v: Float64Array): Float64Array {
  const p = design.names.length;
  const sums = clusterSums(design, residuals);
  const moved = new Float64Array(sums.length);
  for (let at = 0; at < sums.length; at += p) {
    for (let i = 0; i < p; i++) {
      let sum = 0;
      for (let k = 0; k < p; k++) sum += v[i * p + k] * sums[at + k];
      moved[at + i] = sum;
    }
  }
  return productsOfRows(moved, p);
}

/** V·B·V for symmetric row-major matrices, where B is known and not what it is a sum of. */
export function sandwich(v: Float64Array, b: Float64Array, p: number): Float64Array {
  return multiply(multiply(v, b, p), v, p);
}

function productsOfRows(rows: Float64Array, p: number): Float64Array {
  const products = new Float64Array(p * p);
  for (let at = 0; at < rows.length; at += p) {
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) products[i * p + j] += rows[at + i] * rows[at + j];
  }
  return products;
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
