import { exp, expm1, log1p } from "../../statistics/elementary";
import { type MassProblem, rowMass, tails } from "./likelihood";

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
