import { InvalidInputError } from "../../statistics";
import { checkFields, checkPositive, checkWhole } from "../../statistics/inner";
import type { CoxFit } from "../cox";
import { fittedRows, risksOf } from "../cox/predicted-risk";
import { atTimes } from "../curve-values";
import { kaplanMeier } from "../kaplan-meier";
import { checkConfidence } from "../outcome";
import { refuseEntry } from "./scoring";

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
  const fitted = fittedRows(action, fit);
  refuseEntry(action, fitted.hasEntry);
  // Rows of weight 0 are in no sum.
  const counted = Array.from({ length: fitted.rows.n }, (_, i) => i).filter((i) => (fitted.weights?.[i] ?? 1) > 0);
  const copies = (rows: readonly number[]) => rows.reduce((sum, row) => sum + (fitted.counts?.[row] ?? 1), 0);
  if (groups > copies(counted)) {
    const message = `${action}: groups is ${groups} and there are ${copies(counted)} rows; fewer groups are needed`;
    throw new InvalidInputError(message, "groups");
  }
  const risk = risksOf(action, fit, fitted.rows)(time);
  return neighbours(risk, counted, groups, copies).map((rows) => {
    const pick = (values: ArrayLike<number>) => rows.map((row) => values[row]);
    const weights = fitted.weights === null ? undefined : pick(fitted.weights);
    const counts = fitted.counts === null ? undefined : pick(fitted.counts);
    const own = weights?.map((weight, k) => weight / (counts?.[k] ?? 1));
    const input = { time: pick(fitted.time), event: pick(fitted.event), weights: own, counts };
    const [curve] = kaplanMeier(input, { confidence, interval: "log-log" });
    const [at] = atTimes(curve, [time]);
    const weight = (k: number) => weights?.[k] ?? 1;
    const total = rows.reduce((sum, _, k) => sum + weight(k), 0);
    return {
      n: copies(rows),
      predicted: rows.reduce((sum, row, k) => sum + weight(k) * risk[row], 0) / total,
      observed: 1 - at.survival,
      lower: at.upper === null ? null : 1 - at.upper,
      upper: at.lower === null ? null : 1 - at.lower,
    };
  });
}

/** Rows in the order of their risk, cut where a group is full and the risk changes. */
function neighbours(
  risk: Float64Array,
  rows: readonly number[],
  groups: number,
  copies: (rows: readonly number[]) => number,
): number[][] {
  const order = [...rows].sort((a, b) => risk[a] - risk[b] || a - b);
  const parts: number[][] = [[]];
  const all = copies(rows);
  let before = 0;
  order.forEach((row, k) => {
    const isNext = before >= Math.round((parts.length * all) / groups);
    if (isNext && risk[row] !== risk[order[k - 1]]) parts.push([]);
    parts[parts.length - 1].push(row);
    before += copies([row]);
  });
  return parts;
}
