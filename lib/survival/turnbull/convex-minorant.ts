import { logLikelihood, type MassProblem } from "./likelihood";
import { derivatives, logSurvival, massOf } from "./log-survival";

/**
 * One step of the iterative convex minorant: a Newton step that takes each coordinate by itself, made increasing by
 * isotonic regression, which finds the intervals without mass many at a time and gives mass back where it is missing
 * (Groeneboom and Wellner 1992; with the line search of Jongbloed 1998, J Comput Graph Stat 7:310).
 */
export function convexMinorantStep(problem: MassProblem, mass: Float64Array): Float64Array {
  if (mass.length < 2) return mass;
  const x = logSurvival(mass);
  const { gradient, curvature } = derivatives(problem, mass);
  const weight = new Float64Array(x.length);
  curvature.weight.forEach((w, i) => {
    if (curvature.left[i] >= 0) weight[curvature.left[i]] += w;
    if (curvature.right[i] < x.length) weight[curvature.right[i]] += w;
  });
  // Where log L is nearly linear in a coordinate the step is at most 1, a factor of e in survival.
  for (let k = 0; k < weight.length; k++) weight[k] = Math.max(weight[k], Math.abs(gradient[k]), 1e-10);
  const target = increasing(
    x.map((value, k) => value + gradient[k] / weight[k]),
    weight,
  );
  const start = logLikelihood(problem, mass);
  let slope = 0;
  for (let k = 0; k < x.length; k++) slope += gradient[k] * (target[k] - x[k]);
  for (let step = 1; step > 1e-6; step /= 2) {
    const next = massOf(x.map((value, k) => (step === 1 ? target[k] : value + step * (target[k] - value))));
    if (logLikelihood(problem, next) >= start + 1e-4 * step * slope) return next;
  }
  return mass;
}

/** Isotonic regression of values of at least 0: neighbours that decrease are pooled at their weighted mean. */
function increasing(values: Float64Array, weight: Float64Array): Float64Array {
  const pools: { mean: number; weight: number; size: number }[] = [];
  values.forEach((value, k) => {
    let pool = { mean: value, weight: weight[k], size: 1 };
    for (let last = pools.pop(); last !== undefined; last = pools.pop()) {
      if (last.mean < pool.mean) {
        pools.push(last);
        break;
      }
      const total = last.weight + pool.weight;
      const mean = (last.mean * last.weight + pool.mean * pool.weight) / total;
      pool = { mean, weight: total, size: last.size + pool.size };
    }
    pools.push(pool);
  });
  const fitted = new Float64Array(values.length);
  let k = 0;
  for (const { mean, size } of pools) {
    fitted.fill(Math.max(0, mean), k, k + size);
    k += size;
  }
  return fitted;
}
