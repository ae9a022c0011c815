import { expm1 } from "../../statistics/elementary";
import { type PredictOptions, predictSurvival } from "../cox/predict";
import type { FineGrayFit } from "./fine-gray";

/** A predicted cumulative incidence, at the times of events of the cause. */
export interface PredictedIncidence {
  /** Index of the row it was predicted for. */
  readonly row: number;
  readonly stratum: string | null;
  readonly cause: string;
  readonly time: readonly number[];
  readonly incidence: readonly number[];
  readonly standardError: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/**
 * The cumulative incidence that Fine and Gray's model predicts for rows with given covariates; one minus R's
 * `survfit(fit, newdata = rows)` of the Cox fit to the rows of `finegray()`.
 *
 * F(t) = 1 − exp(−exp(β·x)·Λ̂₀(t)), the model's whole point: a subdistribution hazard gives the incidence alone,
 * without those of other causes (Fine and Gray 1999, JASA 94:496). Limits are one minus those of the
 * survival curve, on the scale asked for; the variance has the sandwich's for coefficients.
 *
 * @param fit from fineGray
 * @param rows covariates by name; each must have all of the model's terms
 * @returns a curve for each row, and for each stratum if there are strata
 * @throws {InvalidInputError} if a row misses a covariate or has one that is not a number
 * @example predictIncidence(fit, [{ featured: 0 }, { featured: 1 }])[1].incidence
 */
export function predictIncidence(
  { fit, cause }: FineGrayFit,
  rows: readonly Readonly<Record<string, number>>[],
  options: PredictOptions = {},
): PredictedIncidence[] {
  return predictSurvival(fit, rows, options).map((curve) => {
    const kept = Array.from(curve.time.keys()).filter((k) => curve.events[k] > 0);
    const rest = (values: readonly (number | null)[]) =>
      kept.map((k) => {
        const value = values[k];
        return value === null ? null : 1 - value;
      });
    return {
      row: curve.row,
      stratum: curve.stratum,
      cause,
      time: kept.map((k) => curve.time[k]),
      incidence: kept.map((k) => -expm1(-curve.cumulativeHazard[k])),
      standardError: kept.map((k) => curve.standardError[k]),
      lower: rest(curve.upper),
      upper: rest(curve.lower),
    };
  });
}
