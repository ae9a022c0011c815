import { type Cholesky, cholesky, ExactSum } from "../../statistics/inner";
import { type CoxDesign, weightInSquares } from "./design";
import { cumulate, forEachEntry, type RiskSums, sumOfDying, termsAt } from "./hazards";
import { walkBack, walkBackPlainly, walkStaying } from "./risk-sets";

/**
 * Each row's (each of its copies') contribution to the score, not multiplied by its weight (columns one after the other, in the units of the
 * design's columns); R's `residuals(fit, "score")`.
 *
 * A row contributes x − x̄(t) at its event, and −(x − x̄(t))·exp(η)·dΛ̂(t) at each event time at which it is at risk
 * (Therneau and Grambsch 2000, eq. 4.11). With Efron's method a row that has its event among d tied ones is at risk for
 * the k-th of the d terms with weight 1 − k/d, and x̄ is the mean over the terms. Running sums of x̄·dΛ̂ turn this into
 * one pass a column.
 *
 * The risk sums must be those of the coefficients at which residuals are wanted.
 */
export function scoreResiduals(sums: RiskSums): Float64Array {
  const { design } = sums;
  const residuals = new Float64Array(design.n * design.names.length);
  for (let j = 0; j < design.names.length; j++) {
    fillResiduals(sums, j, residuals.subarray(j * design.n, (j + 1) * design.n));
  }
  return residuals;
}

function fillResiduals(sums: RiskSums, j: number, residuals: Float64Array): void {
  const { design, sets } = sums;
  const { counted, weights } = design;
  const x = design.x.subarray(j * design.n, (j + 1) * design.n);
  const { mean, change, changeOfDying } = columnMeans(sums, j);
  cumulate(sums, change, changeOfDying, residuals);
  forEachEntry(sums, change, (position, sum) => {
    residuals[position] -= sum;
  });
  // So far Σ x̄·dΛ̂; risk and expected contain the weight, which a residual does not.
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i];
    const risk = weight === 0 ? 0 : sums.risk[i] / weight;
    const expected = weight === 0 ? 0 : sums.expected[i] / weight;
    residuals[i] = risk * residuals[i] - x[i] * expected;
  }
  for (let e = 0; e < sets.count; e++) {
    const from = sets.first[e];
    for (let i = from; i < from + sets.deaths[e]; i++) {
      if (counted[i] === 1) residuals[i] += x[i] - mean[e];
    }
  }
}

/** What a column is on average at each event time, over its terms with Efron's method. */
export interface ColumnMeans {
  /** x̄, the mean over the terms. */
  readonly mean: Float64Array;
  /** Σ x̄·w̄/S₀ over the terms, which is x̄·dΛ̂ (not cumulated), for those at risk and for the dying. */
  readonly change: Float64Array;
  readonly changeOfDying: Float64Array;
}

/** S₁ = Σ risk·x over the risk set of each event time, or R₁ of those who stay where rows are counted. */
export function sumAtRisk({ sets, risk, efron }: RiskSums, x: Float64Array, column = 0): Float64Array {
  const atRisk = new Float64Array(sets.count);
  const running = { risk, x, column, total: new ExactSum() };
  if (efron?.staying) walkStaying(sets, running, atRisk);
  else if (sets.leaving === null) walkBackPlainly(sets, running, atRisk);
  else walkBack(sets, running, 0, sets.count, { values: atRisk, at: 0, step: 1 });
  return atRisk;
}

export function columnMeans(sums: RiskSums, j: number): ColumnMeans {
  const { design, sets, efron, increment } = sums;
  const atRisk = sumAtRisk(sums, design.x, j * design.n);
  const counted = efron !== null && efron.staying !== null;
  const mean = new Float64Array(sets.count);
  const change = new Float64Array(sets.count);
  const changeOfDying = efron === null ? change : new Float64Array(sets.count);
  for (let e = 0; e < sets.count; e++) {
    const d = sets.events[e];
    if (efron === null || (d === 1 && !counted)) {
      mean[e] = atRisk[e] / sums.atRisk[e];
      change[e] = mean[e] * increment[e];
      changeOfDying[e] = change[e];
      continue;
    }
    const ofDying = sumOfDying(sums, j, e);
    const weight = sets.weight[e] / d;
    const { count, left, part, whole, times } = termsAt(sums, efron, e);
    for (let k = 0; k < count; k++) {
      const average = (atRisk[e] + part[k] * ofDying) / left[k];
      mean[e] += (times[k] * average) / d;
      change[e] += (times[k] * (average * weight)) / left[k];
      changeOfDying[e] += (times[k] * ((whole + part[k]) * average * weight)) / left[k];
    }
  }
  return { mean, change, changeOfDying };
}

/**
 * Weighted score residuals summed over clusters, row-major: a row a cluster, a column a covariate. Without clusters each
 * row of the data is one; n copies of a row, or of a cluster, with the score g are one with √n·g, which has the same products.
 *
 * @param residuals score residuals, columns one after the other
 */
function clusterSums(design: CoxDesign, residuals: Float64Array): Float64Array {
  const { n, cluster, row } = design;
  const p = design.names.length;
  const count = cluster === null ? n : cluster.labels.length;
  const sums = new Float64Array(count * p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) {
      const c = cluster === null ? i : cluster.code[row[i]];
      sums[c * p + j] += weightInSquares(design, i) * residuals[j * n + i];
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

/**
 * Why a sandwich does not hold, in words, or null if it does.
 *
 * The clusters' scores add up to zero at the maximum, so that B has at most one rank less than there are clusters. Two
 * clusters have one deviation, and nothing shows how it varies; with as many clusters as coefficients, or scores that lie in
 * a plane, some combination of coefficients seems to have no error at all. The scores are looked at in units of the
 * information, so that covariates that go together are not taken for too few clusters.
 *
 * @param information Cholesky decomposition of the information
 */
export function sandwichProblem(
  design: CoxDesign,
  residuals: Float64Array,
  information: Cholesky,
): { readonly clusters: number; readonly problem: string } | null {
  const { n, weights, counts, cluster, clusterCounts, row, names } = design;
  const p = names.length;
  if (p === 0) return null;
  const found = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    if (weights !== null && weights[i] === 0) continue;
    const copies = cluster === null ? counts?.[i] : clusterCounts?.[cluster.code[row[i]]];
    found.set(cluster === null ? i : cluster.code[row[i]], copies ?? 1);
  }
  let clusters = 0;
  for (const copies of found.values()) clusters += copies;
  const what = cluster === null ? "row" : "cluster";
  const counted = `${clusters} ${what}${clusters === 1 ? "" : "s"}`;
  if (clusters < 3) return { clusters, problem: `${counted} cannot show how scores vary from ${what} to ${what}` };
  const many = `${p} coefficient${p === 1 ? "" : "s"}`;
  if (clusters <= p) return { clusters, problem: `${counted} are too few for the robust errors of ${many}` };
  const own = { ...design, cluster: null, clusterCounts: null };
  const scale = productsOfRows(whitened(clusterSums(own, residuals), information), p);
  let total = 0;
  for (let j = 0; j < p; j++) total += scale[j * p + j];
  const products = productsOfRows(whitened(clusterSums(design, residuals), information), p);
  let largest = 0;
  for (let j = 0; j < p; j++) largest = Math.max(largest, products[j * p + j]);
  const { rank } = cholesky(products, p, largest === 0 ? 1 : (1e-12 * Math.max(total, largest)) / largest);
  if (rank === p) return null;
  return {
    clusters,
    problem: `the scores of ${counted} vary in ${rank} of ${p} directions only, up to rounding`,
  };
}

/** Rows of scores in units of the information LDLᵀ: D^(−1/2)·L⁻¹·g. */
function whitened(rows: Float64Array, { size, factor }: Cholesky): Float64Array {
  for (let at = 0; at < rows.length; at += size) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) rows[at + i] -= factor[i * size + j] * rows[at + j];
    }
    for (let i = 0; i < size; i++) {
      const pivot = factor[i * size + i];
      rows[at + i] = pivot > 0 ? rows[at + i] / Math.sqrt(pivot) : 0;
    }
  }
  return rows;
}

/** Σ g·gᵀ over rows of p numbers, one row after the other. */
export function productsOfRows(rows: Float64Array, p: number): Float64Array {
  const products = new Float64Array(p * p);
  for (let at = 0; at < rows.length; at += p) {
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) products[i * p + j] += rows[at + i] * rows[at + j];
  }
  return products;
}
