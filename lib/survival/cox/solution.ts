import { InvalidInputError } from "../../statistics";
import type { CoxDesign } from "./design";
import { fillRiskSums } from "./hazards";
import type { Objective, PartialLikelihood } from "./partial-likelihood";
import { fillPredictor, partialLikelihood } from "./partial-likelihood";
import type { CoxFit } from "./types";

/** What a fit was made from, kept beside it so that the fit itself stays a plain value. */
export interface CoxSolution {
  readonly design: CoxDesign;
  readonly objective: Objective;
  /** On the design's columns. */
  readonly coefficients: Float64Array;
  /** Inverse information on the design's columns. */
  readonly naive: Float64Array;
  /** The variance that inference uses, on the design's columns; the naive or the robust one. */
  readonly variance: Float64Array;
  readonly events: number;
  /** The maximised (penalised) log likelihood. */
  readonly maximum: number;
}

const solutions = new WeakMap<CoxFit, CoxSolution>();

export function keepSolution(fit: CoxFit, solution: CoxSolution): void {
  solutions.set(fit, solution);
}

/**
 * What the fit was made from.
 *
 * @throws {InvalidInputError} if it is not a value that cox() returned in this process
 */
export function solutionOf(action: string, fit: CoxFit): CoxSolution {
  const solution = solutions.get(fit);
  if (solution === undefined) {
    throw new InvalidInputError(
      `${action}: fit is not a value that cox() returned, but a copy or one read from a file; fit the model again`,
      "fit",
    );
  }
  return solution;
}

/** The partial likelihood with its sums over risk sets at the fit's coefficients. */
export function likelihoodAtSolution(action: string, fit: CoxFit): PartialLikelihood {
  const { design, coefficients } = solutionOf(action, fit);
  // After exact ties R has Breslow's sums too.
  const likelihood = partialLikelihood(design, fit.ties === "efron" ? "efron" : "breslow");
  fillPredictor(design, coefficients, likelihood.predictor);
  fillRiskSums(design, likelihood.times, likelihood.sums, likelihood.predictor);
  return likelihood;
}
