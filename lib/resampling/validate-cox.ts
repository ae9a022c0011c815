import { InvalidInputError } from "../statistics";
import { awaitedAs, calledAs, checkFields, checkPositive } from "../statistics/inner";
import { type CoxInput, type CoxOptions, cox } from "../survival";
import { takeCoxRows } from "../survival/cox/engine";
import { refuseCounts } from "../survival/inner";
import { type Judgement, judge } from "../survival/performance/inner";
import { type BootstrapOptions, bootstrap } from "./bootstrap";

export interface ValidateCoxOptions
  extends Pick<BootstrapOptions, "replicates" | "seed" | "failures" | "signal" | "onProgress">,
    Pick<CoxOptions, "ties" | "firth" | "ridge"> {
  /** The time at which Brier's score and the area under the ROC curve are taken. */
  readonly time: number;
}

/** One measure of a model, on its own rows and as it would be on others. */
export interface ValidatedMeasure {
  readonly measure: "concordance" | "brier" | "auc" | "slope";
  /** On the rows that the model was fitted to. */
  readonly apparent: number;
  /** By how much models of bootstrap samples do better on their own sample than on these rows, on average. */
  readonly optimism: number;
  /** apparent − optimism. */
  readonly corrected: number;
}

export interface ValidatedCox {
  readonly n: number;
  readonly time: number;
  readonly replicates: number;
  /** Samples without a model or a score, which are left out. */
  readonly failed: number;
  readonly seed: number;
  readonly measures: readonly ValidatedMeasure[];
}

/**
 * How good a Cox model would be on new rows: concordance, Brier's score, the area under the ROC curve and the calibration
 * slope, corrected for the optimism of being judged by the rows that it was fitted to; R's `rms::validate(fit)`.
 *
 * One wants it because a model with many covariates and few events learns its own rows by heart. The model is fitted anew
 * to bootstrap samples, each judged on its sample and on all rows; the mean difference is the optimism (Harrell, Lee and Mark
 * 1996, Statistics in Medicine 15:361, section 5; Harrell 2015, Regression Modeling Strategies, section 5.3.4). A slope below 1
 * says by how much the coefficients should be shrunk. With `cluster` whole clusters are drawn.
 *
 * @param input as for cox(), without entry, strata or offset
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {ReplicateError} if a sample has no model, unless failures: "leave out"
 * @example (await validateCox({ time, event, covariates }, { time: 36 })).measures[0].corrected
 */
export async function validateCox(input: CoxInput, options: ValidateCoxOptions): Promise<ValidatedCox> {
  const action = "validateCox";
  checkFields(action, "options", options, OPTIONS);
  const { time: at, ties, firth, ridge, replicates = 200, ...ofBootstrap } = options;
  checkPositive(action, "time", at);
  for (const field of ["entry", "strata", "offset"] as const) {
    if (input[field] === undefined) continue;
    const message = `${action}: ${field} is given; a model is judged here on rows that are at risk from the beginning, without strata or offset`;
    throw new InvalidInputError(message, field);
  }
  refuseCounts(action, input, "samples are drawn of rows, one by one");
  const { cluster, ...rows } = input;
  const fitTo = (some: CoxInput) => cox(some, { ties, firth, ridge, robust: false });
  const apparent = calledAs(action, () => judge(action, fitTo(rows), rows, at));
  const names = MEASURES.filter((name) => apparent[name] !== null);
  const optimismOf = (drawn: Uint32Array) => {
    const sample = takeCoxRows(rows, drawn);
    const fit = fitTo(sample);
    const [own, others] = [judge(action, fit, sample, at), judge(action, fit, rows, at)];
    // A sample without an event by the time has no curve to compare: NaN, which the bootstrap counts as a failure.
    return Object.fromEntries(names.map((name) => [name, (own[name] ?? NaN) - (others[name] ?? NaN)]));
  };
  const plan = { ...ofBootstrap, replicates, cluster, bca: false };
  const { statistics, failed, seed } = await awaitedAs(action, bootstrap(rows.time.length, optimismOf, plan));
  return {
    n: rows.time.length,
    time: at,
    replicates,
    failed: failed.count,
    seed,
    measures: names.map((measure, k) => {
      // Of all rows the difference is 0, so that the bootstrap's bias is the mean difference.
      const optimism = statistics[k].bias;
      const value = apparent[measure] ?? 0;
      return { measure, apparent: value, optimism, corrected: value - optimism };
    }),
  };
}

const OPTIONS = ["replicates", "seed", "failures", "signal", "onProgress", "ties", "firth", "ridge", "time"];
const MEASURES: readonly (keyof Judgement)[] = ["concordance", "brier", "auc", "slope"];
