/** An inner door: Cox's model below its tables, for what fits it a thousand times or asks what a fit was made from. */
import { type CoxDesign, centeredInStrata, countsOf } from "./design";
import { findSeparation } from "./estimable";
import { exactObjective } from "./exact";
import { type RiskSums, riskSumsFor } from "./hazards";
import { maximise } from "./newton";
import { evaluate, type Objective } from "./partial-likelihood";
import { firthObjective, ridgeObjective } from "./penalties";

export { ADJUSTED_OPTIONS, adjust } from "./adjusted-curves";
export { type CoxDesign, resampleDesign, takeCoxRows } from "./design";
export { type MemberScores, memberScores } from "./member-scores";
export { solutionOf } from "./solution";

/** Which likelihood is meant. */
export interface LikelihoodOptions {
  readonly ties?: "efron" | "breslow" | "exact";
  readonly firth?: boolean;
  readonly ridge?: number;
}

/** The log likelihood of a design, ready to be evaluated at coefficients of its columns. */
export interface CoxLikelihood {
  /** What an evaluation leaves: with exact ties Breslow's sums. */
  readonly sums: RiskSums;
  readonly plain: Objective;
  /** With its penalty; `plain` where there is none. */
  readonly objective: Objective;
}

export function likelihoodOf(
  design: CoxDesign,
  { ties = "efron", firth = false, ridge = 0 }: LikelihoodOptions,
): CoxLikelihood {
  const sums = riskSumsFor(centeredInStrata(design), ties === "efron" ? "efron" : "breslow");
  const plain: Objective = ties === "exact" ? exactObjective(sums) : (coefficients) => evaluate(sums, coefficients);
  if (firth) return { sums, plain, objective: firthObjective(sums) };
  return { sums, plain, objective: ridge > 0 ? ridgeObjective(plain, design, ridge) : plain };
}

export interface RefitOptions extends LikelihoodOptions {
  /** Where the iteration begins, on the design's columns. */
  readonly start: Float64Array;
  readonly maxIterations: number;
  readonly tolerance: number;
}

/**
 * The coefficients that cox() gives for a design, in the covariates' own units, without all that goes with a fit; or, in
 * words, why there are none.
 */
export function refit(design: CoxDesign, options: RefitOptions): Float64Array | string {
  const { events } = countsOf(design);
  if (events === 0) return "no row has the event";
  const { sums, objective } = likelihoodOf(design, options);
  const maximum = maximise(objective, options.start, { ...options, events });
  // The iteration also ends on the way to infinity, once the likelihood rises too little; the step shows it.
  const separation = options.firth ? null : findSeparation(design, sums.sets, maximum.step);
  if (separation !== null) return separation.message.replace(/^cox: /, "");
  const missing = maximum.decomposition.redundant.indexOf(1);
  if (missing >= 0) {
    return `"${design.names[missing]}" is constant where events occur, or a combination of other covariates`;
  }
  if (!maximum.converged) return `the likelihood's maximum was not reached in ${maximum.iterations} iterations`;
  return maximum.coefficients.map((value, j) => value / design.scale[j]);
}
