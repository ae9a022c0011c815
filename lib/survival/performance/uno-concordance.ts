import { NoEventsError } from "../../statistics";
import { checkFields, checkPositive, RankWeights } from "../../statistics/inner";
import { ranksOf } from "../concordance";
import type { CoxFit } from "../cox";
import { fittedRows } from "../cox/predicted-risk";
import { riskSetSteps } from "../event-table";
import { type Observed, observe } from "./scoring";

export interface UnoConcordance {
  /** The share of comparable pairs in which the row with the higher risk had its event first; ties in risk count half. */
  readonly estimate: number;
  /** The last time whose events are compared; null for all. */
  readonly tau: number | null;
}

/**
 * Uno's concordance of a Cox model; R's `concordance(fit, timewt = "n/G2", ymax = tau)`.
 *
 * One wants it beside Harrell's concordance() where many are censored: that one compares those pairs that the censoring
 * left, and changes with it. Here a pair whose first event is at t weighs 1/G(t−)², with G the probability of not having
 * been censored, so that the pairs stand for those of all rows (Uno and others 2011, Statistics in Medicine 30:1105, eq. 5).
 *
 * @param fit a fit of cox() to rows without entry; with strata, pairs are compared across them
 * @param options tau: the last time whose events are compared, where few are seen beyond; all unless told
 * @throws {InvalidInputError} if fit is not from cox() or has entries, or tau is not above 0
 * @throws {NoEventsError} if no two rows can be compared
 * @example unoConcordance(fit, { tau: 36 }).estimate
 */
export function unoConcordance(fit: CoxFit, options: { readonly tau?: number } = {}): UnoConcordance {
  const action = "unoConcordance";
  checkFields(action, "options", options, ["tau"]);
  const { tau } = options;
  if (tau !== undefined) checkPositive(action, "tau", tau);
  const { predictor, outcome } = fittedRows(action, fit);
  const estimate = shareInOrder(observe(action, outcome), predictor, tau ?? Infinity);
  if (estimate === null) {
    const until = tau === undefined ? "" : ` up to tau = ${tau}`;
    const message = `${action}: no row has its event${until} while another is at risk, so that no two are compared`;
    throw new NoEventsError(message);
  }
  return { estimate, tau: tau ?? null };
}

/** Backwards in time, with those who last longer than an event by the rank of their risk. */
function shareInOrder(observed: Observed, predictor: Float64Array, tau: number): number | null {
  const { order, time, event, weights, uncensored } = observed;
  const { leaves } = riskSetSteps(observed, null, null);
  const { place, places } = ranksOf(predictor, false);
  const rank = (i: number) => place[order[i]];
  const weight = (i: number) => weights?.[i] ?? 1;
  const lasting = new RankWeights(places);
  let [ordered, pairs, total] = [0, 0, 0];
  const add = (i: number) => {
    lasting.change(rank(i), weight(i));
    total += weight(i);
  };
  for (let k = leaves.length - 1; k > 0; k--) {
    const [from, to] = [leaves[k - 1], leaves[k]];
    // Who is censored at the time of an event lasts longer; two events at one time are not compared.
    for (let i = from; i < to; i++) if (event[i] === 0) add(i);
    for (let i = from; i < to && time[i] <= tau; i++) {
      if (event[i] === 0) continue;
      const importance = weight(i) / (uncensored[i] * uncensored[i]);
      ordered += (importance * (lasting.below(rank(i)) + lasting.below(rank(i) + 1))) / 2;
      pairs += importance * total;
    }
    for (let i = from; i < to; i++) if (event[i] === 1) add(i);
  }
  return pairs > 0 ? ordered / pairs : null;
}
