import { InvalidInputError, SurvivalError } from "../statistics";
import { checkConfidence, checkFields, checkFlag, checkOneOf, checkWhole, lengthOf, shown } from "../statistics/inner";
import type { Labels } from "../survival";
import { groupRows } from "../survival/inner";
import { type Bootstrap, type FailurePolicy, summarize } from "./bootstrap-summary";
import { checkReplicates, ReplicateError, type RunOptions } from "./options";
import { runHere } from "./run-task";
import { clusterRows, drawnUnits, type SamplingPlan, sampleRows } from "./sampling";
import type { UnitFailure } from "./work";

export interface BootstrapOptions extends RunOptions {
  /** Bootstrap samples, 1,999 unless told; (replicates + 1)·(1 − confidence)/2 is best a whole number. */
  readonly replicates?: number;
  /** Seed of the samples, 1 unless told. */
  readonly seed?: number;
  /** Coverage of the intervals, 0.95 unless told. */
  readonly confidence?: number;
  /** Rows of a cluster are drawn together, as where a person has several rows. Without it rows are drawn. */
  readonly cluster?: Labels;
  /** false: no jackknife, which evaluates the statistic once for each row or cluster, and so no BCa interval. */
  readonly bca?: boolean;
  /** Samples without a value: "stop" (unless told) with an error, or "leave out" and count them. */
  readonly failures?: FailurePolicy;
}

/** What all bootstraps take. */
export const BOOTSTRAP_OPTIONS = ["replicates", "seed", "confidence", "bca", "failures", "signal", "onProgress"];

/** A number, or several by name. */
export type StatisticValue = number | { readonly [name: string]: number };

/**
 * The bootstrap: standard error, bias and confidence intervals of any statistic, by drawing rows again with
 * replacement; R's `boot::boot(data, statistic, R)` with `boot.ci()`.
 *
 * One wants it where there is no formula: a difference of medians, a restricted mean after weighting, a coefficient
 * after a choice of model. The statistic is a function of row indices, each as often as it was drawn; it should do all
 * that was done to the data, so that all of it is taken into account (Efron 1979, Annals of Statistics 7:1; Davison and
 * Hinkley 1997, chapters 2 and 5; clusters: section 3.8). Rows come in increasing order. Intervals and their sources
 * are at {@link bootstrapIntervals}. Each sample has its own stream of the seed.
 *
 * A function cannot be sent to a thread, so this runs on the calling one, in turns, so that a notebook stays alive. For
 * Cox models see {@link bootstrapCox}.
 *
 * @param n rows of the data
 * @param statistic gives a finite number, or several by name, for row indices from 0 to n − 1; see {@link takeRows}
 * @returns for each number its estimate, bias, standard error, percentile, basic and BCa intervals
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {ReplicateError} if the statistic has no value for a sample, unless failures: "leave out"
 * @throws the signal's reason once it has fired
 * @example
 * const months = [2, 5, 9, 14, 30];
 * const result = await bootstrap(months.length, (rows) => {
 *   const sample = takeRows(months, rows);
 *   return sample.reduce((sum, x) => sum + x, 0) / sample.length;
 * });
 * result.statistics[0].bca // { lower: 5.6, upper: 23.6, … }
 */
export async function bootstrap(
  n: number,
  statistic: (rows: Uint32Array) => StatisticValue,
  options: BootstrapOptions = {},
): Promise<Bootstrap> {
  const action = "bootstrap";
  checkFields(action, "options", options, [...BOOTSTRAP_OPTIONS, "cluster"]);
  const { replicates = 1999, seed = 1, confidence = 0.95, bca = true, failures: policy = "stop" } = options;
  checkFlag(action, "bca", bca);
  checkWhole(action, "n", n, 1);
  checkConfidence(action, confidence);
  checkOneOf(action, "failures", policy, ["stop", "leave out"]);
  const plan = samplingPlan(action, n, options.cluster, replicates, seed);
  const whole = namedValues(statistic(Uint32Array.from({ length: n }, (_, i) => i)));
  if (typeof whole === "string") throw new InvalidInputError(`${action}: for all rows ${whole}`, "statistic");
  const names = Object.keys(whole);
  const units = replicates + (bca ? drawnUnits(plan) : 0);
  const values = new Float64Array(units * names.length);
  const failures: UnitFailure[] = [];
  const run = (unit: number) => {
    const reason = evaluate(statistic, sampleRows(plan, unit), names, values, unit * names.length);
    if (reason === null) return;
    failures.push({ unit, reason });
    // The error that is coming need not wait for all the others.
    if (policy === "stop") summarize(action, found, policy, confidence);
  };
  const found = { names, estimates: Object.values(whole), replicates, values, failures, jackknife: bca };
  await runHere(units, run, options);
  return {
    n,
    clusters: plan.clusters === null ? null : drawnUnits(plan),
    seed,
    confidence,
    ...summarize(action, found, policy, confidence),
  };
}

/** Checks what is drawn, and how often. */
export function samplingPlan(
  action: string,
  n: number,
  cluster: Labels | undefined,
  replicates: number,
  seed: number,
): SamplingPlan {
  checkReplicates(action, "replicates", replicates, seed);
  if (cluster !== undefined && lengthOf(action, "cluster", cluster) !== n) {
    const message = `${action}: cluster has ${cluster.length} elements and there are ${n} rows; one a row is needed`;
    throw new InvalidInputError(message, "cluster");
  }
  const groups = cluster === undefined ? null : groupRows(action, "cluster", cluster, n);
  const plan = {
    n,
    seed,
    replicates,
    clusters: groups === null ? null : clusterRows(groups.code, groups.size),
  };
  if (drawnUnits(plan) < 2) {
    const [what, argument] = groups === null ? ["row", "n"] : ["cluster", "cluster"];
    throw new InvalidInputError(`${action}: there is one ${what}; two or more are needed to draw from`, argument);
  }
  return plan;
}

/** Puts the statistic's numbers into place; or says why there are none. */
function evaluate(
  statistic: (rows: Uint32Array) => StatisticValue,
  rows: Uint32Array,
  names: readonly string[],
  values: Float64Array,
  at: number,
): string | null {
  let found: ReturnType<typeof namedValues>;
  try {
    found = namedValues(statistic(rows));
  } catch (error) {
    // What the library itself refuses, as for a sample without events. Anything else is a fault of the statistic.
    if (error instanceof SurvivalError && !(error instanceof ReplicateError)) return error.message;
    throw error;
  }
  if (typeof found === "string") return found;
  for (let j = 0; j < names.length; j++) {
    const value = found[names[j]];
    if (value === undefined) return `the statistic gives no "${names[j]}", which it gives for all rows`;
    values[at + j] = value;
  }
  return null;
}

/** The numbers by name, or what is wrong with one. */
function namedValues(value: StatisticValue): { readonly [name: string]: number } | string {
  const named = typeof value === "object" && value !== null ? value : { statistic: value };
  for (const [name, number] of Object.entries(named)) {
    if (typeof number !== "number" || !Number.isFinite(number)) {
      return `the ${name === "statistic" ? "statistic" : `statistic "${name}"`} is ${shown(number)}; a finite number is needed`;
    }
  }
  return Object.keys(named).length === 0 ? "the statistic gives no number" : named;
}
