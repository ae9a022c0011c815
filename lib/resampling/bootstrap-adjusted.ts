import { InvalidInputError } from "../statistics";
import { awaitedAs, calledAs, checkFields, mapValues } from "../statistics/inner";
import type { AdjustedCurves, AdjustedEstimate, AdjustedOptions, Arm, CoxFit, CoxInput, CoxOptions } from "../survival";
import { atTimes, cox } from "../survival";
import { ADJUSTED_OPTIONS, adjust, takeCoxRows } from "../survival/cox/engine";
import { refuseCounts } from "../survival/inner";
import { BOOTSTRAP_OPTIONS, type BootstrapOptions, bootstrap } from "./bootstrap";
import type { Bootstrap } from "./bootstrap-summary";
import { takeRows } from "./sampling";

export interface BootstrapAdjustedOptions
  extends Omit<AdjustedOptions, "interval">,
    Omit<BootstrapOptions, "cluster" | "bca">,
    Pick<CoxOptions, "ties" | "firth"> {}

/** Adjusted curves whose errors and limits are the bootstrap's. */
export interface BootstrapAdjusted extends AdjustedCurves, Pick<Bootstrap, "replicates" | "failed" | "seed"> {
  /** Clusters drawn; null where rows are. */
  readonly clusters: number | null;
}

const OPTIONS = [...BOOTSTRAP_OPTIONS, ...ADJUSTED_OPTIONS, "ties", "firth"].filter(
  (name) => name !== "interval" && name !== "bca",
);

/**
 * Adjusted curves of a Cox model with the bootstrap's errors and percentile limits; R's `riskRegression::ate(fit, B = …)`.
 *
 * One wants it beside adjustedCurves, whose limits are normal, where there are few events: the limits of "so many of 100 women
 * more" need not be as far from the estimate on one side as on the other. Rows are drawn, the model is fitted anew, and the
 * curves are averaged over the rows that were drawn, so that all that is uncertain is in the limits: the coefficients, the
 * baseline and who is in the data (Austin 2016, Statistics in Medicine 35:5642). With `cluster` whole clusters are drawn. A
 * sample that is followed for less long has its last level from there on.
 *
 * @param input as for cox()
 * @param options arms, times and tau as for adjustedCurves; replicates (1,999 unless told), seed, failures as for bootstrap()
 * @returns what adjustedCurves returns, with percentile limits and no p values (a limit says what they would)
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {ReplicateError} if a sample has no model, unless failures: "leave out"
 * @throws the signal's reason once it has fired
 * @example
 * const arms = { featured: { x: 1 }, others: { x: 0 } };
 * (await bootstrapAdjusted({ time, event, covariates: { x, year } }, { arms, times: [36], replicates: 999 })).differences[0].lower
 */
export async function bootstrapAdjusted(
  input: CoxInput,
  options: BootstrapAdjustedOptions,
): Promise<BootstrapAdjusted> {
  const action = "bootstrapAdjusted";
  checkFields(action, "options", options, OPTIONS);
  refuseCounts(action, input, "samples are drawn of rows, one by one");
  const { arms, weights, times, tau, ties, firth, ...ofBootstrap } = options;
  const { confidence = 0.95 } = options;
  const { cluster, ...rows } = input;
  const fitTo = (some: CoxInput) => cox(some, { ties, firth, profile: false, robust: false });
  const asked = { arms, weights, times, tau, confidence };
  const fit = calledAs(action, () => fitTo(rows));
  const whole = adjust(action, fit, asked);
  const grid = whole.curves[0].time;
  const drawnEstimates = (drawn: Uint32Array) => {
    const sample = fitTo(takeCoxRows(rows, drawn));
    checkSame(action, sample, fit);
    const adjusted = adjust(action, sample, drawnOptions(asked, drawn), { levelBeyond: true });
    return Object.fromEntries(numbersOf(adjusted, grid).map((value, k) => [`s${k}`, value]));
  };
  const plan = { ...ofBootstrap, confidence, cluster, bca: false };
  const found = await awaitedAs(action, bootstrap(rows.time.length, drawnEstimates, plan));
  let next = 0;
  const limits = () => {
    const { standardError, percentile } = found.statistics[next++];
    return { standardError, lower: percentile.lower, upper: percentile.upper };
  };
  const limited = <T extends AdjustedEstimate>(estimate: T): T => ({ ...estimate, ...limits() });
  const { replicates, failed, seed, clusters } = found;
  return {
    curves: whole.curves.map((curve) => {
      const at = grid.map(limits);
      const all = (name: "standardError" | "lower" | "upper") => at.map((one) => one[name]);
      return {
        ...curve,
        standardError: all("standardError"),
        lower: all("lower"),
        upper: all("upper"),
        interval: "plain",
      };
    }),
    differences: whole.differences.map(limited),
    restrictedMeans: whole.restrictedMeans && {
      ...whole.restrictedMeans,
      arms: whole.restrictedMeans.arms.map(limited),
      differences: whole.restrictedMeans.differences.map(limited),
    },
    replicates,
    failed,
    seed,
    clusters,
  };
}

/** Throws where a sample has no coefficient of a covariate: nobody in it has the arm, and both curves would be one. */
function checkSame(action: string, sample: CoxFit, whole: CoxFit): void {
  const lost = sample.aliased.find((name) => !whole.aliased.includes(name));
  if (lost === undefined) return;
  const message = `${action}: "${lost}" is constant, or a combination of other covariates`;
  throw new InvalidInputError(message, "covariates");
}

/** Columns of arms and the population's weights go with their rows. */
function drawnOptions({ arms, weights, ...others }: AdjustedOptions, drawn: Uint32Array): AdjustedOptions {
  const drawnArm = (arm: Arm): Arm =>
    mapValues(arm, (value) => (typeof value === "object" ? takeRows(value, drawn) : value));
  return {
    arms: mapValues(arms, drawnArm),
    weights: weights === undefined ? undefined : takeRows(weights, drawn),
    ...others,
  };
}

/** All estimates in the order of the result, curves as their levels at the times of a grid. */
function numbersOf({ curves, differences, restrictedMeans }: AdjustedCurves, grid: readonly number[]): number[] {
  const levels = curves.flatMap((curve) => atTimes(curve, grid).map(({ survival }) => survival));
  const rest = [...differences, ...(restrictedMeans?.arms ?? []), ...(restrictedMeans?.differences ?? [])];
  return [...levels, ...rest.map(({ estimate }) => estimate)];
}
