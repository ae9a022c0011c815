import { InvalidInputError, normalQuantile, OverflowError } from "../../statistics";
import { exp } from "../../statistics/elementary";
import { checkFields, checkFlag, doubles, lengthOf } from "../../statistics/inner";
import { checkInterval, type IntervalType, nullForNaN, survivalLimits } from "../confidence-interval";
import type { SurvivalCurve } from "../kaplan-meier";
import { checkConfidence, shown } from "../outcome";
import { type CoxDesign, countsOf } from "./design";
import { fillPredictor, type RiskSums } from "./hazards";
import { columnMeans } from "./score-residuals";
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
 * The cumulative baseline hazard; R's `basehaz(fit, centered = )`.
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
  const { design } = sums;
  const { coefficients } = solutionOf("baselineHazard", fit);
  let predictor = centered ? meanOffset(fit) : 0;
  design.names.forEach((_, j) => {
    const value = centered ? referenceValue(design, j) : 0;
    predictor += (coefficients[j] * (value - design.center[j])) / design.scale[j];
  });
  const factor = exp(predictor - sums.shift);
  if (!(factor > 0 && factor < Infinity)) {
    throw new OverflowError(
      "baselineHazard: covariates of zero are so far from the data that the hazard there cannot be held; use centered: true",
    );
  }
  return strataOf(design).map(({ stratum, index }) => {
    const { time, hazard } = stratumTable(sums, index);
    return { stratum, time, hazard: hazard.map((value) => value * factor) };
  });
}

/** Of the offset that was given; log frailties have none. */
export function meanOffset(fit: CoxFit): number {
  const { design, logFrailty } = solutionOf("predict", fit);
  if (design.offset === null) return 0;
  let sum = 0;
  for (let i = 0; i < design.n; i++) sum += (design.counts?.[i] ?? 1) * (design.offset[i] - (logFrailty?.[i] ?? 0));
  return sum / countsOf(design).rows;
}

/** R's mean of a column: 0 where all values are −1, 0 or 1. */
export function referenceValue(design: CoxDesign, j: number): number {
  const column = design.x.subarray(j * design.n, (j + 1) * design.n);
  const scale = design.scale[j];
  const center = design.center[j];
  const isIndicator = column.every((value) => {
    const original = value * scale + center;
    return [-1, 0, 1].some((level) => Math.abs(original - level) < 1e-9);
  });
  if (isIndicator) return 0;
  return mean(column, design.entry === null ? design.weights : design.counts) * scale + center;
}

/** 0 where nothing has a weight. */
export function mean(values: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    const weight = weights === null ? 1 : weights[i];
    sum += weight * value;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

function strataOf(design: CoxDesign) {
  return Array.from({ length: design.strata.length - 1 }, (_, index) => ({
    index,
    stratum: design.stratumLabels === null ? null : design.stratumLabels[index],
    from: design.strata[index],
    to: design.strata[index + 1],
  }));
}

/** What happened at the distinct times of a stratum, with the hazard in the design's own units. */
function stratumTable({ design, sets, increment, squares }: RiskSums, s: number) {
  const table = {
    time: [] as number[],
    events: [] as number[],
    censored: [] as number[],
    hazard: [] as number[],
    variance: [] as number[],
    /** Number of event times up to each time. */
    reached: [] as number[],
  };
  const to = design.strata[s + 1];
  let hazard = 0;
  let variance = 0;
  let e = sets.strata[s];
  for (let i = design.strata[s]; i < to; ) {
    const t = design.time[i];
    let events = 0;
    let censored = 0;
    for (; i < to && design.time[i] === t; i++) {
      const weight = design.weights === null ? 1 : design.weights[i];
      if (design.event[i] === 1) events += weight;
      else censored += weight;
    }
    for (; e < sets.strata[s + 1] && design.time[sets.first[e]] <= t; e++) {
      hazard += increment[e];
      variance += squares[e];
    }
    table.time.push(t);
    table.events.push(events);
    table.censored.push(censored);
    table.hazard.push(hazard);
    table.variance.push(variance);
    table.reached.push(e - sets.strata[s]);
  }
  return { ...table, atRisk: countAtRisk(design, s, table) };
}

/** At each time those observed to it or longer, less those who have not entered. */
function countAtRisk(
  { entry, byEntry, weights, strata }: CoxDesign,
  s: number,
  table: { readonly time: number[]; readonly events: number[]; readonly censored: number[] },
): number[] {
  let observed = 0;
  let notEntered = 0;
  let k = strata[s + 1];
  const counts = table.time.map(() => 0);
  for (let at = counts.length - 1; at >= 0; at--) {
    observed += table.events[at] + table.censored[at];
    if (entry !== null && byEntry !== null) {
      for (; k > strata[s] && entry[byEntry[k - 1]] >= table.time[at]; k--) {
        notEntered += weights === null ? 1 : weights[byEntry[k - 1]];
      }
    }
    counts[at] = observed - notEntered;
  }
  return counts;
}

export interface PredictOptions {
  readonly confidence?: number;
  readonly interval?: IntervalType;
}

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
  const { confidence = 0.95, interval = "log" } = options;
  checkFields(action, "options", options, ["confidence", "interval"]);
  checkConfidence(action, confidence);
  checkInterval(action, interval);
  lengthOf(action, "rows", rows);
  const sums = sumsAtSolution(action, fit);
  const { design, sets } = sums;
  const { coefficients, variance } = solutionOf(action, fit);
  const p = design.names.length;
  const z = normalQuantile((1 + confidence) / 2);
  const changes = design.names.map((_, j) => columnMeans(sums, j).change);
  return rows.flatMap((row, index) => {
    const x = design.names.map((name, j) => {
      const value = typeof row === "object" && row !== null && Object.hasOwn(row, name) ? row[name] : undefined;
      if (typeof value !== "number" || !Number.isFinite(value)) {
        const message = `${action}: rows[${index}].${name} is ${shown(value)}; a finite number is needed for each term of the model`;
        throw new InvalidInputError(message, "rows", index);
      }
      return (value - design.center[j]) / design.scale[j];
    });
    const risk = exp(x.reduce((sum, value, j) => sum + value * coefficients[j], 0) - sums.shift);
    return strataOf(design).map(({ stratum, from, to, index: s }) => {
      const table = stratumTable(sums, s);
      const q = new Float64Array(p);
      let reached = 0;
      const varianceOfLog = Float64Array.from(table.time, (_, k) => {
        for (; reached < table.reached[k]; reached++) {
          const e = sets.strata[s] + reached;
          for (let j = 0; j < p; j++) q[j] += x[j] * sums.increment[e] - changes[j][e];
        }
        // NaN becomes null below.
        return variance === null ? NaN : risk * risk * plusForm(table.variance[k], q, variance);
      });
      const cumulativeHazard = table.hazard.map((hazard) => hazard * risk);
      const survival = cumulativeHazard.map((hazard) => exp(-hazard));
      return {
        label: stratum === null ? `row ${index + 1}` : `row ${index + 1}, ${stratum}`,
        row: index,
        stratum,
        n: design.counts === null ? to - from : design.counts.subarray(from, to).reduce((sum, count) => sum + count, 0),
        time: table.time,
        atRisk: table.atRisk,
        events: table.events,
        censored: table.censored,
        survival,
        standardError: nullForNaN(survival.map((s0, k) => s0 * Math.sqrt(varianceOfLog[k]))),
        cumulativeHazard,
        ...survivalLimits(survival, varianceOfLog, z, interval),
        confidence,
        interval,
        robust: fit.terms.some((term) => term.robustStandardError !== null || term.test === null),
      };
    });
  });
}

/** start + qᵀVq. */
export function plusForm(start: number, q: Float64Array, v: Float64Array): number {
  const p = q.length;
  let form = start;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) form += q[i] * v[i * p + j] * q[j];
  return form;
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
  const centered = new Float64Array(design.n);
  fillPredictor(design, coefficients, centered);
  let shift = 0;
  for (let j = 0; j < coefficients.length; j++) shift += (coefficients[j] * design.center[j]) / design.scale[j];
  const values = doubles(design.n);
  for (let i = 0; i < design.n; i++) values[design.row[i]] = centered[i] + shift;
  return values;
}
