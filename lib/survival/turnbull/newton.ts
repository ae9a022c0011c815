import { derivatives, logLikelihood, logSurvival, type MassProblem, massOf } from "./likelihood";

/**
 * Newton's method on the intervals that have mass, which reaches the last digits in a few steps where self-consistency
 * needs thousands. An interval whose mass becomes 0 on the way is dropped; whether one should have mass again is for
 * the Kuhn–Tucker conditions to say, and for a convex-minorant step to mend.
 */
export function newtonSteps(problem: MassProblem, start: Float64Array, steps: number): Float64Array {
  let mass = start;
  for (let step = 0; step < steps; step++) {
    const support = Array.from(mass.keys()).filter((j) => mass[j] > 0);
    const reduced = restrict(problem, support);
    const inside = Float64Array.from(support, (j) => mass[j]);
    const next = newtonStep(reduced, inside);
    if (next === null) return mass;
    mass = new Float64Array(mass.length);
    support.forEach((j, k) => {
      mass[j] = next[k];
    });
  }
  return mass;
}

/** The same problem on some of the intervals only. */
export function restrict(problem: MassProblem, support: readonly number[]): MassProblem {
  const before = new Int32Array(problem.intervals + 1); // how many of `support` lie before each interval
  let count = 0;
  for (let j = 0; j <= problem.intervals; j++) {
    before[j] = count;
    if (support[count] === j) count++;
  }
  return {
    ...problem,
    intervals: support.length,
    first: problem.first.map((j) => before[j]),
    last: problem.last.map((j) => before[j + 1] - 1),
    from: problem.from.map((j) => before[j]),
  };
}

/** The masses after one step, or null where a step no longer changes anything. */
function newtonStep(problem: MassProblem, mass: Float64Array): Float64Array | null {
  if (mass.length < 2) return null;
  const x = logSurvival(mass);
  const { gradient, curvature } = derivatives(problem, mass);
  const finite = Array.from(curvature.weight.keys()).filter((i) => curvature.right[i] < x.length);
  const edges = {
    left: Int32Array.from(finite, (i) => curvature.left[i]),
    right: Int32Array.from(finite, (i) => curvature.right[i]),
    weight: Float64Array.from(finite, (i) => curvature.weight[i]),
  };
  const direction = solveLaplacian(edges, gradient);
  if (direction.every((d) => Math.abs(d) < 1e-13)) return null;
  // As far as no mass becomes negative.
  let [longest, empty] = [1, -1];
  x.forEach((value, k) => {
    const gap = k === 0 ? value : value - x[k - 1];
    const change = direction[k] - (k === 0 ? 0 : direction[k - 1]);
    if (gap + longest * change < 0) {
      longest = gap / -change;
      empty = k;
    }
  });
  const start = logLikelihood(problem, mass);
  for (let step = longest; step > 1e-8; step /= 2) {
    const next = massOf(x.map((value, k) => value + step * direction[k]));
    if (step === longest && empty >= 0) next[empty] = 0;
    for (let k = 0; k < next.length; k++) next[k] = Math.max(0, next[k]);
    const value = logLikelihood(problem, next);
    if (value > start) return next;
    // At the end log L no longer tells steps apart; one that is short enough is as good as exact.
    if (value > start - 1e-12 * Math.abs(start) && direction.every((d) => Math.abs(d) < 1e-5)) return next;
  }
  return null;
}

/** An edge between two nodes of a graph; node −1 is the ground. */
interface Edges {
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
function solveLaplacian({ left, right, weight }: Edges, b: Float64Array): Float64Array {
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
  for (let k = size - 1; k >= 0; k--) y[k] = (y[k] - (k + 1 < size ? beside[k + 1] * y[k + 1] : 0)) / pivot[k];
  return y;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
