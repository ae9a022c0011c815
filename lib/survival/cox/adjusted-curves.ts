import { InvalidInputError, normalQuantile, twoSidedP } from "../../statistics";
import { exp, log, square } from "../../statistics/elementary";
import { checkFields, checkPositive, columnNames } from "../../statistics/inner";
import { checkInterval, type IntervalType, nullForNaN, survivalLimits } from "../confidence-interval";
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
 * are some; counts, and whole weights, are so many rows. They take time as events times rows.
 *
 * @param fit of cox(), without exact ties and frailties. A `stratum` in an arm puts everybody on that stratum's baseline:
 *   with it alone an arm's curve is exp(−Λ̂) of the stratum's own rows
 * @throws {InvalidInputError} if an arm sets what is no covariate, a time lies beyond the rows', or another argument cannot be used
 * @example adjustedCurves(fit, { arms: { featured: { x: 1 }, others: { x: 0 } }, times: [36], tau: 60 }).differences[0].estimate
 */
export function adjustedCurves(fit: CoxFit, options: AdjustedOptions): AdjustedCurves {
  const action = "adjustedCurves";
  checkFields(action, "options", options, ["arms", "weights", "times", "tau", "confidence", "interval"]);
  const { confidence = 0.95, interval = "log", tau, times = [] } = options;
  checkConfidence(action, confidence);
  checkInterval(action, interval);
  if (tau !== undefined) checkPositive(action, "tau", tau);
  if (fit.ties === "exact" || fit.frailty !== undefined) {
    const what = fit.frailty === undefined ? "exact ties" : "frailties";
    throw new InvalidInputError(`${action}: there are no such curves after ${what}; fit without`, "fit");
  }
  const sums = sumsAtSolution(action, fit);
  const { design } = sums;
  const at = checkIncreasing(action, times);
  const last = design.time.reduce((most, time) => Math.max(most, time), 0);
  for (const [argument, time] of [["tau", tau ?? 0] as const, ["times", at.at(-1) ?? 0] as const]) {
    if (time <= last) continue;
    const message = `${action}: ${argument} has ${time}, and no row is observed for longer than ${last}`;
    throw new InvalidInputError(message, argument);
  }
  const target = targetOf(action, design, options.weights);
  const arms = columnNames(action, options.arms, "arms").map((label) => armOf(action, fit, label, options.arms[label]));
  if (arms.length === 0) throw new InvalidInputError(`${action}: arms is empty; at least one is needed`, "arms");
  const walk = new Walk(sums, fit, target, arms);
  const z = normalQuantile((1 + confidence) / 2);
  const errorOf = errorOver(design, solutionOf(action, fit).variance !== null);
  const found = walk.through(at, tau ?? null, errorOf);
  const estimated = (
    arm: string,
    estimate: number,
    influence: Float64Array,
  ): AdjustedEstimate & { pValue: number | null } => {
    const standardError = errorOf(influence);
    if (standardError === null) return { arm, estimate, standardError, lower: null, upper: null, pValue: null };
    const margin = z * standardError;
    const pValue = standardError === 0 ? 1 : twoSidedP(estimate / standardError);
    return { arm, estimate, standardError, lower: estimate - margin, upper: estimate + margin, pValue };
  };
  /** Each arm less the last. */
  const differences = (values: readonly Averaged[]): AdjustedDifference[] =>
    values.slice(0, -1).map((one, a) => {
      const other = values[values.length - 1];
      const influence = one.influence.map((value, i) => value - other.influence[i]);
      return {
        ...estimated(arms[a].label, one.value - other.value, influence),
        reference: arms[arms.length - 1].label,
      };
    });
  return {
    curves: arms.map(({ label }, a) => {
      const { survival, hazard, errors } = found.curves[a];
      const ofLog = Float64Array.from(errors, (error, k) =>
        error === null ? Number.NaN : square(error / survival[k]),
      );
      const standardError = nullForNaN(errors.map((error) => error ?? Number.NaN));
      const limits = survivalLimits(survival, ofLog, z, interval);
      const rows = { n: countsOf(design).rows, ...walk.table, cumulativeHazard: hazard };
      return { label, ...rows, survival, standardError, ...limits, confidence, interval, robust: true };
    }),
    differences: found.at.flatMap((values, k) => differences(values).map((one) => ({ time: at[k], ...one }))),
    restrictedMeans:
      tau === undefined
        ? null
        : {
            tau,
            arms: found.means.map(({ value, influence }, a) => {
              const { pValue: _, ...estimate } = estimated(arms[a].label, value, influence);
              return estimate;
            }),
            differences: differences(found.means),
          },
  };
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

/** The square root of Σ φ² over clusters, or over rows with their counts, or whole weights, as copies. */
function errorOver(design: CoxDesign, holds: boolean) {
  const { n, cluster, clusterCounts, row } = design;
  const ofRows = hasFractions(design) ? design.counts : design.weights;
  const copies = cluster === null ? ofRows : clusterCounts;
  return (influence: Float64Array): number | null => {
    if (!holds) return null;
    const sums = new Float64Array(cluster?.labels.length ?? n);
    for (let i = 0; i < n; i++) sums[cluster === null ? i : cluster.code[row[i]]] += influence[i];
    let sum = 0;
    sums.forEach((value, i) => {
      if (value !== 0) sum += square(value) / (copies?.[i] ?? 1);
    });
    return Math.sqrt(sum);
  };
}

/** An arm on the design's columns. */
interface ArmRows {
  readonly label: string;
  /** Columns one after the other. */
  readonly x: Float64Array;
  /** exp(predictor) of each position, up to the factor exp(−shift). */
  readonly risk: (shift: number) => Float64Array;
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
        throw unknownCovariate(design, argument, value);
      continue;
    }
    if (typeof value === "string") throw unknownCovariate(design, argument, value);
    const given = checkFinite(action, argument, typeof value === "number" ? new Float64Array(n).fill(value) : value, n);
    for (let i = 0; i < n; i++) x[j * n + i] = (given[row[i]] - center[j]) / scale[j];
  }
  const predictor = new Float64Array(n);
  fillPredictor({ ...design, x }, coefficients, predictor);
  return { label, x, stratum, risk: (shift) => predictor.map((value) => exp(value - shift)) };
}

function unknownCovariate({ names, stratumLabels }: CoxDesign, argument: string, value: unknown): InvalidInputError {
  const strata = stratumLabels === null ? "" : `, and the strata ${stratumLabels.slice(0, 5).map(shown).join(", ")}`;
  const message = `adjustedCurves: ${argument} is ${shown(value)}; numbers for a covariate of the model are needed, which has ${names.map(shown).join(", ")}${strata}`;
  return new InvalidInputError(message, "arms");
}

/** An average, and what each position's weight does to it. */
interface Averaged {
  readonly value: number;
  readonly influence: Float64Array;
}

/** Goes through the times of all strata, with each row's influence on the baselines. */
class Walk {
  /** What happened at the distinct times. */
  readonly table: { time: number[]; atRisk: number[]; events: number[]; censored: number[] };
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
    private readonly sums: RiskSums,
    fit: CoxFit,
    private readonly target: Float64Array,
    private readonly arms: readonly ArmRows[],
  ) {
    const { design } = sums;
    this.influence = coefficientInfluence(sums, solutionOf("adjustedCurves", fit).naive);
    this.risks = arms.map(({ risk }) => risk(sums.shift));
    this.changes = design.names.map((_, j) => columnMeans(sums, j).change);
    const strata = design.strata.length - 1;
    this.hazard = new Float64Array(strata);
    this.cross = Array.from({ length: strata }, () => new Float64Array(design.names.length));
    this.own = new Float64Array(design.n);
    this.stratumOf = stratumOfPositions(design);
    this.table = tableOf(design);
  }

  /** The curves at all times, the averages at some, and the areas up to tau. */
  through(at: Float64Array, tau: number | null, errorOf: (influence: Float64Array) => number | null) {
    const { sets, design } = this.sums;
    const order = Array.from({ length: sets.count }, (_, e) => e);
    const timeOf = (e: number) => design.time[sets.first[e]];
    order.sort((a, b) => timeOf(a) - timeOf(b));
    const curves = this.arms.map(() => ({
      survival: [] as number[],
      hazard: [] as number[],
      errors: [] as (number | null)[],
    }));
    const start = (value: number): Averaged[] =>
      this.arms.map(() => ({ value, influence: new Float64Array(design.n) }));
    const reached: Averaged[][] = [];
    const means = start(0).map(({ influence }) => ({ value: 0, influence }));
    let current = start(1);
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
    for (const time of this.table.time) {
      while (reached.length < at.length && at[reached.length] < time) reached.push(current);
      extend(time);
      const from = next;
      while (next < order.length && timeOf(order[next]) === time) this.pass(order[next++]);
      if (next > from) current = this.arms.map((_, a) => this.average(a));
      current.forEach(({ value, influence }, a) => {
        curves[a].survival.push(value);
        curves[a].hazard.push(-log(value));
        curves[a].errors.push(next > from ? errorOf(influence) : (curves[a].errors.at(-1) ?? errorOf(influence)));
      });
    }
    while (reached.length < at.length) reached.push(current);
    return { curves, at: reached, means };
  }

  /** Moves the baseline of its stratum, and each row's influence on it, past event time e. */
  private pass(e: number): void {
    const { design, sets, increment, squares, efron, risk } = this.sums;
    const s = this.stratumOf[sets.first[e]];
    this.hazard[s] += increment[e];
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
    const { x, stratum } = this.arms[a];
    const { target, stratumOf, hazard, cross } = this;
    const risks = this.risks[a];
    const survival = new Float64Array(n);
    const onBaseline = new Float64Array(hazard.length);
    const onCoefficients = new Float64Array(names.length);
    let value = 0;
    for (let i = 0; i < n; i++) {
      const s = stratum ?? stratumOf[i];
      survival[i] = exp(-risks[i] * hazard[s]);
      value += target[i] * survival[i];
      const slope = target[i] * survival[i] * risks[i];
      onBaseline[s] += slope;
      for (let j = 0; j < names.length; j++) onCoefficients[j] += slope * (hazard[s] * x[j * n + i] - cross[s][j]);
    }
    const influence = new Float64Array(n);
    for (let i = 0; i < n; i++) {
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

/** Who is at risk, has the event and is censored at the distinct times of all strata together. */
function tableOf({ n, time, event, entry, weights }: CoxDesign) {
  const order = Array.from(time.keys()).sort((a, b) => time[a] - time[b]);
  const table = { time: [] as number[], atRisk: [] as number[], events: [] as number[], censored: [] as number[] };
  const entries = Array.from(time.keys()).sort((a, b) => (entry?.[a] ?? 0) - (entry?.[b] ?? 0));
  let here = entry === null ? order.reduce((sum, i) => sum + (weights?.[i] ?? 1), 0) : 0;
  let k = 0;
  for (let at = 0; at < n; ) {
    const t = time[order[at]];
    for (; entry !== null && k < n && entry[entries[k]] < t; k++) here += weights?.[entries[k]] ?? 1;
    const counts = [0, 0];
    for (; at < n && time[order[at]] === t; at++) counts[event[order[at]]] += weights?.[order[at]] ?? 1;
    table.time.push(t);
    table.atRisk.push(here);
    table.censored.push(counts[0]);
    table.events.push(counts[1]);
    here -= counts[0] + counts[1];
  }
  return table;
}
