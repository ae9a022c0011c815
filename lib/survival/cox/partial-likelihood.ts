import { addTo, BLOCK, type BlockSums, blockSums, ExactSum, endPair, takeRows } from "../../statistics/inner";
import { fillRiskSums, type RiskSums, sumOfDying } from "./hazards";
import { type RunningSum, walkBack } from "./risk-sets";

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
  const logLikelihood = fillRiskSums(sums, coefficients);
  return { logLikelihood, ...derivatives(sums) };
}

/**
 * The information at the sums' coefficients, p × p, row-major: Xᵀ·diag(E)·X − Σ w̄·x̄·x̄ᵀ over event times, with E the
 * events expected of each row.
 *
 * With Efron's method the d terms of a time have x̄ = (S₁ − f·D₁)/(S₀ − f·D₀). Their products with weight w̄ are
 * a·S₁S₁ᵀ − b·(S₁D₁ᵀ + D₁S₁ᵀ) + c·D₁D₁ᵀ with a = Σ w̄/S₀², b = Σ f·w̄/S₀², c = Σ f²·w̄/S₀² over the terms, which is two
 * products, whatever d: a·(S₁ − b/a·D₁)(…)ᵀ + (c − b²/a)·D₁D₁ᵀ. With 1 − f in place of f, b/a is 1 less the former and c − b²/a
 * the same.
 */
export function information(sums: RiskSums): Float64Array {
  return derivatives(sums).information;
}

/** Score and information, going backwards through blocks of rows, each of which is read once for all that is summed over it. */
function derivatives(sums: RiskSums): Pick<Evaluation, "score" | "information"> {
  const { design, sets, expected, squaresOfRows } = sums;
  const { n, names, x } = design;
  const p = names.length;
  const block = blockSums(p);
  const before: Before = { stratum: design.strata.length - 2, e: sets.count };
  for (let to = p === 0 ? 0 : n; to > 0; ) {
    const from = to - 1 - ((to - 1) % BLOCK);
    block.rows.weights.set(expected.subarray(from, to));
    fillMartingale(sums, from, to, block.factors);
    takeRows(block, { x, size: p, stride: n }, from, to - from);
    block.addProducts(block.rows, to - from);
    block.addDots(to - from);
    if (sets.leaving === null) subtractByRows(block, sums, { from, to }, before);
    to = from;
  }
  if (sets.leaving !== null) subtractByTimes(block, sums);
  const matrix = new Float64Array(p * p);
  addTo(matrix, p, block.rows);
  for (let j = 0; j < p; j++) squaresOfRows[j] = matrix[j * p + j];
  addTo(matrix, p, block.walked);
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) matrix[j * p + i] = matrix[i * p + j];
  return { score: block.dots.slice(0, p), information: matrix };
}

/** Observed less expected events of rows. */
function fillMartingale({ design, expected }: RiskSums, from: number, to: number, martingale: Float64Array): void {
  const { counted, weights } = design;
  if (weights === null) {
    for (let i = from; i < to; i++) martingale[i - from] = counted[i] - expected[i];
  } else {
    for (let i = from; i < to; i++) martingale[i - from] = counted[i] * weights[i] - expected[i];
  }
  // The partner of a last row that has none.
  if (to - from < martingale.length) martingale[to - from] = 0;
}

/** Up to where a walk backwards has come: the stratum it is in, and the event time that it was at last. */
interface Before {
  stratum: number;
  e: number;
}

/** Subtracts Σ w̄·x̄·x̄ᵀ over the event times of a block of rows, where nobody leaves: S₁ is a running sum over rows. */
function subtractByRows(
  block: BlockSums,
  sums: RiskSums,
  { from, to }: { readonly from: number; readonly to: number },
  before: Before,
): void {
  const { strata } = sums.design;
  block.risks.set(sums.risk.subarray(from, to));
  block.marks.set(sums.sets.starts.subarray(from, to));
  let times = 0;
  for (let end = to; end > from; ) {
    const start = Math.max(from, strata[before.stratum]);
    times = block.walk(start - from, end - from, times);
    end = start;
    if (start > strata[before.stratum]) continue;
    before.stratum--;
    block.running.fill(0);
  }
  before.e -= times;
  subtractWalked(block, sums, before.e, times);
}

/** With entries a block is one of event times. */
function subtractByTimes(block: BlockSums, sums: RiskSums): void {
  const { design, sets, risk } = sums;
  const { x, n, names } = design;
  const running = names.map((_, j): RunningSum => ({ risk, x, column: j * n, total: new ExactSum() }));
  for (let last = sets.count; last > 0; ) {
    const e = Math.max(0, last - BLOCK);
    running.forEach((column, j) => {
      walkBack(sets, column, e, last, { values: block.walked.columns, at: j * BLOCK + last - 1, step: -1 });
    });
    subtractWalked(block, sums, e, last - e);
    last = e;
  }
}

/** The block has S₁ of some event times from e on, the last of them first: gives them their weights, and splits those of tied times in two. */
function subtractWalked(block: BlockSums, sums: RiskSums, e: number, times: number): void {
  const { squares, efron, sets, design } = sums;
  const { walked, rows } = block;
  const p = design.names.length;
  let tied = 0;
  for (let k = 0; k < times; k++) {
    const index = e + times - 1 - k;
    walked.weights[k] = -squares[index];
    if (efron === null || sets.events[index] === 1) continue;
    // A factor on all terms may be 0; then nothing is subtracted.
    const ratio = squares[index] === 0 ? 0 : efron.crossSquares[index] / squares[index];
    const share = sets.counted ? 1 - ratio : ratio;
    // The rows at hand are not needed any more.
    rows.weights[tied] = efron.crossSquares[index] * ratio - efron.dyingSquares[index];
    for (let j = 0; j < p; j++) {
      const ofDying = sumOfDying(sums, j, index);
      walked.columns[j * BLOCK + k] -= share * ofDying;
      rows.columns[j * BLOCK + tied] = ofDying;
    }
    tied++;
  }
  endPair(walked, times);
  block.addProducts(walked, times);
  if (tied === 0) return;
  endPair(rows, tied);
  block.addProducts(rows, tied, walked);
}
