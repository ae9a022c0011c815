import { fillSumTerms, type SumTerms, sumTerms } from "../../statistics/inner";

/**
 * The terms of an event time in Efron's method: before the (k + 1)-th of d tied events each of them has left with
 * probability f = k/d, so that S₀ − f·D₀ is at risk. A sum over the terms is Σ times·(…) over `count` of them.
 *
 * Where rows are not counted, there are as many terms as events. Where they are, d may be a million: with m = d − k a term is
 * R₀ + (m/d)·D₀, R₀ = S₀ − D₀ being the sum over those who stay, and what is summed over m (logarithms, and powers of 1/(m + R₀·d/D₀)
 * times those of m) needs some dozen terms at most (`fillSumTerms`). R₀ is summed by itself, since the last terms are small
 * beside S₀.
 */
export interface TiedTerms {
  count: number;
  /** What is at risk: S₀ − f·D₀. */
  left: Float64Array;
  /** Of a sum S over those at risk, or of R where rows are counted, and D over those with the event a term has S + part·D: −f, or m/d. */
  part: Float64Array;
  /** 1, or 0 where rows are counted: with a term's part it is 1 − f, the share of those with the event that is still at risk. */
  whole: 0 | 1;
  /** How many of Efron's terms it stands for. */
  times: Float64Array;
  readonly sum: SumTerms;
}

/** Room for the terms of one event time after the other. */
export function tiedTerms(): TiedTerms {
  const none = new Float64Array(0);
  return { count: 0, left: none, part: none, whole: 1, times: none, sum: sumTerms() };
}

function makeRoom(terms: TiedTerms, count: number): void {
  terms.count = count;
  if (terms.left.length >= count) return;
  for (const name of ["left", "part", "times"] as const) terms[name] = new Float64Array(2 * count);
  terms.times.fill(1);
}

/** One term for each of d events: S₀ − (k/d)·D₀. */
export function fillPlainTerms(terms: TiedTerms, d: number, sum: number, dying: number): void {
  makeRoom(terms, d);
  if (terms.whole === 0) terms.times.fill(1);
  terms.whole = 1;
  const { left, part } = terms;
  for (let k = 0; k < d; k++) {
    const f = k / d;
    left[k] = sum - f * dying;
    part[k] = -f;
  }
}

/** The few terms that stand for those of d counted events: R₀ + (m/d)·D₀. */
export function fillCountedTerms(terms: TiedTerms, d: number, staying: number, dying: number): void {
  fillSumTerms(terms.sum, d, dying > 0 ? (staying / dying) * d : Infinity);
  const { length, at, times } = terms.sum;
  makeRoom(terms, length);
  terms.whole = 0;
  for (let k = 0; k < length; k++) {
    const share = at[k] / d;
    terms.left[k] = staying + share * dying;
    terms.part[k] = share;
    terms.times[k] = times[k];
  }
}
