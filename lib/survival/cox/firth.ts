import { log } from "../../statistics/elementary";
import { cholesky, choleskyInverse } from "../cholesky";
import { SINGULAR } from "./newton";
import { type Evaluation, evaluate, type Objective, type PartialLikelihood } from "./partial-likelihood";

/**
 * The partial likelihood with Firth's penalty, log L + ½·log |I| (Firth 1993, Biometrika 80:27; Heinze and Schemper
 * 2001, Biometrics 57:114), what R's coxphf maximises.
 *
 * One wants it where a group has no event, so that the likelihood rises for ever: the penalty is Jeffreys's prior, its
 * estimates are finite and less biased in small samples. The score gains ½·tr(I⁻¹ ∂I/∂β), for which third moments over
 * risk sets are needed: the terms of each event time are gone through one by one.
 */
export function firthObjective(likelihood: PartialLikelihood): Objective {
  return (coefficients) => penalise(likelihood, evaluate(likelihood, coefficients));
}

function penalise(likelihood: PartialLikelihood, plain: Evaluation): Evaluation {
  const p = plain.score.length;
  const decomposition = cholesky(plain.information, p, SINGULAR);
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) logDeterminant += log(decomposition.factor[j * p + j]);
  const change = traceOfChange(likelihood, choleskyInverse(decomposition), p);
  return {
    logLikelihood: plain.logLikelihood + logDeterminant / 2,
    score: plain.score.map((value, j) => value + change[j] / 2),
    information: plain.information,
  };
}

/**
 * tr(V·∂I/∂β_j) for each j: Σ over terms of w̄·E[(x_j − x̄_j)·(x − x̄)ᵀV(x − x̄)], since the derivative of a variance
 * under exp(β·x) weights is the third central moment. With sums over the risk set S₁ = Σ r·x, S₂ = Σ r·x·xᵀ,
 * A = Σ r·xᵀVx, B = Σ r·xᵀVx·x it is (B − 2·S₂Vx̄ − A·x̄)/S₀ + 2·(x̄ᵀVx̄)·x̄, so that the sums are moved along and no risk set
 * is gone through twice.
 */
function traceOfChange(likelihood: PartialLikelihood, v: Float64Array, p: number): Float64Array {
  const { design, times, sums, ties } = likelihood;
  const { strata, entry, byEntry, time } = design;
  const trace = new Float64Array(p);
  const at = new Moments(design.x, design.n, v, p);
  const dead = new Moments(design.x, design.n, v, p);
  const mean = new Float64Array(p);
  const moved = new Float64Array(p);
  for (let s = 0; s + 1 < strata.length; s++) {
    at.clear();
    let row = strata[s + 1];
    let late = strata[s + 1];
    for (let e = times.strata[s + 1] - 1; e >= times.strata[s]; e--) {
      const from = times.first[e];
      const d = times.deaths[e];
      while (row > from) at.add(--row, sums.risk[row]);
      if (entry !== null && byEntry !== null) {
        while (late > strata[s] && entry[byEntry[late - 1]] >= time[from]) {
          const position = byEntry[--late];
          at.add(position, -sums.risk[position]);
        }
      }
      const terms = ties === "efron" ? d : 1;
      const weight = times.weight[e] / terms;
      dead.clear();
      if (terms > 1) for (let i = from; i < from + d; i++) dead.add(i, sums.risk[i]);
      for (let k = 0; k < terms; k++) {
        const f = k / d;
        const total = at.total - f * dead.total;
        for (let j = 0; j < p; j++) mean[j] = (at.first[j] - f * dead.first[j]) / total;
        let ofMean = 0;
        for (let j = 0; j < p; j++) {
          moved[j] = 0;
          for (let l = 0; l < p; l++) moved[j] += v[j * p + l] * mean[l];
          ofMean += moved[j] * mean[j];
        }
        const form = at.form - f * dead.form;
        for (let j = 0; j < p; j++) {
          let cross = 0;
          for (let l = 0; l < p; l++) cross += (at.second[j * p + l] - f * dead.second[j * p + l]) * moved[l];
          const third = at.third[j] - f * dead.third[j];
          trace[j] += weight * ((third - 2 * cross - form * mean[j]) / total + 2 * ofMean * mean[j]);
        }
      }
    }
  }
  return trace;
}

/** Sums over a risk set: Σ r, Σ r·x, Σ r·x·xᵀ, Σ r·xᵀVx and Σ r·xᵀVx·x. */
class Moments {
  total = 0;
  form = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
  private readonly x: Float64Array;
  private readonly own: Float64Array;

  constructor(
    columns: Float64Array,
    n: number,
    v: Float64Array,
    private readonly p: number,
  ) {
    this.first = new Float64Array(p);
    this.second = new Float64Array(p * p);
    this.third = new Float64Array(p);
    this.x = new Float64Array(n * p);
    this.own = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) this.x[i * p + j] = columns[j * n + i];
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let k = 0; k < p; k++) sum += v[j * p + k] * this.x[i * p + k];
        this.own[i] += sum * this.x[i * p + j];
      }
    }
  }

  clear(): void {
    this.total = 0;
    this.form = 0;
    this.first.fill(0);
    this.second.fill(0);
    this.third.fill(0);
  }

  /** Takes a row in, or out where the risk is negative. */
  add(row: number, risk: number): void {
    const { p, x, first, second, third } = this;
    const start = row * p;
    const weighted = risk * this.own[row];
    this.total += risk;
    this.form += weighted;
    for (let j = 0; j < p; j++) {
      const xj = x[start + j];
      first[j] += risk * xj;
      third[j] += weighted * xj;
      for (let k = 0; k < p; k++) second[j * p + k] += risk * xj * x[start + k];
    }
  }
}
