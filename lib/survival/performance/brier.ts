import type { CoxFit } from "../cox";
import { fittedRows, risksOf } from "../cox/predicted-risk";
import { checkIncreasing, type Vector } from "../outcome";
import { observe, scoresAt } from "./scoring";

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
  const { rows, outcome } = fittedRows(action, fit);
  const observed = observe(action, outcome);
  const riskBy = risksOf(action, fit, rows);
  return Array.from(at, (when) => {
    const { brier: score, reference, auc } = scoresAt(observed, riskBy(when), when);
    return { time: when, brier: score, reference, scaled: reference > 0 ? 1 - score / reference : null, auc };
  });
}
