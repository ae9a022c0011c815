import { square } from "../../statistics/elementary";
import type { SortedOutcome } from "../tied-times";
import { observationProbability } from "./observation-probability";
import { intervalOf } from "./weight-plan";

/** A fitted model's rows by position of the sorted outcome. */
export interface FittedRows {
  readonly outcome: SortedOutcome;
  /** 1 for the cause of interest, 2 for another, 0 censored. */
  readonly code: Uint8Array;
  /** exp of the linear predictor, up to a common factor. */
  readonly risk: Float64Array;
  /** Covariates, columns one after the other, each less some constant near its mean. */
  readonly x: Float64Array;
}

/** One distinct time of Fine and Gray's model. Vectors of 1 + p have a sum, then the same sum times each covariate. */
export interface FineGrayMoment {
  /** Positions from `from` up to, not including, `to` end here. */
  readonly from: number;
  readonly to: number;
  /** G(t−). */
  readonly uncensored: number;
  /** Events of the cause. */
  readonly events: number;
  readonly censored: number;
  /** Weighted mean of each covariate over the risk set. */
  readonly mean: Float64Array;
  /** Σ risk/G(T−) over rows of another cause that ended before. */
  readonly lost: Float64Array;
  /** Σ events/S₀ up to here, with the mean as the covariate. */
  readonly hazard: Float64Array;
  /** Σ G(t−)·events/S₀ from here on, and after here, likewise. */
  readonly fromHere: Float64Array;
  readonly after: Float64Array;
}

/**
 * The sums that the model's scores are made of, at each distinct time in order.
 *
 * The risk set at t has S₀ = Σ risk over rows that end at t or later + G(t−)·Σ risk/G(T−) over those of another cause
 * that ended before, so one pass backwards and one forwards give all of them.
 */
export function fineGrayMoments({ outcome, code, risk, x }: FittedRows): FineGrayMoment[] {
  const { n, time } = outcome;
  const p = x.length / n;
  const observed = observationProbability(outcome, Uint32Array.from(time.keys()), false);
  const add = (sum: Float64Array, i: number, factor: number) => {
    sum[0] += factor;
    for (let j = 0; j < p; j++) sum[j + 1] += factor * x[j * n + i];
  };
  const lost = new Float64Array(p + 1);
  const forward: { from: number; to: number; uncensored: number; lost: Float64Array; counts: number[] }[] =
    [];
  for (let from = 0, to = 0; from < n; from = to) {
    const uncensored = observed.probability[intervalOf(observed, time[from])];
    const counts = [0, 0, 0];
    const before = lost.slice();
    for (; to < n && time[to] === time[from]; to++) {
      counts[code[to]]++;
      if (code[to] === 2) add(lost, to, risk[to] / uncensored);
    }
    forward.push({ from, to, uncensored, lost: before, counts });
  }
  const atRisk = new Float64Array(p + 1);
  let after = new Float64Array(p + 1);
  const moments: FineGrayMoment[] = [];
  for (const { counts, ...moment } of forward.reverse()) {
    const { from, to, uncensored } = moment;
    for (let i = from; i < to; i++) add(atRisk, i, risk[i]);
    const sums = atRisk.map((sum, j) => sum + uncensored * moment.lost[j]);
    const rise = sums.map((sum, j) => (j === 0 ? counts[1] / sums[0] : (counts[1] * sum) / square(sums[0])));
    const fromHere = after.map((sum, j) => sum + uncensored * rise[j]);
    const mean = sums.subarray(1).map((sum) => sum / sums[0]);
    moments.push({ ...moment, events: counts[1], censored: counts[0], mean, hazard: rise, fromHere, after });
    after = fromHere;
  }
  moments.reverse();
  const hazard = new Float64Array(p + 1);
  for (const moment of moments) {
    for (let j = 0; j <= p; j++) {
      hazard[j] += moment.hazard[j];
      moment.hazard[j] = hazard[j];
    }
  }
  return moments;
}
