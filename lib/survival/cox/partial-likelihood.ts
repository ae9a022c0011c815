import { dot } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { fillRiskSums, type RiskSums } from "./hazards";
import { information } from "./information";

/** A log likelihood with its first and (negative) second derivatives. */
export interface Evaluation {
  readonly logLikelihood: number;
  /** p first derivatives. */
  readonly score: Float64Array;
  /** p × p negative second derivatives, row-major, both triangles. */
  readonly information: Float64Array;
}

/** Evaluates a likelihood at coefficients of the design's centered and scaled columns. */
export type Objective = (coefficients: Float64Array) => Evaluation;

/**
 * Evaluates the log partial likelihood, its score and its information (Cox 1972, JRSS B 34:187; Therneau and Grambsch
 * 2000, eqs. 3.2–3.6):
 *
 *     U = Σ over events (x − x̄(t)),   I = Σ over events (S₂/S₀ − x̄·x̄ᵀ),   x̄ = S₁/S₀,
 *     S₀ = Σ r, S₁ = Σ r·x, S₂ = Σ r·x·xᵀ over the risk set, r = weight·exp(η).
 *
 * Written that way S₂, p² numbers, changes with every row. Summed by rows instead of by events the same is
 * U = Σ x·M and I = Xᵀ·diag(E)·X − Σ x̄·x̄ᵀ, with E = r·Λ̂ the events expected of a row and M = observed − E its martingale
 * residual: matrix products over rows, and one outer product for each distinct event time.
 *
 * @param sums space of a design; afterwards the sums are those of the coefficients
 */
export function evaluate(sums: RiskSums, coefficients: Float64Array): Evaluation {
  const { design, predictor } = sums;
  const logLikelihood = fillRiskSums(sums, coefficients);
  const score = new Float64Array(coefficients.length);
  const martingale = predictor; // not needed any more
  fillMartingale(design, sums.expected, martingale);
  for (let j = 0; j < score.length; j++) score[j] = dot(design.x, j * design.n, martingale, 0, design.n);
  return { logLikelihood, score, information: information(sums) };
}

function fillMartingale(
  { counted, weights }: CoxDesign,
  expected: Float64Array,
  martingale: Float64Array,
): void {
  if (weights === null) {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] - expected[i];
  } else {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] * weights[i] - expected[i];
  }
}
