import { square } from "../../statistics/elementary";
import type { CoxFit } from "../cox";
import { fittedRows } from "../cox/predicted-risk";
import { eventTable, riskSetSteps } from "../event-table";
import { checkIncreasing, checkOutcome, type Outcome, type Vector } from "../outcome";
import { sortAndTie } from "../tied-times";

/**
 * Sorts outcomes and estimates how likely each was to be seen: Kaplan–Meier's estimate of the censoring, in which those
 * with the event at a time have left before those who are censored then.
 *
 * @returns the outcomes in order of time; the probability of not having been censored before the time of each position, G(t−),
 *   and just after a time, G(t); and Kaplan–Meier's curve of the event, which knows nothing of the covariates
 */
export function observe(action: string, outcome: Outcome) {
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

export type Observed = ReturnType<typeof observe>;

/** How good a model's predictions are at one time. */
export interface PredictionScore {
  readonly time: number;
  /** Mean squared difference between predicted risk and outcome: 0 is perfect, 0.25 is a coin. */
  readonly brier: number;
  /** Brier's score of Kaplan–Meier's curve, which knows no covariate. */
  readonly reference: number;
  /** 1 − brier/reference, the share of the reference's error that the model takes away; null where the reference has none. */
  readonly scaled: number | null;
  /** The area under the time-dependent ROC curve; null where nobody, or everybody, had the event by then. */
  readonly auc: number | null;
}

/**
 * Brier's score and the area under the ROC curve at a time, weighted by the inverse probability of being seen: rows with the
 * event by then by 1/G(T−), those still without it by 1/G(t), those censored before by 0 (Graf and others 1999, Statistics in
 * Medicine 18:2529, eq. 7; Blanche, Dartigues and Jacqmin-Gadda 2013, Statistics in Medicine 32:5381, eq. 5).
 *
 * @param risk the predicted probability of the event by `time`, in the order of the caller's rows
 */
export function scoresAt(observed: Observed, risk: ArrayLike<number>, time: number): PredictionScore {
  const { n, order, event, weights, uncensored } = observed;
  const g = observed.uncensoredAfter(time);
  const kaplanMeier = 1 - observed.survival(time);
  let [squares, ofKaplanMeier, total] = [0, 0, 0];
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
    squares += seen * square(happened - predicted);
    ofKaplanMeier += seen * square(happened - kaplanMeier);
    (isCase ? cases : controls).push({ risk: predicted, weight: seen });
  }
  const [brier, reference] = [squares / total, ofKaplanMeier / total];
  const scaled = reference > 0 ? 1 - brier / reference : null;
  return { time, brier, reference, scaled, auc: areaUnderCurve(cases, controls) };
}

/**
 * Brier's score and the time-dependent area under the ROC curve of a Cox model at given times, of the rows that it was
 * fitted to; R's `riskRegression::Score(list(fit), …, metrics = c("brier", "auc"), cens.model = "km")`.
 *
 * One wants it to say how good a model predicts, which no p value and no hazard ratio says. Rows that were censored before
 * a time are stood in for by those that were seen (Graf and others 1999, Statistics in Medicine 18:2529; Blanche,
 * Dartigues and Jacqmin-Gadda 2013, Statistics in Medicine 32:5381). Scored on its own rows a model looks better than it
 * is: validateCox of lib/resampling says by how much.
 *
 * @param fit a fit of cox() to rows without entry
 * @param times increasing, in the unit of the data, such as 12, 24, 36
 * @throws {InvalidInputError} if fit is not from cox(), has entries, or times do not increase
 * @example brier(fit, [12, 24, 36]).map(({ scaled }) => scaled)
 */
export function brier(fit: CoxFit, times: Vector): PredictionScore[] {
  const action = "brier";
  const at = checkIncreasing(action, times);
  const { riskBy, outcome } = fittedRows(action, fit);
  const observed = observe(action, outcome);
  return Array.from(at, (when) => scoresAt(observed, riskBy(when), when));
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
