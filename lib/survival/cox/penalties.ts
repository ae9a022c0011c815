import { log, square } from "../../statistics/elementary";
import { cholesky, choleskyInverse } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import type { RiskSums } from "./hazards";
import { SINGULAR } from "./newton";
import { type Evaluation, evaluate, type Objective } from "./partial-likelihood";
import type { RiskSets } from "./risk-sets";
import { fillCountedTerms, fillPlainTerms, type TiedTerms, tiedTerms } from "./tied-terms";

/**
 * A likelihood less the ridge penalty θ/2·Σ s_j²·β_j², with s_j the column's standard deviation: all columns shrink
 * alike whatever their units; R's `coxph(… ~ ridge(a, b, theta = θ))` (Gray 1992, JASA 87:942).
 */
export function ridgeObjective(objective: Objective, design: CoxDesign, theta: number): Objective {
  const p = design.names.length;
  const variance = Float64Array.from({ length: p }, (_, j) =>
    sampleVariance(design.x.subarray(j * design.n, (j + 1) * design.n), design.counts),
  );
  return (coefficients) => {
    const { logLikelihood, score, information } = objective(coefficients);
    let penalty = 0;
    for (let j = 0; j < p; j++) {
      penalty += (theta / 2) * variance[j] * square(coefficients[j]);
      score[j] -= theta * variance[j] * coefficients[j];
      information[j * p + j] += theta * variance[j];
    }
    return { logLikelihood: logLikelihood - penalty, score, information };
  };
}

function sampleVariance(values: Float64Array, counts: Float64Array | null): number {
  const n = counts === null ? values.length : counts.reduce((sum, count) => sum + count, 0);
  const count = (i: number) => (counts === null ? 1 : counts[i]);
  const mean = values.reduce((sum, value, i) => sum + count(i) * value, 0) / n;
  return values.reduce((sum, value, i) => sum + count(i) * square(value - mean), 0) / (n - 1);
}

/**
 * The partial likelihood with Firth's penalty, log L + ½·log |I| (Firth 1993, Biometrika 80:27; Heinze and Schemper
 * 2001, Biometrics 57:114), what R's coxphf maximises.
 *
 * One wants it where a group has no event, so that the likelihood rises for ever: the penalty is Jeffreys's prior, its
 * estimates are finite and less biased in small samples. The score gains ½·tr(I⁻¹ ∂I/∂β), for which third moments over
 * risk sets are needed: the terms of each event time are gone through one by one.
 */
export function firthObjective(sums: RiskSums): Objective {
  return (coefficients) => penalise(sums, evaluate(sums, coefficients));
}

function penalise(sums: RiskSums, plain: Evaluation): Evaluation {
  const p = plain.score.length;
  const decomposition = cholesky(plain.information, p, SINGULAR);
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) logDeterminant += log(decomposition.factor[j * p + j]);
  const change = traceOfChange(sums, choleskyInverse(decomposition), p);
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
function traceOfChange(sums: RiskSums, v: Float64Array, p: number): Float64Array {
  const { design, sets } = sums;
  const trace = new Float64Array(p);
  const moments = new Moments(design.x, design.n, v, p);
  const dead = new Moments(design.x, design.n, v, p);
  const scratch = tiedTerms();
  for (let s = 0; s + 1 < sets.strata.length; s++) {
    moments.clear();
    for (let e = sets.strata[s + 1] - 1; e >= sets.strata[s]; e--) {
      const d = moveToTerms(sums, e, moments, dead, scratch);
      addTerms(trace, moments, dead, scratch, sets.weight[e] / d);
      if (isCounted(sums, e)) moments.addAll(sets.first[e], sets.first[e] + sets.deaths[e], sums.risk);
    }
  }
  return trace;
}

/** Whether several events are tied at event time e and rows are counted: then terms begin with those who stay at risk. */
function isCounted({ sets, ties }: RiskSums, e: number): boolean {
  return ties === "efron" && sets.counted && sets.events[e] > 1;
}

/** Moves to event time e and fills the terms there; returns for how many events they stand. */
function moveToTerms(sums: RiskSums, e: number, moments: Moments, dead: Moments, terms: TiedTerms): number {
  const { sets, risk, ties } = sums;
  const stay = sets.first[e] + sets.deaths[e];
  const d = ties === "efron" ? sets.events[e] : 1;
  dead.clear();
  if (d > 1) dead.addAll(sets.first[e], stay, risk);
  const counted = isCounted(sums, e);
  moments.moveTo(sets, e, risk, counted ? stay : sets.first[e]);
  if (counted) fillCountedTerms(terms, d, moments.total, dead.total);
  else fillPlainTerms(terms, d, moments.total, dead.total);
  return d;
}

/** Adds the terms of an event time: sums of `all` and a part of those of the dying, for each. */
function addTerms(
  trace: Float64Array,
  all: Moments,
  dead: Moments,
  { count, part, left, times }: TiedTerms,
  weight: number,
): void {
  for (let k = 0; k < count; k++) addTerm(trace, all, dead, part[k], left[k], times[k] * weight);
}

function addTerm(trace: Float64Array, all: Moments, dead: Moments, part: number, total: number, weight: number): void {
  const p = trace.length;
  const { v } = all;
  const mean = all.first.map((sum, j) => (sum + part * dead.first[j]) / total);
  const moved = new Float64Array(p);
  let ofMean = 0;
  for (let j = 0; j < p; j++) {
    for (let l = 0; l < p; l++) moved[j] += v[j * p + l] * mean[l];
    ofMean += moved[j] * mean[j];
  }
  const form = all.form + part * dead.form;
  for (let j = 0; j < p; j++) {
    let cross = 0;
    for (let l = 0; l < p; l++) cross += (all.second[j * p + l] + part * dead.second[j * p + l]) * moved[l];
    const third = all.third[j] + part * dead.third[j];
    trace[j] += weight * ((third - 2 * cross - form * mean[j]) / total + 2 * ofMean * mean[j]);
  }
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
    readonly v: Float64Array,
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

  /** Moves from the risk set of the event time after it to that of event time e, or to its part from position `from` on. */
  moveTo(sets: RiskSets, e: number, risk: Float64Array, from: number): void {
    for (let i = sets.until[e] - 1; i >= from; i--) this.add(i, risk[i]);
    if (sets.leaving === null) return;
    for (let k = sets.leaveUntil[e] - 1; k >= sets.leave[e]; k--) {
      this.add(sets.leaving[k], -risk[sets.leaving[k]]);
    }
  }

  /** Takes the rows of a span in. */
  addAll(from: number, to: number, risk: Float64Array): void {
    for (let i = from; i < to; i++) this.add(i, risk[i]);
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
