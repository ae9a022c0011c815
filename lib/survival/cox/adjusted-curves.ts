import { InvalidInputError } from "../../statistics";
import { exp, log, square } from "../../statistics/elementary";
import { checkFields, checkPositive, columnNames, largest } from "../../statistics/inner";
import { askedLimits, type LimitOptions, survivalLimits, type Wald, wald } from "../confidence-interval";
import { type EventTable, eventTable, riskSetSteps } from "../event-table";
import type { SurvivalCurve } from "../kaplan-meier";
import { checkFinite, checkIncreasing, checkWeights, hasFractions, shown, type Vector } from "../outcome";
import { sortAndTie } from "../tied-times";
import { type CoxDesign, countsOf, stratumOfPositions } from "./design";
import type { RiskSums } from "./hazards";
import { cumulateSums, predictorOf } from "./predicted-risk";
import { residuals } from "./residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

/** What is the same for everybody in an arm: covariates by name, each one number or one for each row, and the `stratum`. */
export type Arm = Readonly<Record<string, number | string | Vector>>;

export interface AdjustedOptions extends LimitOptions {
  /** What everybody is given, by the arm's name, the reference last; such as `{ featured: { x: 1 }, others: { x: 0 } }`. */
  readonly arms: Readonly<Record<string, Arm>>;
  /** How much each row of the fit (each of its copies) weighs in the population that is averaged over; the fit's weights unless told. */
  readonly weights?: Vector;
  /** Times at which arms are compared, increasing; none unless told. */
  readonly times?: Vector;
  /** Up to when means are restricted; none unless told. */
  readonly tau?: number;
}

/** An estimate with normal limits; the error, and what follows from it, is null where the fit's robust variance does not hold. */
export interface AdjustedEstimate extends Pick<Wald, "lower" | "upper"> {
  readonly arm: string;
  readonly estimate: number;
  readonly standardError: number | null;
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
  const { limits, z } = askedLimits(action, options);
  const { tau } = options;
  const design = checkFit(action, fit);
  const at = checkTimes(action, levelBeyond ? Infinity : largest(design.time), options);
  const target = targetOf(action, design, options.weights);
  const sums = sumsAtSolution(action, fit);
  const arms = columnNames(action, options.arms, "arms").map((label) =>
    armOf(action, fit, sums, label, options.arms[label]),
  );
  if (arms.length === 0) throw new InvalidInputError(`${action}: arms is empty; at least one is needed`, "arms");
  const hasErrors = withErrors && solutionOf(action, fit).variance !== null;
  const averageAt = averages(sums, target, hasErrors ? residuals(fit, "dfbeta") : null);
  const estimated = (arm: string, { value: estimate, influence }: Averaged) => {
    const standardError = errorOf(design, influence);
    const { lower, upper } = wald(estimate, standardError, z);
    return { arm, estimate, standardError, lower, upper };
  };
  const last = arms.length - 1;
  /** Each arm less the last. */
  const differences = (values: readonly Averaged[]): AdjustedDifference[] =>
    values.slice(0, last).map((one, a) => {
      const found = estimated(arms[a].label, plus(one, -1, values[last]));
      const { pValue } = wald(found.estimate, found.standardError, z);
      return { ...found, pValue, reference: arms[last].label };
    });
  // Who is at risk, has the event and is censored at the distinct times of all strata together.
  const sorted = sortAndTie(action, design);
  const table = eventTable(sorted, riskSetSteps(sorted, null, sorted.byEntry));
  const found = arms.map((arm) => curveOf(design, (time) => averageAt(arm, time), table, tau ?? 0));
  const means = found.map(({ mean }) => mean);
  const ofArms = means.map((mean, a) => estimated(arms[a].label, mean));
  return {
    curves: found.map(({ survival, errors }, a) => {
      const ofLog = Float64Array.from(errors, (error, k) => (error === null ? NaN : square(error / survival[k])));
      return {
        label: arms[a].label,
        n: countsOf(design).rows,
        ...table,
        cumulativeHazard: survival.map((value) => -log(value)),
        survival,
        standardError: errors,
        ...survivalLimits(survival, ofLog, z, limits.interval),
        ...limits,
        robust: true,
      };
    }),
    differences: Array.from(at).flatMap((time) =>
      differences(arms.map((arm) => averageAt(arm, time))).map((one) => ({ time, ...one })),
    ),
    restrictedMeans: tau === undefined ? null : { tau, arms: ofArms, differences: differences(means) },
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
function armOf(action: string, fit: CoxFit, { design, shift }: RiskSums, label: string, arm: Arm) {
  const { n, names, center, scale, row, stratumLabels } = design;
  const x = new Float64Array(design.x);
  let stratum: number | null = null;
  for (const name of columnNames(action, arm, `arms.${label}`)) {
    const [value, argument, j] = [arm[name], `arms.${label}.${name}`, names.indexOf(name)];
    if (j >= 0 && typeof value !== "string") {
      const given = typeof value === "number" ? new Float64Array(n).fill(value) : value;
      const column = checkFinite(action, argument, given, n);
      const standard = Float64Array.from(row, (at) => (column[at] - center[j]) / scale[j]);
      x.set(standard, j * n);
      continue;
    }
    const isStratum = j < 0 && name === "stratum";
    if (isStratum) stratum = stratumLabels?.indexOf(String(value)) ?? -1;
    if (isStratum ? stratum !== -1 : j < 0 && fit.aliased.includes(name)) continue;
    const strata = stratumLabels === null ? "" : `, and the strata ${stratumLabels.slice(0, 5).map(shown).join(", ")}`;
    const message = `${action}: ${argument} is ${shown(value)}; numbers for a covariate of the model are needed, which has ${names.map(shown).join(", ")}${strata}`;
    throw new InvalidInputError(message, "arms");
  }
  const predictor = predictorOf({ ...design, x }, solutionOf(action, fit).coefficients);
  return {
    label,
    /** Columns one after the other. */
    x,
    /** The stratum that all are in, or null for their own. */
    stratum,
    /** exp(β·x) of each position, in the units of the risk sums. */
    risk: predictor.map((value) => exp(value - shift)),
  };
}

type ArmRows = ReturnType<typeof armOf>;

/** An average, and what each position's weight does to it; nothing where errors are not wanted. */
interface Averaged {
  readonly value: number;
  readonly influence: Float64Array;
}

/** a + factor·b. */
function plus(a: Averaged, factor: number, b: Averaged): Averaged {
  const influence = a.influence.map((value, i) => value + factor * b.influence[i]);
  return { value: a.value + factor * b.value, influence };
}

/** The square root of Σ φ² over clusters, or over rows with their counts, or whole weights, as copies; null without influence. */
function errorOf(design: CoxDesign, influence: Float64Array): number | null {
  if (influence.length === 0) return null;
  const { n, cluster, clusterCounts, row } = design;
  const ofRows = hasFractions(design) ? design.counts : design.weights;
  const copies = cluster === null ? ofRows : clusterCounts;
  const sums = new Float64Array(cluster?.labels.length ?? n);
  for (let i = 0; i < n; i++) sums[cluster === null ? i : cluster.code[row[i]]] += influence[i];
  return Math.sqrt(sums.reduce((sum, value, i) => (value === 0 ? sum : sum + square(value) / (copies?.[i] ?? 1)), 0));
}

/** An arm's average curve at the times of a table, with errors, and its area up to tau. */
function curveOf(design: CoxDesign, averageAt: (time: number) => Averaged, { time, events }: EventTable, tau: number) {
  const within = (time: number) => Math.min(Math.max(time, 0), tau);
  let [current, since] = [averageAt(-1), 0];
  let mean: Averaged = { ...current, value: 0 };
  let error = errorOf(design, current.influence);
  const survival: number[] = [];
  const errors: (number | null)[] = [];
  time.forEach((when, k) => {
    if (events[k] > 0) {
      mean = plus(mean, within(when) - within(since), current);
      [current, since] = [averageAt(when), when];
      error = errorOf(design, current.influence);
    }
    survival.push(current.value);
    errors.push(error);
  });
  return { survival, errors, mean: plus(mean, tau - within(since), current) };
}

/**
 * The average of an arm's curves at a time, and what positions do to it.
 *
 * @param target shares of the rows in the population, by position
 * @param dfbeta what a row does to the coefficients; null where errors are not wanted
 */
function averages(sums: RiskSums, target: Float64Array, dfbeta: readonly (readonly number[])[] | null) {
  const { n, names, row, scale, counts, strata } = sums.design;
  const stratumOf = stratumOfPositions(sums.design);
  const cumulated = cumulateSums(sums);
  const change = dfbeta === null ? [] : cumulated.change();
  const onOwnBaseline = baselineInfluence(sums, stratumOf, cumulated);
  return ({ x, risk, stratum }: ArmRows, time: number): Averaged => {
    const reached = Array.from({ length: strata.length - 1 }, (_, s) => cumulated.until(s, time));
    const survival = new Float64Array(n);
    const onBaseline = new Float64Array(reached.length);
    const onCoefficients = new Float64Array(names.length);
    let value = 0;
    for (let i = 0; i < n; i++) {
      const s = stratum ?? stratumOf[i];
      const hazard = cumulated.hazard[reached[s]];
      survival[i] = exp(-risk[i] * hazard);
      value += target[i] * survival[i];
      if (dfbeta === null) continue;
      const slope = target[i] * survival[i] * risk[i];
      onBaseline[s] += slope;
      for (let j = 0; j < names.length; j++)
        onCoefficients[j] += slope * (hazard * x[j * n + i] - change[j][reached[s]]);
    }
    if (dfbeta === null) return { value, influence: new Float64Array(0) };
    const own = onOwnBaseline(time, reached);
    const influence = Float64Array.from(survival, (s, i) => {
      const moved = dfbeta[row[i]].reduce((sum, by, j) => sum + onCoefficients[j] * scale[j] * by, 0);
      return target[i] * (s - value) - onBaseline[stratumOf[i]] * own[i] - (counts?.[i] ?? 1) * moved;
    });
    return { value, influence };
  };
}

/**
 * What a position's weight does to the hazard of its stratum by a time: w·dN/S₀ at its event, and −risk·∫ dΛ̂/S₀ as long as it is
 * at risk, where of tied events the dying are at risk in part.
 */
function baselineInfluence(sums: RiskSums, stratumOf: Uint32Array, cumulated: ReturnType<typeof cumulateSums>) {
  const { sets, increment, squares, efron, risk } = sums;
  const { time, entry, weights } = sums.design;
  const squaresBy = (i: number, t: number) => cumulated.squares[cumulated.until(stratumOf[i], t)];
  const atEntry = time.map((_, i) => (entry === null ? 0 : squaresBy(i, entry[i])));
  const settled = time.map((t, i) => -risk[i] * (squaresBy(i, t) - atEntry[i]));
  for (let e = 0; e < sets.count; e++) {
    const crossed = efron?.crossSquares[e] ?? 0;
    const lessOfDying = sets.counted && sets.events[e] > 1 && efron !== null ? squares[e] - crossed : crossed;
    for (let i = sets.first[e]; i < sets.first[e] + sets.deaths[e]; i++) {
      settled[i] += risk[i] * lessOfDying + ((weights?.[i] ?? 1) * increment[e]) / sets.weight[e];
    }
  }
  return (at: number, reached: readonly number[]): Float64Array =>
    time.map((t, i) => {
      if (t <= at) return settled[i];
      return -risk[i] * Math.max(0, cumulated.squares[reached[stratumOf[i]]] - atEntry[i]);
    });
}
