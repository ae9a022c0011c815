import { InvalidInputError } from "../../statistics";
import type { CoxInput } from "../cox/design";
import { type CoxOptions, cox } from "../cox/fit";
import type { CoxFit } from "../cox/types";
import { checkFinite, checkLength, type Labels, type Vector } from "../outcome";
import { estimatedWeightsErrors } from "./estimated-weights-errors";
import { expand, type FineGrayData, type FineGrayOutcome } from "./fine-gray-data";

/** What Fine and Gray's model is fitted to; all vectors of length n. */
export interface FineGrayInput extends FineGrayOutcome {
  /** Columns by name. */
  readonly covariates: Readonly<Record<string, Vector>>;
  /** Rows of a cluster are not independent. Without it, each row is its own. */
  readonly cluster?: Labels;
  readonly offset?: Vector;
}

export interface FineGrayOptions extends CoxOptions {
  /** The cause of interest. */
  readonly cause: string | number;
}

export interface FineGrayFit {
  /** The cause whose incidence the coefficients describe. */
  readonly cause: string;
  /** Rows as given: all, with the cause, with another cause, and censored. */
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
 * @param input time, cause, covariates by name, and optionally entry, weights, strata (own baseline and own censoring),
 *   cluster and offset
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
  const n = input.time.length;
  const columns = Object.entries(input.covariates).map(
    ([name, column]) => [name, checkFinite(action, `covariates.${name}`, column, n)] as const,
  );
  const offset = input.offset === undefined ? null : checkFinite(action, "offset", input.offset, n);
  if (input.cluster !== undefined) checkLength(action, "cluster", input.cluster, n);
  const data = expand(action, input, cause);
  const take = (column: Float64Array) => Float64Array.from(data.row, (row) => column[row]);
  const labels = (values: Labels) => Array.from(data.row, (row) => values[row]);
  const rows: CoxInput = {
    time: data.time,
    event: data.event,
    entry: data.entry,
    weights: data.weights,
    covariates: Object.fromEntries(columns.map(([name, column]) => [name, take(column)])),
    cluster: labels(input.cluster ?? Array.from({ length: n }, (_, i) => i)),
    ...(input.strata === undefined ? {} : { strata: labels(input.strata) }),
    ...(offset === null ? {} : { offset: take(offset) }),
  };
  const name = String(cause);
  const count = (isCounted: (value: string) => boolean) =>
    Array.from(input.cause, String).filter((value) => isCounted(value)).length;
  const censored = count((value) => value === "0" || value === "censored");
  const events = count((value) => value === name);
  const fit = cox(rows, { robust: true, ...coxOptions });
  return {
    cause: name,
    n,
    events,
    competing: n - events - censored,
    censored,
    fit,
    estimatedWeights: estimatedWeightsErrors(input, name, fit),
    data,
  };
}
