/** An inner door: Cox's model below its tables, for what fits it a thousand times or asks what a fit was made from. */
import { type CoxDesign, centeredInStrata, countsOf, resampler } from "./design";
import { findSeparation } from "./estimable";
import { exactObjective } from "./exact";
import { type RiskSums, riskSumsFor, roomForSamples, type SimpleTies, sumsOfSample } from "./hazards";
import { maximise } from "./newton";
import { evaluate, type Objective } from "./partial-likelihood";
import { firthObjective, ridgeObjective } from "./penalties";

export { ADJUSTED_OPTIONS, adjust } from "./adjusted-curves";
export { type CoxDesign, takeCoxRows } from "./design";
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

export function likelihoodOf(design: CoxDesign, options: LikelihoodOptions): CoxLikelihood {
  return likelihoodIn(riskSumsFor(centeredInStrata(design), simpleTies(options)), design, options);
}

function simpleTies({ ties = "efron" }: LikelihoodOptions): SimpleTies {
  return ties === "efron" ? "efron" : "breslow";
}

function likelihoodIn(
  sums: RiskSums,
  design: CoxDesign,
  { ties, firth = false, ridge = 0 }: LikelihoodOptions,
): CoxLikelihood {
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
 * Fits to samples of a design's rows: for how often each row is in one the coefficients that cox() gives, in the covariates' own
 * units, without all that goes with a fit; or, in words, why there are none. All fits use the same room.
 */
export function refitter(
  design: CoxDesign,
  options: RefitOptions,
): (drawn: ArrayLike<number>) => Float64Array | string {
  const sampleOf = resampler(design);
  const room = roomForSamples(design, simpleTies(options));
  return (drawn) => {
    const sample = sampleOf(drawn);
    if (!sample.counted.includes(1)) return "no row has the event";
    return refit(sample, likelihoodIn(sumsOfSample(room, centeredInStrata(sample)), sample, options), options);
  };
}

function refit(design: CoxDesign, { sums, objective }: CoxLikelihood, options: RefitOptions): Float64Array | string {
  const maximum = maximise(objective, options.start, { ...options, events: countsOf(design).events });
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
