import { exp, expm1, log, log1p } from "../../statistics/elementary";
import type { CensoredTimes, Innermost } from "./censored-times";

/** A problem to maximise: rows as ranges of intervals. Rows of weight 0 are left out. */
export interface MassProblem {
  readonly intervals: number;
  /** The row's event is in one of the intervals first to last. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** The row is seen because its event is in interval `from` or later. */
  readonly from: Int32Array;
  readonly weights: Float64Array;
  /** Σ weights. */
  readonly total: number;
  /** The least weight of a row, of one of its copies where rows are counted. */
  readonly least: number;
}

export function massProblem(
  innermost: Innermost,
  { weights, counts }: Pick<CensoredTimes, "weights" | "counts">,
): MassProblem {
  const rows = Array.from(weights.keys()).filter((i) => weights[i] > 0);
  const kept = Float64Array.from(rows, (i) => weights[i]);
  return {
    intervals: innermost.lower.length,
    first: Int32Array.from(rows, (i) => innermost.first[i]),
    last: Int32Array.from(rows, (i) => innermost.last[i]),
    from: Int32Array.from(rows, (i) => innermost.truncated?.[i] ?? 0),
    weights: kept,
    total: kept.reduce((sum, w) => sum + w, 0),
    least: rows.reduce((least, i) => Math.min(least, weights[i] / (counts?.[i] ?? 1)), Infinity),
  };
}

/** Mass in interval j and all later ones, for j from 0 to the number of intervals. */
export function tails(mass: Float64Array): Float64Array {
  const tail = new Float64Array(mass.length + 1);
  for (let j = mass.length - 1; j >= 0; j--) tail[j] = tail[j + 1] + mass[j];
  return tail;
}

/** A row's probability, without cancellation where it is a single interval. */
export function rowMass(mass: Float64Array, tail: Float64Array, first: number, last: number): number {
  return first === last ? mass[first] : tail[first] - tail[last + 1];
}

/** log L = Σ w·(log P(interval) − log P(seen)). */
export function logLikelihood({ first, last, from, weights }: MassProblem, mass: Float64Array): number {
  const tail = tails(mass);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const ratio = rowMass(mass, tail, first[i], last[i]) / tail[from[i]];
    sum += weights[i] * log(ratio > 0 ? ratio : 0);
  }
  return sum;
}

/**
 * The derivative of log L by the mass of each interval, Σ w/P(interval) over rows that may have it − Σ w/P(seen) over
 * rows that it would make seen; `expected` is Σ w/P(seen) over all rows, the number that would have been there.
 *
 * At the maximum it is 0 where there is mass and at most 0 where there is none: the Kuhn–Tucker conditions.
 */
export function massGradient({ intervals, first, last, from, weights }: MassProblem, mass: Float64Array) {
  const tail = tails(mass);
  const steps = new Float64Array(intervals + 1);
  let expected = 0;
  for (let i = 0; i < weights.length; i++) {
    const inside = weights[i] / rowMass(mass, tail, first[i], last[i]);
    const seen = weights[i] / tail[from[i]];
    steps[first[i]] += inside;
    steps[last[i] + 1] -= inside;
    steps[from[i]] -= seen;
    expected += seen;
  }
  const gradient = new Float64Array(intervals);
  let sum = 0;
  for (let j = 0; j < intervals; j++) {
    sum += steps[j];
    gradient[j] = sum;
  }
  return { gradient, expected };
}

/**
 * How far the Kuhn–Tucker conditions are from holding, in events per row: the largest derivative towards an interval
 * without mass, and the largest size of one at an interval with mass. Without truncation the log-likelihood is concave,
 * and its maximum exceeds the present value by at most this times Σ w.
 */
export function kuhnTuckerGap(problem: MassProblem, mass: Float64Array): number {
  const { gradient } = massGradient(problem, mass);
  let gap = 0;
  gradient.forEach((value, j) => {
    gap = Math.max(gap, mass[j] > 0 ? Math.abs(value) : value);
  });
  return gap / problem.total;
}

/**
 * Masses as x = −log S after each interval but the last, so that the only constraint is 0 ≤ x₁ ≤ x₂ ≤ …; in x the
 * log-likelihood is concave with late entries too: log(e^−a − e^−b) is, and log S at entry is linear.
 */
export function logSurvival(mass: Float64Array): Float64Array {
  const tail = tails(mass);
  const x = new Float64Array(mass.length - 1);
  let sum = 0;
  for (let j = 0; j < x.length; j++) {
    // log1p keeps equal neighbours equal where there is no mass between them.
    sum -= log1p(-mass[j] / tail[j]);
    x[j] = sum;
  }
  return x;
}

export function massOf(x: Float64Array): Float64Array {
  return Float64Array.from({ length: x.length + 1 }, (_, j) => {
    const before = j === 0 ? 0 : x[j - 1];
    return j === x.length ? exp(-before) : -exp(-before) * expm1(before - x[j]);
  });
}

/** A row's part of the second derivatives: −∂²log L is Σ weight·(e_left − e_right)(e_left − e_right)ᵀ. */
export interface Curvature {
  /** Indices of x, −1 for S = 1 before the first interval. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
}

/** First derivatives of log L by x, and the edges of its second derivatives, a weighted graph's Laplacian. */
export function derivatives(problem: MassProblem, mass: Float64Array) {
  const { intervals, first, last, from, weights } = problem;
  const tail = tails(mass);
  const gradient = new Float64Array(intervals - 1);
  const curvature = {
    left: new Int32Array(weights.length),
    right: new Int32Array(weights.length),
    weight: new Float64Array(weights.length),
  };
  for (let i = 0; i < weights.length; i++) {
    const p = rowMass(mass, tail, first[i], last[i]);
    const [left, right] = [first[i] - 1, last[i]];
    const [sLeft, sRight] = [tail[first[i]], tail[last[i] + 1]];
    if (left >= 0) gradient[left] -= (weights[i] * sLeft) / p;
    if (right < gradient.length) {
      gradient[right] += (weights[i] * sRight) / p;
      curvature.weight[i] = ((weights[i] * sLeft) / p) * (sRight / p);
    }
    curvature.left[i] = left;
    curvature.right[i] = right;
    if (from[i] > 0) gradient[from[i] - 1] += weights[i];
  }
  return { gradient, curvature };
}
