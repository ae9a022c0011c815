import { InvalidInputError, studentTQuantile, studentTTwoSidedP } from "../statistics";
import { square } from "../statistics/elementary";
import { checkFields, checkOneOf, checkPositive, sandwich } from "../statistics/inner";
import { type Wald, wald } from "./confidence-interval";
import type { CoxInput } from "./cox/design";
import { varianceOf } from "./cox/predicted-risk";
import type { AliasedWarning, FewClustersWarning, LeverageWarning } from "./cox/types";
import { areasUpTo, influenceOnArea } from "./curve-area";
import { groupRows } from "./groups";
import { kaplanMeier } from "./kaplan-meier";
import { type CheckedOutcome, checkConfidence, checkInput, checkOutcome, rowsCounted } from "./outcome";
import { addFunction, maximiseRows, type RowLikelihood, scoreSquares } from "./parametric/likelihood";
import { fewClusters, ownUnits } from "./parametric/model";
import { type Block, covariateBlock } from "./parametric/rows";

export type RestrictedMeanInput = Pick<CoxInput, "time" | "event" | "counts" | "covariates" | "order" | "cluster">;

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

/** A coefficient with its limits and Student's t. */
export interface RestrictedMeanTerm extends Omit<Wald, "z"> {
  readonly name: string;
  /** Units of time by which the restricted mean differs for one unit of the covariate. */
  readonly coefficient: number;
  /** Robust; null, with all that follows, where there are too few clusters, or with HC3 a row alone decides a coefficient. */
  readonly standardError: number | null;
  readonly t: number | null;
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
  const n = rowsCounted(outcome);
  const block = covariateBlock({ action, ...outcome }, input);
  const p = block.columns.length;
  if (n <= p) {
    const message = `${action}: ${n} rows for ${p} coefficients; more rows than coefficients are needed`;
    throw new InvalidInputError(message, "covariates");
  }
  const clusters = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, outcome.n);
  const { values, mean, extended } = pseudoMeans(outcome, tau);
  const G = clusters?.labels.length ?? outcome.n;
  const rows = { ...outcome, cluster: clusters?.code ?? null, clusters: G, events: n };
  const found = leastSquares(values, block, rows, clusters === null && errors === "HC3");
  const few = clusters !== null && G <= p;
  const { alone } = found;
  const holds = !few && alone.length === 0;
  const df = clusters === null ? n - p : G - 1;
  return {
    n,
    tau,
    errors: clusters === null ? errors : "clusters",
    confidence,
    terms: block.names.map((name, j) => {
      const coefficient = found.coefficients[j];
      const standardError = holds ? Math.sqrt(Math.max(0, found.covariance[j * p + j])) : null;
      const { lower, upper } = wald(coefficient, standardError, holds ? studentTQuantile((1 + confidence) / 2, df) : 0);
      // Residuals that are all 0 show no variation to test against.
      const t = standardError === null || standardError === 0 ? null : coefficient / standardError;
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
      ...(few ? [fewClusters(action, G, p, "there are no robust errors, p values or limits")] : []),
      ...(alone.length > 0 ? [leverage(action, alone)] : []),
    ],
  };
}

function leverage(action: string, rows: readonly number[]): LeverageWarning {
  const which = `${rows.length === 1 ? "row" : "rows"} ${rows.slice(0, 5).join(", ")}${rows.length > 5 ? ", …" : ""}`;
  const message = `${action}: ${which} alone decide a coefficient and have no residual to tell its error by; there are no HC3 errors, p values or limits`;
  return { kind: "LeverageWarning", rows, message };
}

/** Pseudo-values of the mean time up to tau, θ + n·∂θ/∂wᵢ, with Kaplan–Meier's curve. */
function pseudoMeans(outcome: CheckedOutcome, tau: number) {
  const { time, event, counts } = outcome;
  const [curve] = kaplanMeier({ time, event, ...(counts && { counts }) }, { robust: true });
  const { areas, mean, extended } = areasUpTo(curve, tau);
  const onMean = influenceOnArea(curve.influence ?? { atRisk: [], event: [] }, areas);
  const n = rowsCounted(outcome);
  // Times that differ by rounding are the first of them on the curve.
  const place = (t: number) => curve.time.findLastIndex((other) => other <= t);
  return { values: time.map((t, i) => mean + n * onMean(0, place(t), event[i] === 1)), mean, extended };
}

/** Ordinary least squares in the covariates' own units, with a robust variance. */
function leastSquares(y: Float64Array, block: Block, rows: RowLikelihood["rows"], isCareful: boolean) {
  const { columns } = block;
  const p = columns.length;
  // A normal likelihood of variance 1, whose slope at a row is its residual by what the fit leaves of it.
  const normal = (left: (row: number) => number): RowLikelihood => ({
    rows,
    size: p,
    predictors: [{ first: 0, columns }],
    fill(terms, row, [fitted]) {
      const residual = y[row] - fitted;
      addFunction(terms, 0, 1, [-square(residual) / 2, residual / left(row), -1]);
    },
  });
  const plain = normal(() => 1);
  const { theta, generalInverse } = maximiseRows(plain, []);
  // Columns are no combinations of others.
  const inverse = generalInverse ?? new Float64Array(p * p);
  const rowOf = (row: number) => columns.map((column) => column[row]);
  const left = (row: number) => 1 - varianceOf(rowOf(row), inverse);
  const alone = isCareful ? Array.from(y.keys()).filter((row) => left(row) < 1e-10) : [];
  const careful = isCareful ? normal((row) => Math.max(left(row), 1e-10)) : plain;
  const [n, G] = [rowsCounted(rows), rows.clusters];
  const correction = rows.cluster === null ? 1 : (G / (G - 1)) * ((n - 1) / (n - p));
  const squares = scoreSquares(careful, theta).map((value) => value * correction);
  const units = ownUnits(p, [{ ...block, first: 0 }]);
  const covariance = units.variance(sandwich(inverse, squares, p));
  return { coefficients: units.point(theta), covariance, alone };
}
