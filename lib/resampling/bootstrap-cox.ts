import { InvalidInputError } from "../statistics";
import { calledAs, checkConfidence, checkFields, checkFlag, checkOneOf } from "../statistics/inner";
import type { CoxFit, CoxInput } from "../survival/cox";
import { type CoxOptions, cox } from "../survival/cox";
import { solutionOf } from "../survival/cox/engine";
import { refuseCounts } from "../survival/inner";
import { BOOTSTRAP_OPTIONS, type BootstrapOptions, samplingPlan } from "./bootstrap";
import { type Bootstrap, summarize } from "./bootstrap-summary";
import type { ThreadOptions } from "./options";
import { runTask } from "./run-task";
import { drawnUnits } from "./sampling";

export interface BootstrapCoxOptions
  extends Omit<BootstrapOptions, "cluster">,
    ThreadOptions,
    Pick<CoxOptions, "ties" | "firth" | "maxIterations" | "tolerance"> {}

export interface BootstrapCox extends Bootstrap {
  /** The fit to all rows. */
  readonly fit: CoxFit;
}

/**
 * The bootstrap of a Cox model's coefficients; R's `boot::censboot()` with `coxph()`, or `boot()` over `coxph()`.
 *
 * One wants it where the model may not hold exactly or there are few events, so that standard errors and limits of
 * the fit itself may mislead. Rows are drawn with their outcome and covariates (Efron and Tibshirani 1986, Statistical
 * Science 1:54; Davison and Hinkley 1997, section 7.3); with `cluster` whole clusters are. Results are log hazard
 * ratios; percentile and BCa limits of hazard ratios are their exponentials. Intervals and sources are at
 * {@link bootstrapIntervals}.
 *
 * In a sample without events in some group the coefficient has no finite estimate. That is an error that names the
 * covariate, unless failures: "leave out", which counts such samples; or use firth: true, which has an estimate there.
 *
 * Each fit starts from the whole's estimates, on rows that stay sorted and are counted; it is the fit that cox() gives for the sample's
 * rows. Newton's last step squares the error, so that a tolerance of 1e-5 (unless told) leaves some 1e-9 standard errors,
 * which no interval shows. Each sample has its own stream of the seed, so that threads do not change a digit.
 *
 * @param input time, event and covariates by name, optionally entry, weights, strata, cluster and offset, as for cox()
 * @returns for each coefficient its bias, standard error and intervals, beside the fit
 * @throws {InvalidInputError} naming argument and index, as cox()
 * @throws {NoEventsError} if no row has the event
 * @throws {ReplicateError} if a sample has no finite estimate, unless failures: "leave out"
 * @throws {ThreadError} if threads are asked for and cannot be had
 * @throws the signal's reason once it has fired
 * @example
 * const { statistics } = await bootstrapCox({ time, event, covariates: { featured, year } }, { threads: 2 });
 * statistics.map(({ name, bca }) => [name, bca && Math.exp(bca.lower), bca && Math.exp(bca.upper)])
 */
export async function bootstrapCox(input: CoxInput, options: BootstrapCoxOptions = {}): Promise<BootstrapCox> {
  const action = "bootstrapCox";
  checkFields(action, "options", options, [
    ...BOOTSTRAP_OPTIONS,
    "threads",
    "workerSource",
    "ties",
    "firth",
    "maxIterations",
    "tolerance",
  ]);
  refuseCounts(action, input, "samples are drawn of rows, one by one");
  const { replicates = 1999, seed = 1, confidence = 0.95, bca = true, failures = "stop" } = options;
  checkOneOf(action, "failures", failures, ["stop", "leave out"]);
  checkFlag(action, "bca", bca);
  const { ties = "efron", firth = false, tolerance = 1e-5 } = options;
  checkConfidence(action, confidence);
  const maxIterations = options.maxIterations ?? (firth ? 200 : 20);
  const fit = calledAs(action, () => cox(input, { ties, firth, maxIterations, profile: false, robust: false }));
  for (const { kind, message } of fit.warnings) {
    if (kind !== "SeparationWarning" && kind !== "ConvergenceWarning") continue;
    throw new InvalidInputError(
      `${action}: the fit to all rows has no estimate to start from. ${message}`,
      "covariates",
    );
  }
  const { design, coefficients } = solutionOf(action, fit);
  if (coefficients.length === 0) {
    throw new InvalidInputError(
      `${action}: no covariate can be estimated from all rows, so that there is nothing to bootstrap`,
      "covariates",
    );
  }
  const plan = samplingPlan(action, design.n, input.cluster, replicates, seed);
  const task = {
    kind: "cox bootstrap",
    // Clusters are in the plan; labels need not be copied to threads.
    design: { ...design, cluster: null },
    plan,
    start: coefficients,
    ties,
    firth,
    maxIterations,
    tolerance,
  } as const;
  const units = replicates + (bca ? drawnUnits(plan) : 0);
  const result = await runTask(action, task, units, options);
  const found = {
    names: design.names,
    estimates: fit.terms.map((term) => term.coefficient),
    replicates,
    values: result.values,
    failures: result.failures,
    jackknife: bca,
  };
  return {
    n: design.n,
    clusters: plan.clusters === null ? null : drawnUnits(plan),
    seed,
    confidence,
    ...summarize(action, found, failures, confidence),
    fit,
  };
}
