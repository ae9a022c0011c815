import { InvalidInputError } from "../../statistics";
import type { CoxDesign } from "./design";
import { fillRiskSums, type RiskSums, riskSumsFor } from "./hazards";
import type { RiskSets } from "./risk-sets";
import type { CoxFit } from "./types";

/** What a fit was made from, kept beside its numbers. */
export interface CoxSolution {
  readonly design: CoxDesign;
  readonly sets: RiskSets;
  /** On the design's columns. */
  readonly coefficients: Float64Array;
  /** Inverse information on the design's columns. */
  readonly naive: Float64Array;
  /** The variance that inference uses, on the design's columns; the naive or the robust one, null where that does not hold. */
  readonly variance: Float64Array | null;
  readonly events: number;
  /** The log frailty of each position, which its offset contains; null without frailties. */
  readonly logFrailty: Float64Array | null;
}

/** To be raised whenever CoxSolution, CoxDesign or RiskSets change, so that a fit of older code is not misread. */
const LAYOUT = 5;

/** The same in every copy of this file: an edited library has to understand the fits that were made before the edit. */
const SOLUTION = Symbol.for("survival/cox solution");

interface Kept {
  readonly layout: number;
  readonly solution: CoxSolution;
}

/** Keeps the solution on the fit, out of sight: neither JSON nor a structured clone, nor a loop over it, has it. */
export function keepSolution(fit: CoxFit, solution: CoxSolution): void {
  const kept: Kept = { layout: LAYOUT, solution };
  Object.defineProperty(fit, SOLUTION, { value: kept, enumerable: false });
}

/**
 * What the fit was made from.
 *
 * @throws {InvalidInputError} if it is not a value that cox() returned in this process, or was made by code that kept
 *   other things
 */
export function solutionOf(action: string, fit: CoxFit): CoxSolution {
  const kept: unknown = typeof fit === "object" && fit !== null ? Reflect.get(fit, SOLUTION) : undefined;
  if (!isKept(kept)) {
    throw new InvalidInputError(
      `${action}: fit is not a value that cox() returned, but a copy or one read from a file; fit the model again`,
      "fit",
    );
  }
  if (kept.layout !== LAYOUT) {
    throw new InvalidInputError(
      `${action}: fit was made before lib/survival/cox was edited, and what a fit keeps has changed since; fit the model again`,
      "fit",
    );
  }
  return kept.solution;
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "layout" in value && "solution" in value;
}

/** The sums over risk sets at the fit's coefficients. */
export function sumsAtSolution(action: string, fit: CoxFit): RiskSums {
  const { design, sets, coefficients } = solutionOf(action, fit);
  // After exact ties R has Breslow's sums too.
  const sums = riskSumsFor(design, fit.ties === "efron" ? "efron" : "breslow", sets);
  fillRiskSums(sums, coefficients);
  return sums;
}
