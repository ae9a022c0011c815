import { type MassProblem, massGradient } from "./likelihood";

/**
 * One step of Turnbull's self-consistency, which is an EM step: each row's weight goes to the intervals it may have in
 * proportion to their mass, and so do the rows that truncation has hidden (Turnbull 1976, JRSS B 38:290,
 * section 3). log L never falls; far from the maximum it rises fast, near it slowly.
 */
export function selfConsistencyStep(problem: MassProblem, mass: Float64Array): Float64Array {
  const { gradient, expected } = massGradient(problem, mass);
  const next = mass.map((m, j) => Math.max(0, (m * (gradient[j] + expected)) / expected));
  const sum = next.reduce((total, m) => total + m, 0);
  return next.map((m) => m / sum);
}
