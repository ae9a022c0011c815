import { solveLaplacian } from "./laplacian";
import { logLikelihood, type MassProblem } from "./likelihood";
import { derivatives, logSurvival, massOf } from "./log-survival";

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
