import { InvalidInputError, studentTQuantile, studentTTwoSidedP } from "../statistics";
import {
  checkFields,
  checkOneOf,
  checkPositive,
  cholesky,
  choleskyInverse,
  choleskySolve,
  quadraticForm,
  sandwich,
} from "../statistics/inner";
import { SINGULAR } from "./cox/newton";
import { productsOfRows } from "./cox/score-residuals";
import type { AliasedWarning, FewClustersWarning, LeverageWarning } from "./cox/types";
import { eventTable, riskSetSteps } from "./event-table";
import { type Grouping, groupRows } from "./groups";
import {
  type CheckedOutcome,
  checkConfidence,
  checkInput,
  checkOutcome,
  type Labels,
  type Outcome,
  rowsCounted,
  type Vector,
} from "./outcome";
import { ownUnits } from "./parametric/model";
import { type Block, covariateBlock } from "./parametric/rows";
import { sortAndTie } from "./tied-times";

export interface RestrictedMeanInput extends Pick<Outcome, "time" | "event" | "counts"> {
  readonly covariates: Readonly<Record<string, Vector>>;
  /** The names in the order of the terms; that of `covariates` unless told, as for cox(). */
  readonly order?: readonly string[];
  /** Rows of a cluster are not independent; the robust variance sums over it. */
  readonly cluster?: Labels;
}

export interface RestrictedMeanOptions {
  /** The time up to which means are taken, above 0. */
  readonly tau: number;
  /**
   * Robust errors of rows: "HC3" unless told, which is careful in small samples, or "HC0". With clusters they are those of
   * cluster sums times G/(G − 1)·(n − 1)/(n − p), sandwich's `vcovCL`.
   */
  readonly errors?: "HC0" | "HC3";
  /** Coverage of the limits, 0.95 unless told. */
  readonly confidence?: number;
}

export interface RestrictedMeanTerm {
  readonly name: string;
  /** Units of time by which the restricted mean differs for one unit of the covariate. */
  readonly coefficient: number;
  /** Robust; null, with all that follows, where there are too few clusters, or with HC3 a row alone decides a coefficient. */
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly t: number | null;
  readonly pValue: number | null;
}

export interface RestrictedMeanFit {
  readonly n: number;
  readonly tau: number;
  readonly errors: "HC0" | "HC3" | "clusters";
  readonly confidence: number;
  readonly terms: readonly RestrictedMeanTerm[];
  readonly aliased: readonly string[];
  /** Of Student's t: rows less coefficients, or clusters less one. */
  readonly df: number;
  /** The restricted mean of all rows, from Kaplan–Meier's curve. */
  readonly mean: number;
  /** True if tau lies beyond the last observed time while some survive: the curve was drawn on as it ended. */
  readonly extended: boolean;
  /** Each row's (each of its copies') pseudo-value, in the order of the rows. */
  readonly pseudoValues: readonly number[];
  readonly warnings: readonly (AliasedWarning | FewClustersWarning | LeverageWarning)[];
}

/**
 * Regresses the time lived until tau on covariates, without proportional hazards: R's `lm(pseudo(survfit(Surv(time, event)
 * ~ 1), times = tau, type = "rmst") ~ …)` with the errors of `sandwich::vcovHC`.
 *
 * One wants it for an effect that is a number of months: "featured women spent eleven months less of the first 36 in
 * custody". A row that was censored has no such time; its pseudo-value, Kaplan–Meier's restricted mean plus n times the
 * row's influence on it, stands in (Andersen, Hansen and Klein 2004, Lifetime Data Analysis 10:335; by the infinitesimal
 * jackknife as in R's pseudo()). It holds where censoring does not depend on the covariates.
 *
 * @param input time, event, covariates, optionally counts and cluster; no entry or weights, for which the pseudo-values do not hold
 * @throws {InvalidInputError} for arguments that cannot be used, or if there are not more rows than coefficients
 * @example restrictedMeanRegression({ time, event, covariates: { featured } }, { tau: 36 }).terms[1].coefficient
 */
export function restrictedMeanRegression(
  input: RestrictedMeanInput,
  options: RestrictedMeanOptions,
): RestrictedMeanFit {
  const action = "restrictedMeanRegression";
  checkFields(action, "options", options, ["tau", "errors", "confidence"]);
  const { tau, errors = "HC3", confidence = 0.95 } = options;
  checkPositive(action, "tau", tau);
  checkOneOf(action, "errors", errors, ["HC0", "HC3"]);
  checkConfidence(action, confidence);
  checkInput(action, input, ["time", "event", "counts", "covariates", "order", "cluster", "rows", "incomplete"]);
  const outcome = checkOutcome(action, { time: input.time, event: input.event, counts: input.counts });
  const { counts } = outcome;
  const n = rowsCounted(outcome);
  const block = covariateBlock({ action, n: outcome.n, weights: counts }, input);
  const p = block.columns.length;
  if (n <= p) {
    const message = `${action}: ${n} rows for ${p} coefficients; more rows than coefficients are needed`;
    throw new InvalidInputError(message, "covariates");
  }
  const clusters = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, outcome.n);
  const { values, mean, extended } = pseudoMeans(action, outcome, tau);
  const found = leastSquares(block, { y: values, counts, n }, clusters, errors);
  const few = clusters !== null && clusters.labels.length <= p;
  const { alone } = found;
  const df = clusters === null ? n - p : clusters.labels.length - 1;
  return {
    n,
    tau,
    errors: clusters === null ? errors : "clusters",
    confidence,
    terms: block.names.map((name, j) => {
      const coefficient = found.coefficients[j];
      const standardError = few || alone.length > 0 ? null : Math.sqrt(Math.max(0, found.covariance[j * p + j]));
      if (standardError === null)
        return { name, coefficient, standardError, lower: null, upper: null, t: null, pValue: null };
      // Residuals that are all 0 show no variation to test against.
      const t = standardError > 0 ? coefficient / standardError : null;
      const margin = studentTQuantile((1 + confidence) / 2, df) * standardError;
      const [lower, upper] = [coefficient - margin, coefficient + margin];
      const pValue = t === null ? null : studentTTwoSidedP(t, df);
      return { name, coefficient, standardError, lower, upper, t, pValue };
    }),
    aliased: block.warnings.map(({ covariate }) => covariate),
    df,
    mean,
    extended,
    pseudoValues: Array.from(values),
    warnings: [
      ...block.warnings,
      ...(few ? [fewClusters(action, clusters.labels.length, p)] : []),
      ...(alone.length > 0 ? [leverage(action, alone)] : []),
    ],
  };
}

function fewClusters(action: string, clusters: number, p: number): FewClustersWarning {
  const message = `${action}: ${clusters} clusters for ${p} coefficients; there are no robust errors, p values or limits`;
  return { kind: "FewClustersWarning", clusters, message };
}

function leverage(action: string, rows: readonly number[]): LeverageWarning {
  const which = `${rows.length === 1 ? "row" : "rows"} ${rows.slice(0, 5).join(", ")}${rows.length > 5 ? ", …" : ""}`;
  const message = `${action}: ${which} alone decide a coefficient and have no residual to tell its error by; there are no HC3 errors, p values or limits`;
  return { kind: "LeverageWarning", rows, message };
}

/**
 * Pseudo-values of the mean time up to tau: θ + n·∂θ/∂wᵢ. A unit of weight at risk adds d/(n(n − d)) to log S at each event
 * time that it survives, and −1/n at its own event, which moves the area under S from there on.
 */
function pseudoMeans(action: string, outcome: CheckedOutcome, tau: number) {
  const sorted = sortAndTie(action, outcome);
  const steps = riskSetSteps(sorted, null, null);
  const { time, atRisk, events } = eventTable(sorted, steps);
  const length = time.length;
  // Before the k-th time: S, the sum of d/(n(n − d)), the area under S, and that under S times the sum.
  const survival = new Float64Array(length + 1).fill(1);
  const sum = new Float64Array(length + 1);
  const area = new Float64Array(length + 1);
  const moved = new Float64Array(length + 1);
  const upTo = (k: number) => Math.min(tau, k < length ? time[k] : Infinity);
  for (let k = 0; k <= length; k++) {
    const from = k === 0 ? 0 : Math.min(tau, time[k - 1]);
    if (k > 0) {
      const left = atRisk[k - 1] - events[k - 1];
      survival[k] = survival[k - 1] * (left / atRisk[k - 1]);
      sum[k] = left > 0 ? sum[k - 1] + events[k - 1] / (atRisk[k - 1] * left) : sum[k - 1];
      area[k] = area[k - 1];
      moved[k] = moved[k - 1];
    }
    const width = survival[k] * (upTo(k) - from);
    area[k] += width;
    moved[k] += width * sum[k];
  }
  const mean = area[length];
  const values = new Float64Array(outcome.n);
  const n = rowsCounted(outcome);
  for (let k = 0; k < length; k++) {
    for (const place of steps.rows.subarray(steps.leaves[k], steps.leaves[k + 1])) {
      const own = sorted.event[place] === 1 ? sum[k] - 1 / atRisk[k] : sum[k + 1];
      const influence = time[k] > tau ? moved[length] : moved[k] + own * (mean - area[k]);
      values[sorted.order[place]] = mean + n * influence;
    }
  }
  return { values, mean, extended: time[length - 1] < tau && survival[length] > 0 };
}

/** What is regressed: pseudo-values, how many rows each stands for, and how many there are in all. */
interface Regressed {
  readonly y: Float64Array;
  readonly counts: Float64Array | null;
  readonly n: number;
}

/** Ordinary least squares in the covariates' own units, with a robust variance. */
function leastSquares(block: Block, { y, counts, n }: Regressed, clusters: Grouping | null, errors: "HC0" | "HC3") {
  const { columns } = block;
  const p = columns.length;
  const copies = (row: number) => (counts === null ? 1 : counts[row]);
  /** n copies of a row have the products of √n times the row. */
  const scaled = (x: readonly number[], row: number) => x.map((value) => value * Math.sqrt(copies(row)));
  const right = new Float64Array(p);
  const rows = Array.from(y, (_, row) => columns.map((column) => column[row]));
  rows.forEach((x, row) => {
    x.forEach((value, j) => {
      right[j] += copies(row) * (value * y[row]);
    });
  });
  const decomposition = cholesky(productsOfRows(Float64Array.from(rows.flatMap(scaled)), p), p, SINGULAR);
  const fitted = choleskySolve(decomposition, right);
  const bread = choleskyInverse(decomposition);
  const alone: number[] = [];
  const scores = new Float64Array((clusters?.labels.length ?? y.length) * p);
  rows.forEach((x, row) => {
    const residual = y[row] - x.reduce((sum, value, j) => sum + value * fitted[j], 0);
    const leverage = clusters === null && errors === "HC3" ? quadraticForm(decomposition, x) : 0;
    if (leverage > 1 - 1e-10) alone.push(row);
    const factor = residual / Math.max(1 - leverage, 1e-10);
    const own = (clusters?.code[row] ?? row) * p;
    const times = clusters === null ? Math.sqrt(copies(row)) : copies(row);
    x.forEach((value, j) => {
      scores[own + j] += times * (value * factor);
    });
  });
  const G = clusters?.labels.length ?? 0;
  const correction = clusters === null ? 1 : (G / (G - 1)) * ((n - 1) / (n - p));
  const variance = sandwich(bread, productsOfRows(scores, p), p).map((value) => value * correction);
  const units = ownUnits(p, [{ block, first: 0 }]);
  return { coefficients: units.point(fitted), covariance: units.variance(variance), alone };
}
