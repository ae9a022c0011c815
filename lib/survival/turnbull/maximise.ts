import { SurvivalError } from "../../statistics";
import {
  derivatives,
  kuhnTuckerGap,
  logLikelihood,
  logSurvival,
  type MassProblem,
  massGradient,
  massOf,
  tails,
} from "./likelihood";
import { newtonSteps, restrict } from "./newton";

export interface MassMaximum {
  readonly mass: Float64Array;
  readonly iterations: number;
  /** How far the Kuhn–Tucker conditions are from holding, in events per row. */
  readonly gap: number;
}

/** Surviving one interval is at least about as likely as one row among all; far below that S is on its way to 0. */
const VANISHED = 1e-4;

/**
 * The masses that maximise the likelihood: self-consistency steps, which are sure to rise, a convex-minorant step, which
 * finds where there is no mass (Wellner and Zhan 1997, JASA 92:945, alternate the two), and Newton's method on the rest,
 * until the Kuhn–Tucker conditions hold.
 *
 * @throws {SurvivalError} if the likelihood has no maximum, survival falling to 0 before rows that entered later; or
 *   without convergence
 */
export function maximiseMass(
  action: string,
  problem: MassProblem,
  maxIterations: number,
  tolerance: number,
): MassMaximum {
  let mass: Float64Array = new Float64Array(problem.intervals).fill(1 / problem.intervals);
  let gap = kuhnTuckerGap(problem, mass);
  let iterations = 0;
  const isTruncated = problem.from.some((from) => from > 0);
  const smallest = problem.least / problem.total;
  while (gap > tolerance && iterations < maxIterations) {
    iterations++;
    for (let k = 0; k < 3; k++) mass = selfConsistencyStep(problem, mass);
    mass = newtonSteps(problem, convexMinorantStep(problem, mass), 20);
    const tail = tails(mass);
    if (
      isTruncated &&
      mass.some((m, j) => m > 0 && j + 1 < mass.length && tail[j + 1] < VANISHED * smallest * tail[j])
    ) {
      throw new SurvivalError(
        `${action}: the likelihood has no maximum: the estimate falls to 0 before rows that entered later have their ` +
          "event, since hardly anybody is at risk before they enter. Begin at a time from which rows are at risk " +
          "throughout, and leave out those that ended before it",
      );
    }
    gap = kuhnTuckerGap(problem, mass);
  }
  if (gap > tolerance) {
    throw new SurvivalError(
      `${action}: no convergence in ${iterations} rounds: the Kuhn–Tucker conditions are violated by ${gap} events per ` +
        `row, and ${tolerance} is asked for; raise maxIterations or tolerance`,
    );
  }
  return { mass, iterations, gap };
}

/**
 * Whether no other masses have the same likelihood.
 *
 * The second derivatives in log S are a graph's Laplacian: each row joins the ends of its interval. A part of the graph
 * that no row joins to S = 1 can be moved at no cost. Without late entry there is none: at the end of each innermost
 * interval a row's interval ends that begins before it. Intervals where the derivative is 0 could have mass as well.
 */
export function isUnique(problem: MassProblem, mass: Float64Array, tolerance: number): boolean {
  const { gradient } = massGradient(problem, mass);
  const possible = Array.from(mass.keys()).filter(
    (j) => mass[j] > 0 || gradient[j] > -Math.sqrt(tolerance) * problem.total,
  );
  const reduced = restrict(problem, possible);
  const { curvature } = derivatives(
    reduced,
    Float64Array.from(possible, (j) => mass[j]),
  );
  const nodes = possible.length; // node 0 is S = 1; node k is x[k − 1]
  const parent = Int32Array.from({ length: nodes }, (_, k) => k);
  const root = (k: number) => {
    let at = k;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  curvature.left.forEach((left, i) => {
    const right = curvature.right[i] + 1;
    if (right < nodes) parent[root(right)] = root(left + 1);
  });
  return parent.every((_, k) => root(k) === root(0));
}

/**
 * One step of Turnbull's self-consistency, which is an EM step: each row's weight goes to the intervals it may have in
 * proportion to their mass, and so do the rows that truncation has hidden (Turnbull 1976, JRSS B 38:290,
 * section 3). log L never falls; far from the maximum it rises fast, near it slowly.
 */
function selfConsistencyStep(problem: MassProblem, mass: Float64Array): Float64Array {
  const { gradient, expected } = massGradient(problem, mass);
  const next = mass.map((m, j) => Math.max(0, (m * (gradient[j] + expected)) / expected));
  const sum = next.reduce((total, m) => total + m, 0);
  return next.map((m) => m / sum);
}

/**
 * One step of the iterative convex minorant: a Newton step that takes each coordinate by itself, made increasing by
 * isotonic regression, which finds the intervals without mass many at a time and gives mass back where it is missing
 * (Groeneboom and Wellner 1992; with the line search of Jongbloed 1998, J Comput Graph Stat 7:310).
 */
function convexMinorantStep(problem: MassProblem, mass: Float64Array): Float64Array {
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
