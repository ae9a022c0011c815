import { InvalidInputError } from "../../statistics";
import { checkFields, checkPositive, checkWhole } from "../../statistics/inner";
import type { CoxFit } from "../cox";
import { takeCoxRows } from "../cox/design";
import { fittedRows } from "../cox/predicted-risk";
import { atTimes } from "../curve-values";
import { kaplanMeier } from "../kaplan-meier";
import { checkConfidence } from "../outcome";

/** Rows whose predicted risks are neighbours: what was predicted, and what was seen. */
export interface CalibrationGroup {
  /** Rows, each as often as it was counted. */
  readonly n: number;
  /** Mean of the predicted risks. */
  readonly predicted: number;
  /** One minus Kaplan–Meier's curve at the time, with its limits; null where its interval has none. */
  readonly observed: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Whether the risks that a Cox model predicts by a time are those seen: rows are put into groups by predicted risk, each
 * with its mean prediction and what Kaplan–Meier's curve says of it; R's `rms::calibrate(fit, method = "KM")` without its
 * resampling.
 *
 * One wants it because a model may put people in the right order (concordance) and still promise too much. Harrell (2015),
 * Regression Modeling Strategies, section 20.6. Groups are of equal size as far as equal risks, which stay together, allow.
 *
 * @param fit a fit of cox() to rows without entry
 * @param time in the unit of the data
 * @param options groups: how many, 4 unless told; confidence of the limits, 0.95 unless told (scale log-log)
 * @throws {InvalidInputError} if fit is not from cox() or has entries, time is not above 0, or there are more groups than rows
 * @example calibration(fit, 36).map(({ predicted, observed }) => observed - predicted)
 */
export function calibration(
  fit: CoxFit,
  time: number,
  options: { readonly groups?: number; readonly confidence?: number } = {},
): CalibrationGroup[] {
  const action = "calibration";
  checkFields(action, "options", options, ["groups", "confidence"]);
  const { groups = 4, confidence = 0.95 } = options;
  checkPositive(action, "time", time);
  checkWhole(action, "groups", groups, 1);
  checkConfidence(action, confidence);
  const { riskBy, outcome } = fittedRows(action, fit);
  const copies = (row: number) => outcome.counts?.[row] ?? 1;
  const weight = (row: number) => (outcome.weights?.[row] ?? 1) * copies(row);
  const sumOver = (rows: readonly number[], value: (row: number) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0);
  // Rows of weight 0 are in no sum.
  const counted = Array.from(outcome.time.keys()).filter((row) => weight(row) > 0);
  const n = sumOver(counted, copies);
  if (groups > n) {
    const message = `${action}: groups is ${groups} and there are ${n} rows; fewer groups are needed`;
    throw new InvalidInputError(message, "groups");
  }
  const risk = riskBy(time);
  // In the order of their risk, cut where a group is full and the risk changes.
  const order = counted.sort((a, b) => risk[a] - risk[b] || a - b);
  const parts: number[][] = [[]];
  let before = 0;
  order.forEach((row, k) => {
    const isFull = before >= Math.round(parts.length * (n / groups));
    if (isFull && risk[row] !== risk[order[k - 1]]) parts.push([]);
    parts[parts.length - 1].push(row);
    before += copies(row);
  });
  return parts.map((rows) => {
    const { time: when, event, weights, counts } = takeCoxRows({ ...outcome, covariates: {} }, rows);
    const [curve] = kaplanMeier({ time: when, event, weights, counts }, { confidence, interval: "log-log" });
    const [at] = atTimes(curve, [time]);
    return {
      n: sumOver(rows, copies),
      predicted: sumOver(rows, (row) => weight(row) * risk[row]) / sumOver(rows, weight),
      observed: 1 - at.survival,
      lower: at.upper === null ? null : 1 - at.upper,
      upper: at.lower === null ? null : 1 - at.lower,
    };
  });
}
