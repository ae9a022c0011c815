import { InvalidInputError } from "../../statistics";
import { expm1 } from "../../statistics/elementary";
import { calledAs, checkLength, lengthOf } from "../../statistics/inner";
import type { CoxInput } from "../cox/design";
import { type CoxOptions, cox } from "../cox/fit";
import { type PredictOptions, predictSurvival } from "../cox/predict";
import type { CoxFit } from "../cox/types";
import { checkFinite, covariateNames, type Labels } from "../outcome";
import { estimatedWeightsErrors } from "./estimated-weights";
import { expand, type FineGrayData, type FineGrayInput } from "./fine-gray-data";

export interface FineGrayOptions extends CoxOptions {
  /** The cause of interest. */
  readonly cause: string | number;
}

export interface FineGrayFit {
  /** The cause whose incidence the coefficients describe. */
  readonly cause: string;
  /** Rows as given, each as often as it was counted: all, with the cause, with another cause, and censored. */
  readonly n: number;
  readonly events: number;
  readonly competing: number;
  readonly censored: number;
  /** The Cox fit to the expanded rows; hazard ratios are ratios of subdistribution hazards. Its n counts expanded rows. */
  readonly fit: CoxFit;
  /**
   * Standard errors of the coefficients, in the order of fit.terms, that allow for the estimation of the censoring
   * weights, as crr's do; null unless ties are Breslow's, and with entry, weights, strata, clusters or a penalty.
   */
  readonly estimatedWeights: readonly number[] | null;
  readonly data: FineGrayData;
}

/**
 * Fits Fine and Gray's proportional subdistribution hazards model for one of several causes; R's `finegray()` followed
 * by `coxph(Surv(fgstart, fgstop, fgstatus) ~ …, weights = fgwt, cluster = id)`.
 *
 * One wants it to relate covariates to the share that ever has one kind of event, the others being possible too: a
 * ratio above 1 means a higher cumulative incidence of the cause (Fine and Gray 1999, JASA 94:496). For why rows have
 * the event at the rate they do, a Cox model for each cause with the other causes censored says more; report both.
 *
 * Standard errors are the sandwich's with each row as a cluster. Like those of R's coxph they take the censoring weights
 * as known; with `ties: "breslow"` there are also those that allow for their estimation, `estimatedWeights`, which differ
 * little. Coefficients and these agree with `cmprsk::crr` where no censoring is tied with an event (crr counts a row with
 * an event as at risk of being censored at the same time).
 *
 * @param input time, cause, covariates by name, and optionally entry, weights, counts, strata (own baseline and own
 *   censoring), cluster and offset
 * @param options `cause`, and those of cox(); ties are Efron's unless told, `robust` is true unless told
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index, or a cause no row has
 * @throws {NoEventsError} if all rows are censored, or those with the cause have weight 0
 * @example
 * const release = fineGray({ time, cause, covariates: { featured } }, { cause: "release" });
 * release.fit.terms[0].hazardRatio // of the subdistribution
 */
export function fineGray(input: FineGrayInput, options: FineGrayOptions): FineGrayFit {
  const action = "fineGray";
  const { cause, ...coxOptions } = options;
  if (options.ties === "exact") {
    const message = `${action}: ties is "exact", which weighted rows do not allow; use "efron" or "breslow"`;
    throw new InvalidInputError(message, "ties");
  }
  const n = lengthOf(action, "time", input.time);
  const names = covariateNames(action, input);
  const columns = names.map(
    (name) => [name, checkFinite(action, `covariates.${name}`, input.covariates[name], n)] as const,
  );
  const offset = input.offset === undefined ? null : checkFinite(action, "offset", input.offset, n);
  if (input.cluster !== undefined) checkLength(action, "cluster", input.cluster, n);
  const data = expand(action, input, cause, ["strata", "covariates", "order", "cluster", "counted", "offset"]);
  const take = (column: Float64Array) => Float64Array.from(data.row, (row) => column[row]);
  const labels = (values: Labels) => Array.from(data.row, (row) => values[row]);
  const rows: CoxInput = {
    time: data.time,
    event: data.event,
    entry: data.entry,
    weights: data.weights,
    ...(data.counts && {
      counts: data.counts,
      // Without clusters of the caller's each copy of a row is one, with its pieces.
      counted: input.cluster === undefined ? "clusters" : input.counted,
    }),
    covariates: Object.fromEntries(columns.map(([name, column]) => [name, take(column)])),
    order: names,
    cluster: labels(input.cluster ?? Array.from({ length: n }, (_, i) => i)),
    ...(input.strata === undefined ? {} : { strata: labels(input.strata) }),
    ...(offset === null ? {} : { offset: take(offset) }),
  };
  const name = String(cause);
  const count = (isCounted: (value: string) => boolean) =>
    Array.from(input.cause, String).reduce(
      (sum, value, i) => sum + (isCounted(value) ? (input.counts?.[i] ?? 1) : 0),
      0,
    );
  const censored = count((value) => value === "0" || value === "censored");
  const events = count((value) => value === name);
  const all = count(() => true);
  const fit = calledAs(action, () => cox(rows, { robust: true, ...coxOptions }));
  return {
    cause: name,
    n: all,
    events,
    competing: all - events - censored,
    censored,
    fit,
    estimatedWeights: estimatedWeightsErrors(input, name, fit),
    data,
  };
}

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
  const curves = calledAs("predictIncidence", () => predictSurvival(fit, rows, options));
  return curves.map((curve) => {
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
