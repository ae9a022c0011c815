import { square } from "../../statistics/elementary";
import { eventTable, riskSetSteps } from "../event-table";
import { checkOutcome, type Outcome } from "../outcome";
import { type SortedOutcome, sortAndTie } from "../tied-times";

/** What was observed of the rows that a model is judged by, in order of time. */
export interface Observed extends SortedOutcome {
  /** The probability of not having been censored before the time of each position, G(t−). */
  readonly uncensored: Float64Array;
  /** The same just after a time, G(t). */
  readonly uncensoredAfter: (time: number) => number;
  /** Kaplan–Meier's curve of the event, which knows nothing of the covariates. */
  readonly survival: (time: number) => number;
}

/**
 * Sorts outcomes and estimates how likely each was to be seen: Kaplan–Meier's estimate of the censoring, in which those
 * with the event at a time have left before those who are censored then.
 */
export function observe(action: string, outcome: Outcome): Observed {
  const sorted = sortAndTie(action, checkOutcome(action, outcome));
  const steps = riskSetSteps(sorted, null, null);
  const table = eventTable(sorted, steps);
  const uncensored = new Float64Array(sorted.n);
  const after: number[] = [];
  const survival: number[] = [];
  let [g, s] = [1, 1];
  table.time.forEach((_, k) => {
    for (const place of steps.rows.subarray(steps.leaves[k], steps.leaves[k + 1])) uncensored[place] = g;
    const left = table.atRisk[k] - table.events[k];
    if (table.censored[k] > 0) g *= Math.max(0, left - table.censored[k]) / left;
    s *= left / table.atRisk[k];
    after.push(g);
    survival.push(s);
  });
  const at = (values: readonly number[]) => (when: number) =>
    values[table.time.findLastIndex((time) => time <= when)] ?? 1;
  return { ...sorted, uncensored, uncensoredAfter: at(after), survival: at(survival) };
}

/** Scores of predictions at one time. */
export interface Scores {
  /** Mean squared difference between the predicted risk and what happened. */
  readonly brier: number;
  /** The same of Kaplan–Meier's curve, which predicts one risk for all. */
  readonly reference: number;
  /** The probability that of a row with the event by then and one without, the first had the higher risk; null without both. */
  readonly auc: number | null;
}

/**
 * Brier's score and the area under the ROC curve at a time, weighted by the inverse probability of being seen: rows with the
 * event by then by 1/G(T−), those still without it by 1/G(t), those censored before by 0 (Graf and others 1999, Statistics in
 * Medicine 18:2529, eq. 7; Blanche, Dartigues and Jacqmin-Gadda 2013, Statistics in Medicine 32:5381, eq. 5).
 *
 * @param risk the predicted probability of the event by `time`, in the order of the caller's rows
 */
export function scoresAt(observed: Observed, risk: ArrayLike<number>, time: number): Scores {
  const { n, order, event, weights, uncensored } = observed;
  const g = observed.uncensoredAfter(time);
  const kaplanMeier = 1 - observed.survival(time);
  let [brier, reference, total] = [0, 0, 0];
  const cases: Weighted[] = [];
  const controls: Weighted[] = [];
  for (let i = 0; i < n; i++) {
    const weight = weights?.[i] ?? 1;
    const predicted = risk[order[i]];
    total += weight;
    const isCase = observed.time[i] <= time;
    if (weight === 0 || (isCase && event[i] === 0)) continue;
    const seen = weight / (isCase ? uncensored[i] : g);
    const happened = isCase ? 1 : 0;
    brier += seen * square(happened - predicted);
    reference += seen * square(happened - kaplanMeier);
    (isCase ? cases : controls).push({ risk: predicted, weight: seen });
  }
  return { brier: brier / total, reference: reference / total, auc: areaUnderCurve(cases, controls) };
}

type Weighted = { readonly risk: number; readonly weight: number };

/** Pairs in the order of risk, ties half, of all pairs of a case and a control. */
function areaUnderCurve(cases: readonly Weighted[], controls: readonly Weighted[]): number | null {
  if (cases.length === 0 || controls.length === 0) return null;
  const sumOf = (rows: readonly Weighted[]) => rows.reduce((sum, { weight }) => sum + weight, 0);
  const rising = [...controls].sort((a, b) => a.risk - b.risk);
  let [low, high, below, upTo, ordered] = [0, 0, 0, 0, 0];
  for (const { risk, weight } of [...cases].sort((a, b) => a.risk - b.risk)) {
    while (low < rising.length && rising[low].risk < risk) below += rising[low++].weight;
    while (high < rising.length && rising[high].risk <= risk) upTo += rising[high++].weight;
    ordered += (weight * (below + upTo)) / 2;
  }
  return ordered / (sumOf(cases) * sumOf(controls));
}
