import { addCrossProducts, dot } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { fillRiskSums, type RiskSums, riskSumsFor, type SimpleTies } from "./hazards";
import { subtractMeanProducts } from "./information";
import { type EventTimes, eventTimes } from "./risk-sets";

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

/** The partial likelihood of a design with the space that its evaluation needs. */
export interface PartialLikelihood {
  readonly design: CoxDesign;
  readonly times: EventTimes;
  readonly ties: SimpleTies;
  readonly sums: RiskSums;
  /** Scratch, n long. */
  readonly predictor: Float64Array;
}

export function partialLikelihood(design: CoxDesign, ties: SimpleTies): PartialLikelihood {
  const times = eventTimes(design);
  const sums = riskSumsFor(design, times, ties);
  return { design, times, ties, sums, predictor: new Float64Array(design.n) };
}

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
 */
export function evaluate(likelihood: PartialLikelihood, coefficients: Float64Array): Evaluation {
  const { design, times, sums, predictor } = likelihood;
  const p = coefficients.length;
  fillPredictor(design, coefficients, predictor);
  const logLikelihood = fillRiskSums(design, times, sums, predictor);
  const score = new Float64Array(p);
  const martingale = predictor; // not needed any more
  fillMartingale(design.counted, design.weights, sums.expected, martingale);
  for (let j = 0; j < p; j++) score[j] = dot(design.x, j * design.n, martingale, 0, design.n);
  const information = new Float64Array(p * p);
  addCrossProducts(information, p, design.x, design.n, 0, design.n, sums.expected, 0);
  subtractMeanProducts(information, p, design, times, sums);
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) information[j * p + i] = information[i * p + j];
  return { logLikelihood, score, information };
}

/** η = offset + x·β. */
export function fillPredictor(
  design: CoxDesign,
  coefficients: ArrayLike<number>,
  predictor: Float64Array,
): void {
  if (design.offset === null) predictor.fill(0);
  else predictor.set(design.offset);
  const p = coefficients.length;
  const { n, x } = design;
  let j = 0;
  for (; j + 3 < p; j += 4) {
    const [a, b, c, d] = [coefficients[j], coefficients[j + 1], coefficients[j + 2], coefficients[j + 3]];
    if (a !== 0 || b !== 0 || c !== 0 || d !== 0) addFourScaled(predictor, x, j * n, n, a, b, c, d);
  }
  for (; j < p; j++) if (coefficients[j] !== 0) addScaled(predictor, x, j * n, coefficients[j]);
}

/** Four columns at a time, so that the sum is read and written once for all of them. */
function addFourScaled(
  target: Float64Array,
  x: Float64Array,
  first: number,
  n: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  const second = first + n;
  const third = second + n;
  const fourth = third + n;
  for (let i = 0; i < n; i++) {
    target[i] += a * x[first + i] + b * x[second + i] + (c * x[third + i] + d * x[fourth + i]);
  }
}

function addScaled(target: Float64Array, x: Float64Array, start: number, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[start + i];
}

function fillMartingale(
  counted: Uint8Array,
  weights: Float64Array | null,
  expected: Float64Array,
  martingale: Float64Array,
): void {
  if (weights === null) {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] - expected[i];
  } else {
    for (let i = 0; i < expected.length; i++) martingale[i] = counted[i] * weights[i] - expected[i];
  }
}
