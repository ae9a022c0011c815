import { OverflowError } from "../../statistics";
import { exp, square } from "../../statistics/elementary";
import { checkFields, checkFlag, dot, doubles, identityOrder, lengthOf, toList } from "../../statistics/inner";
import { askedLimits, type LimitOptions, nullForNaN, survivalLimits } from "../confidence-interval";
import { eventTable, riskSetSteps } from "../event-table";
import { rowsOf, type SurvivalCurve } from "../kaplan-meier";
import { weightedMean } from "../outcome";
import { byRow, type CoxDesign } from "./design";
import { covariatesOf, cumulateSums, hazardsOf, predictorOf } from "./predicted-risk";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/** The cumulative baseline hazard of a stratum. */
export interface BaselineHazard {
  /** null without strata. */
  readonly stratum: string | null;
  /** Distinct observed times. */
  readonly time: readonly number[];
  readonly hazard: readonly number[];
}

/**
 * The cumulative baseline hazard; R's `basehaz(fit, centered = …)`.
 *
 * It is the hazard of a row whose covariates have their mean (0 for columns of −1, 0 and 1 only) and whose offset is the
 * mean offset, or of one with all zero if `centered` is false. The means are R's: weighted, but not with entries.
 *
 * @throws {InvalidInputError} if fit is not from cox()
 * @throws {OverflowError} if zero is so far from the data that the hazard there cannot be held; leave `centered` then
 * @example baselineHazard(fit)[0].hazard
 */
export function baselineHazard(fit: CoxFit, options: { readonly centered?: boolean } = {}): BaselineHazard[] {
  checkFields("baselineHazard", "options", options, ["centered"]);
  checkFlag("baselineHazard", "centered", options.centered);
  const { centered = true } = options;
  const sums = sumsAtSolution("baselineHazard", fit);
  const { coefficients } = solutionOf("baselineHazard", fit);
  const [reference] = referencesOf(sums.design, centered ? "sample" : "zero");
  const predictor = dot(reference, 0, coefficients, 0, reference.length) + (centered ? meanOffset(fit) : 0);
  const factor = exp(predictor - sums.shift);
  if (!(factor > 0 && factor < Infinity)) {
    throw new OverflowError(
      "baselineHazard: covariates of zero are so far from the data that the hazard there cannot be held; use centered: true",
    );
  }
  const { hazard, until } = cumulateSums(sums);
  return tablesOf(sums.design).map(({ stratum, time }, s) => ({
    stratum,
    time,
    hazard: time.map((t) => hazard[until(s, t)] * factor),
  }));
}

/** Of the offset that was given; log frailties have none. */
export function meanOffset(fit: CoxFit): number {
  const { design, logFrailty } = solutionOf("predict", fit);
  const given = design.offset?.map((offset, i) => offset - (logFrailty?.[i] ?? 0));
  return given === undefined ? 0 : weightedMean(given, design.counts);
}

/** What covariates are measured from, on the design's columns, for each stratum: its own means, R's of all rows, or zero. */
export function referencesOf(design: CoxDesign, reference: "strata" | "sample" | "zero"): Float64Array[] {
  const { n, names, x, center, scale, entry, strata, weights, counts, stratumLabels } = design;
  const columns = names.map((_, j) => x.subarray(j * n, (j + 1) * n));
  // R's mean of a column of −1, 0 and 1 is 0.
  const isIndicator = (column: Float64Array, j: number) =>
    column.every((value) => [-1, 0, 1].some((level) => Math.abs(value * scale[j] + center[j] - level) < 1e-9));
  const ofAll = Float64Array.from(columns, (column, j) =>
    reference === "zero" || isIndicator(column, j)
      ? -center[j] / scale[j]
      : weightedMean(column, entry === null ? weights : counts),
  );
  return Array.from(strata.subarray(1), (to, s) => {
    if (reference !== "strata" || stratumLabels === null) return ofAll;
    const own = weights?.subarray(strata[s], to) ?? null;
    return Float64Array.from(columns, (column) => weightedMean(column.subarray(strata[s], to), own));
  });
}

/** What happened at the distinct times of each stratum. */
function tablesOf(design: CoxDesign) {
  const { n, strata, byEntry, stratumLabels } = design;
  const positions = identityOrder(n);
  return Array.from(strata.subarray(1), (to, s) => {
    const entered = byEntry?.subarray(strata[s], to) ?? null;
    const steps = riskSetSteps(design, positions.subarray(strata[s], to), entered);
    return { stratum: stratumLabels?.[s] ?? null, n: rowsOf(design, steps), ...eventTable(design, steps) };
  });
}

export interface PredictOptions extends LimitOptions {}

/** A predicted curve; atRisk, events and censored are those of the data the model was fitted to. */
export interface PredictedCurve extends SurvivalCurve {
  /** Index of the row it was predicted for. */
  readonly row: number;
  readonly stratum: string | null;
}

/**
 * Survival curves that the model predicts for rows with given covariates; R's `survfit(fit, newdata = rows)`.
 *
 * S(t) = exp(−exp(β·x)·Λ̂₀(t)), with Efron's hazard after Efron's ties. The variance of the cumulative hazard has two parts,
 * that of the baseline and that of the coefficients, exp(2βx)·(Σ w̄/S₀² + qᵀVq) with q = ∫(x − x̄)dΛ̂₀ (Tsiatis 1981, Annals
 * of Statistics 9:93; Therneau and Grambsch 2000, section 10.2).
 *
 * @param rows covariates by name; each must have all of the model's terms. The offset is 0.
 * @returns a curve for each row, and for each stratum if there are strata, in the shape of kaplanMeier's; without standard
 *   errors and limits (null) where the fit's robust variance does not hold, or they are beyond doubles after separation
 * @throws {InvalidInputError} if fit is not from cox(), or a row misses a covariate or has one that is not a number
 * @example predictSurvival(fit, [{ featured: 0, year: 2012 }, { featured: 1, year: 2012 }])
 */
export function predictSurvival(
  fit: CoxFit,
  rows: readonly Readonly<Record<string, number>>[],
  options: PredictOptions = {},
): PredictedCurve[] {
  const action = "predictSurvival";
  checkFields(action, "options", options, ["confidence", "interval"]);
  const { limits, z } = askedLimits(action, options);
  lengthOf(action, "rows", rows);
  const { design } = solutionOf(action, fit);
  const tables = tablesOf(design);
  const hazardOf = hazardsOf(action, fit);
  const robust = fit.terms.some((term) => term.robustStandardError !== null || term.test === null);
  return rows.flatMap((row, index) => {
    const x = covariatesOf(action, design, row, index);
    return tables.map((table, s) => {
      const hazardAt = hazardOf(x, s);
      const n = table.time.length;
      const [survival, cumulativeHazard, errors] = [doubles(n), doubles(n), doubles(n)];
      const variance = new Float64Array(n);
      for (let k = 0; k < n; k++) {
        const { hazard, error } = hazardAt(table.time[k]);
        cumulativeHazard[k] = hazard;
        survival[k] = exp(-hazard);
        // NaN becomes null below.
        const known = error ?? Number.NaN;
        variance[k] = square(known);
        errors[k] = survival[k] * known;
      }
      return {
        label: table.stratum === null ? `row ${index + 1}` : `row ${index + 1}, ${table.stratum}`,
        row: index,
        ...table,
        survival,
        standardError: nullForNaN(errors),
        cumulativeHazard,
        ...survivalLimits(survival, variance, z, limits.interval),
        ...limits,
        robust,
      };
    });
  });
}

/**
 * Linear predictors β·x + offset of the rows the model was fitted to; R's `predict(fit, type = "lp", reference = "zero")`.
 *
 * @throws {InvalidInputError} if fit is not from cox()
 * @returns one for each row, however often it was counted
 * @example linearPredictors(fit).length // fit.n
 */
export function linearPredictors(fit: CoxFit): number[] {
  const { design, coefficients } = solutionOf("linearPredictors", fit);
  const shift = coefficients.reduce((sum, value, j) => sum + (value * design.center[j]) / design.scale[j], 0);
  return toList(byRow(design, predictorOf(design, coefficients)).map((value) => value + shift));
}
