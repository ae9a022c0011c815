import { InvalidInputError, normalQuantile } from "../../statistics";
import { exp, log, square } from "../../statistics/elementary";
import { checkFields, checkPositive, columnNames, largest } from "../../statistics/inner";
import { checkInterval, type IntervalType, survivalLimits, wald } from "../confidence-interval";
import { type EventTable, eventTable, riskSetSteps } from "../event-table";
import type { SurvivalCurve } from "../kaplan-meier";
import {
  checkConfidence,
  checkFinite,
  checkIncreasing,
  checkWeights,
  hasFractions,
  shown,
  type Vector,
} from "../outcome";
import { sortAndTie } from "../tied-times";
import { type CoxDesign, countsOf, stratumOfPositions } from "./design";
import { fillPredictor, type RiskSums } from "./hazards";
import { isAtRisk } from "./risk-sets";
import { columnMeans, scoreResiduals } from "./score-residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/** What is the same for everybody in an arm: covariates by name, each one number or one for each row, and the `stratum`. */
export type Arm = Readonly<Record<string, number | string | Vector>>;

export interface AdjustedOptions {
  /** What everybody is given, by the arm's name, the reference last; such as `{ featured: { x: 1 }, others: { x: 0 } }`. */
  readonly arms: Readonly<Record<string, Arm>>;
  /** How much each row of the fit (each of its copies) weighs in the population that is averaged over; the fit's weights unless told. */
  readonly weights?: Vector;
  /** Times at which arms are compared, increasing; none unless told. */
  readonly times?: Vector;
  /** Up to when means are restricted; none unless told. */
  readonly tau?: number;
  readonly confidence?: number;
  readonly interval?: IntervalType;
}

/** An estimate with normal limits; the error, and what follows from it, is null where the fit's robust variance does not hold. */
export interface AdjustedEstimate {
  readonly arm: string;
  readonly estimate: number;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** An arm less the reference. */
export interface AdjustedDifference extends AdjustedEstimate {
  readonly reference: string;
  readonly pValue: number | null;
}

export interface AdjustedCurves {
  /** The curve of each arm, in kaplanMeier's shape; at risk, events and censored are those of all rows. */
  readonly curves: readonly SurvivalCurve[];
  /** Differences of survival at the times that were asked for. */
  readonly differences: readonly (AdjustedDifference & { readonly time: number })[];
  readonly restrictedMeans: {
    readonly tau: number;
    readonly arms: readonly AdjustedEstimate[];
    readonly differences: readonly AdjustedDifference[];
  } | null;
}

/**
 * Adjusted survival curves: what would be seen if all rows had an arm's covariates and kept their other ones, the average of the
 * curves that the model predicts for them (the g-formula); R's `riskRegression::ate`, `survexp(~ arm, ratetable = fit)`.
 *
 * One wants them to say an adjusted hazard ratio as what it means: of 100 women, so many more are free after 36 months. S̄(t) =
 * Σ w·exp(−exp(β·x)·Λ̂(t))/Σ w. Errors are from the influence of each row on all of it: its own x, the coefficients and the
 * baseline (Ozenne, Scheike, Staerk and Gerds 2020, Biometrical Journal 62:751, section 4), summed over clusters where there
 * are some; whole weights count as so many rows. They take time as events times rows.
 *
 * @param fit of cox(), without exact ties and frailties. A `stratum` in an arm puts everybody on that stratum's baseline:
 *   with it alone an arm's curve is exp(−Λ̂) of the stratum's own rows
 * @throws {InvalidInputError} if an arm sets what is no covariate, a time lies beyond the rows', or another argument cannot be used
 * @example adjustedCurves(fit, { arms: { featured: { x: 1 }, others: { x: 0 } }, times: [36], tau: 60 }).differences[0].estimate
 */
export function adjustedCurves(fit: CoxFit, options: AdjustedOptions): AdjustedCurves {
  return adjust("adjustedCurves", fit, options, { withErrors: true });
}

/** The fields of AdjustedOptions. */
export const ADJUSTED_OPTIONS = ["arms", "weights", "times", "tau", "confidence", "interval"];

/**
 * The same for those who resample: without errors, null standing for all that follows from them; and with curves that go
 * on level beyond the last row.
 */
export function adjust(
  action: string,
  fit: CoxFit,
  options: AdjustedOptions,
  { withErrors = false, levelBeyond = false } = {},
): AdjustedCurves {
  checkFields(action, "options", options, ADJUSTED_OPTIONS);
  const { confidence = 0.95, interval = "log", tau } = options;
  checkConfidence(action, confidence);
  checkInterval(action, interval);
  const design = checkFit(action, fit);
  const at = checkTimes(action, levelBeyond ? Infinity : largest(design.time), options);
  const target = targetOf(action, design, options.weights);
  const arms = columnNames(action, options.arms, "arms").map((label) => armOf(action, fit, label, options.arms[label]));
  if (arms.length === 0) throw new InvalidInputError(`${action}: arms is empty; at least one is needed`, "arms");
  const { variance } = solutionOf(action, fit);
  const walk = new Walk(action, fit, { target, arms, withErrors: withErrors && variance !== null });
  const quantile = normalQuantile((1 + confidence) / 2);
  const found = walk.through(at, tau ?? null);
  const estimated = (arm: string, { value: estimate, influence }: Averaged) => {
    const standardError = walk.errorOf(influence);
    const { lower, upper, pValue } = wald(estimate, standardError, quantile);
    return { arm, estimate, standardError, lower, upper, pValue };
  };
  /** Each arm less the last. */
  const differences = (values: readonly Averaged[]): AdjustedDifference[] =>
    values.slice(0, -1).map((one, a) => {
      const other = values[values.length - 1];
      const influence = one.influence.map((value, i) => value - other.influence[i]);
      const difference = { value: one.value - other.value, influence };
      return { ...estimated(arms[a].label, difference), reference: arms[arms.length - 1].label };
    });
  const table = tableOf(action, design);
  return {
    curves: found.curves.map(({ survival, errors }, a) => {
      const ofLog = Float64Array.from(errors, (error, k) =>
        error === null ? Number.NaN : square(error / survival[k]),
      );
      return {
        label: arms[a].label,
        n: countsOf(design).rows,
        ...table,
        cumulativeHazard: survival.map((value) => -log(value)),
        survival,
        standardError: errors,
        ...survivalLimits(survival, ofLog, quantile, interval),
        confidence,
        interval,
        robust: true,
      };
    }),
    differences: found.at.flatMap((values, k) => differences(values).map((one) => ({ time: at[k], ...one }))),
    restrictedMeans:
      tau === undefined
        ? null
        : {
            tau,
            arms: found.means.map((mean, a) => {
              const { pValue: _, ...estimate } = estimated(arms[a].label, mean);
              return estimate;
            }),
            differences: differences(found.means),
          },
  };
}

function checkFit(action: string, fit: CoxFit): CoxDesign {
  const { design } = solutionOf(action, fit);
  if (fit.ties !== "exact" && fit.frailty === undefined) return design;
  const what = fit.frailty === undefined ? "exact ties" : "frailties";
  throw new InvalidInputError(`${action}: there are no such curves after ${what}; fit without`, "fit");
}

function checkTimes(action: string, last: number, { times = [], tau }: AdjustedOptions): Float64Array {
  if (tau !== undefined) checkPositive(action, "tau", tau);
  const at = checkIncreasing(action, times);
  for (const [argument, value] of [["tau", tau ?? 0] as const, ["times", at.at(-1) ?? 0] as const]) {
    if (value <= last) continue;
    const message = `${action}: ${argument} has ${value}, and no row is observed for longer than ${last}`;
    throw new InvalidInputError(message, argument);
  }
  return at;
}

/** Who is at risk, has the event and is censored at the distinct times of all strata together. */
function tableOf(action: string, { n, time, event, entry, weights, counts }: CoxDesign): EventTable {
  const sorted = sortAndTie(action, { n, time, event, entry, weights, counts });
  return eventTable(sorted, riskSetSteps(sorted, null, sorted.byEntry));
}

/** Shares of the rows in the population, by position. */
function targetOf(action: string, design: CoxDesign, weights: Vector | undefined): Float64Array {
  const given = weights === undefined ? null : checkWeights(action, weights, design.n);
  const own = Float64Array.from(design.row, (row, i) =>
    given === null ? (design.weights?.[i] ?? 1) : given[row] * (design.counts?.[i] ?? 1),
  );
  const total = own.reduce((sum, value) => sum + value, 0);
  return own.map((value) => value / total);
}

/** An arm on the design's columns. */
interface ArmRows {
  readonly label: string;
  /** Columns one after the other. */
  readonly x: Float64Array;
  /** β·x of each position. */
  readonly predictor: Float64Array;
  /** The stratum that all are in, or null for their own. */
  readonly stratum: number | null;
}

function armOf(action: string, fit: CoxFit, label: string, arm: Arm): ArmRows {
  const { design, coefficients } = solutionOf(action, fit);
  const { n, names, center, scale, row, stratumLabels } = design;
  const x = new Float64Array(design.x);
  let stratum: number | null = null;
  for (const name of columnNames(action, arm, `arms.${label}`)) {
    const value = arm[name];
    const argument = `arms.${label}.${name}`;
    const j = names.indexOf(name);
    if (j < 0) {
      if (name === "stratum") stratum = stratumLabels?.indexOf(String(value)) ?? -1;
      if (!fit.aliased.includes(name) && !(name === "stratum" && stratum !== -1))
        throw unknownCovariate(action, design, argument, value);
      continue;
    }
    if (typeof value === "string") throw unknownCovariate(action, design, argument, value);
    const given = checkFinite(action, argument, typeof value === "number" ? new Float64Array(n).fill(value) : value, n);
    for (let i = 0; i < n; i++) x[j * n + i] = (given[row[i]] - center[j]) / scale[j];
  }
  const predictor = new Float64Array(n);
  fillPredictor({ ...design, x }, coefficients, predictor);
  return { label, x, stratum, predictor };
}

function unknownCovariate(
  action: string,
  { names, stratumLabels }: CoxDesign,
  argument: string,
  value: unknown,
): InvalidInputError {
  const strata = stratumLabels === null ? "" : `, and the strata ${stratumLabels.slice(0, 5).map(shown).join(", ")}`;
  const message = `${action}: ${argument} is ${shown(value)}; numbers for a covariate of the model are needed, which has ${names.map(shown).join(", ")}${strata}`;
  return new InvalidInputError(message, "arms");
}

/** An average, and what each position's weight does to it. */
interface Averaged {
  readonly value: number;
  readonly influence: Float64Array;
}

interface Averages {
  /** Shares of the rows in the population, by position. */
  readonly target: Float64Array;
  readonly arms: readonly ArmRows[];
  readonly withErrors: boolean;
}

/** Goes through the times of all strata, with each row's influence on the baselines. */
class Walk {
  private readonly sums: RiskSums;
  private readonly risks: readonly Float64Array[];
  /** Of the coefficients, columns one after the other. */
  private readonly influence: Float64Array;
  private readonly changes: readonly Float64Array[];
  /** By stratum: the cumulative hazard, and Σ x̄·dΛ̂ by covariate. */
  private readonly hazard: Float64Array;
  private readonly cross: Float64Array[];
  /** Of the hazard of a position's own stratum, at given coefficients. */
  private readonly own: Float64Array;
  private readonly stratumOf: Uint32Array;

  constructor(
    action: string,
    fit: CoxFit,
    private readonly of: Averages,
  ) {
    this.sums = sumsAtSolution(action, fit);
    const { design, shift } = this.sums;
    const { naive } = solutionOf(action, fit);
    this.influence = of.withErrors ? coefficientInfluence(this.sums, naive) : new Float64Array(0);
    this.risks = of.arms.map(({ predictor }) => predictor.map((value) => exp(value - shift)));
    this.changes = of.withErrors ? design.names.map((_, j) => columnMeans(this.sums, j).change) : [];
    const strata = design.strata.length - 1;
    this.hazard = new Float64Array(strata);
    this.cross = Array.from({ length: strata }, () => new Float64Array(design.names.length));
    this.own = new Float64Array(design.n);
    this.stratumOf = stratumOfPositions(design);
  }

  /** The curves at all times, the averages at some, and the areas up to tau. */
  through(at: Float64Array, tau: number | null) {
    const { sets, design } = this.sums;
    const timeOf = (e: number) => design.time[sets.first[e]];
    const order = Array.from({ length: sets.count }, (_, e) => e).sort((a, b) => timeOf(a) - timeOf(b));
    const curves = this.of.arms.map(() => ({ survival: [] as number[], errors: [] as (number | null)[] }));
    const reached: Averaged[][] = [];
    const start = (value: number) => this.of.arms.map(() => ({ value, influence: this.noInfluence() }));
    const means = start(0);
    let current: Averaged[] = start(1);
    let before = 0;
    let next = 0;
    const extend = (to: number) => {
      const width = Math.min(to, tau ?? 0) - before;
      if (width <= 0) return;
      current.forEach(({ value, influence }, a) => {
        means[a].value += width * value;
        influence.forEach((one, i) => {
          means[a].influence[i] += width * one;
        });
      });
      before += width;
    };
    for (const time of [...new Set(design.time)].sort((a, b) => a - b)) {
      while (reached.length < at.length && at[reached.length] < time) reached.push(current);
      extend(time);
      const from = next;
      while (next < order.length && timeOf(order[next]) === time) this.pass(order[next++]);
      if (next > from) current = this.of.arms.map((_, a) => this.average(a));
      current.forEach(({ value, influence }, a) => {
        const { survival, errors } = curves[a];
        survival.push(value);
        errors.push(next > from || errors.length === 0 ? this.errorOf(influence) : errors[errors.length - 1]);
      });
    }
    while (reached.length < at.length) reached.push(current);
    extend(Infinity);
    return { curves, at: reached, means };
  }

  /** The square root of Σ φ² over clusters, or over rows with their counts, or whole weights, as copies; null without errors. */
  errorOf(influence: Float64Array): number | null {
    if (!this.of.withErrors) return null;
    const { design } = this.sums;
    const { n, cluster, clusterCounts, row } = design;
    const ofRows = hasFractions(design) ? design.counts : design.weights;
    const copies = cluster === null ? ofRows : clusterCounts;
    const sums = new Float64Array(cluster?.labels.length ?? n);
    for (let i = 0; i < n; i++) sums[cluster === null ? i : cluster.code[row[i]]] += influence[i];
    let sum = 0;
    sums.forEach((value, i) => {
      if (value !== 0) sum += square(value) / (copies?.[i] ?? 1);
    });
    return Math.sqrt(sum);
  }

  private noInfluence(): Float64Array {
    return new Float64Array(this.of.withErrors ? this.sums.design.n : 0);
  }

  /** Moves the baseline of its stratum, and each row's influence on it, past event time e. */
  private pass(e: number): void {
    const { design, sets, increment, squares, efron, risk } = this.sums;
    const s = this.stratumOf[sets.first[e]];
    this.hazard[s] += increment[e];
    if (!this.of.withErrors) return;
    this.changes.forEach((change, j) => {
      this.cross[s][j] += change[e];
    });
    const dying = sets.first[e] + sets.deaths[e];
    const crossed = efron?.crossSquares[e] ?? 0;
    const squaresOfDying = sets.counted && sets.events[e] > 1 && efron !== null ? crossed : squares[e] - crossed;
    for (let i = sets.first[e]; i < design.strata[s + 1]; i++) {
      if (!isAtRisk(design, sets, e, i)) continue;
      this.own[i] -= risk[i] * (i < dying ? squaresOfDying : squares[e]);
      if (i < dying) this.own[i] += ((design.weights?.[i] ?? 1) * increment[e]) / sets.weight[e];
    }
  }

  /** The average of an arm's curves here, and what rows do to it. */
  private average(a: number): Averaged {
    const { n, names } = this.sums.design;
    const { target, arms, withErrors } = this.of;
    const { x, stratum } = arms[a];
    const { stratumOf, hazard, cross } = this;
    const risks = this.risks[a];
    const survival = new Float64Array(n);
    const onBaseline = new Float64Array(hazard.length);
    const onCoefficients = new Float64Array(names.length);
    let value = 0;
    for (let i = 0; i < n; i++) {
      const s = stratum ?? stratumOf[i];
      survival[i] = exp(-risks[i] * hazard[s]);
      value += target[i] * survival[i];
      if (!withErrors) continue;
      const slope = target[i] * survival[i] * risks[i];
      onBaseline[s] += slope;
      for (let j = 0; j < names.length; j++) onCoefficients[j] += slope * (hazard[s] * x[j * n + i] - cross[s][j]);
    }
    const influence = this.noInfluence();
    for (let i = 0; i < influence.length; i++) {
      influence[i] = target[i] * (survival[i] - value) - onBaseline[stratumOf[i]] * this.own[i];
    }
    onCoefficients.forEach((slope, j) => {
      for (let i = 0; i < n; i++) influence[i] -= slope * this.influence[j * n + i];
    });
    return { value, influence };
  }
}

/** w·L·V of each position: what its weight does to the coefficients; columns one after the other. */
function coefficientInfluence(sums: RiskSums, naive: Float64Array): Float64Array {
  const { n, names, weights } = sums.design;
  const p = names.length;
  const score = scoreResiduals(sums);
  const influence = new Float64Array(n * p);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < p; k++) {
      const factor = naive[k * p + j];
      for (let i = 0; i < n; i++) influence[j * n + i] += (weights?.[i] ?? 1) * score[k * n + i] * factor;
    }
  }
  return influence;
}
