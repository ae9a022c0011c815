import { chiSquareUpperTail, InvalidInputError } from "../../statistics";
import { log } from "../../statistics/elementary";
import {
  type Cholesky,
  checkFields,
  checkOneOf,
  cholesky,
  choleskySolve,
  columnNames,
  doubles,
  lengthOf,
  quadraticForm,
  sortRows,
  submatrix,
} from "../../statistics/inner";
import { eventTable, riskSetSteps } from "../event-table";
import { sortAndTie } from "../tied-times";
import { columnsOf } from "./compare-fits";
import type { CoxDesign } from "./design";
import { fillExpected, type RiskSums } from "./hazards";
import { SINGULAR } from "./newton";
import { information } from "./partial-likelihood";
import { eventResiduals } from "./residuals";
import { columnMeans } from "./score-residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit, CoxTest } from "./types";

/** The function of time along which coefficients are allowed to drift. */
export type TimeTransform = "km" | "rank" | "identity" | "log";

export interface ProportionalHazardsTest {
  readonly transform: TimeTransform;
  readonly terms: readonly (CoxTest & { readonly name: string })[];
  /** Of covariates together, where they were asked for. */
  readonly joint: readonly (CoxTest & { readonly name: string })[];
  readonly global: CoxTest;
  /** For a plot of each coefficient against time: an element for each row with the event, in the order of stratum and time. */
  readonly time: readonly number[];
  /** The transformed time. */
  readonly x: readonly number[];
  /** Scaled Schoenfeld residuals plus the coefficient, a row of terms for each event. */
  readonly y: readonly (readonly number[])[];
}

/**
 * Tests whether hazards are proportional; R's `cox.zph(fit, transform)` of survival 3.
 *
 * A hazard ratio that changes with time makes its one coefficient an average. The model is extended by x·g(t) for each
 * covariate, and the score test of that extension is taken at the fit: exactly, with the variance of the covariates
 * at each event time, not with their average as before survival 3 (Grambsch and Therneau 1994, Biometrika 81:515;
 * Therneau, "Methods and formulae", survival package 3).
 *
 * @param fit a fit of cox() with Efron's or Breslow's ties
 * @param transform g: "km" (1 − S(t−), the default), "rank" of the time, "identity" or "log"
 * @param joint covariates to be tested together, by what they are called together: the columns of a factor, which has as many
 *   degrees of freedom as columns; R's `cox.zph(fit, terms = TRUE)`
 * @returns a test for each term and for all together, and the points of its plot
 * @throws {InvalidInputError} if fit is not from cox() or has exact ties, or log is asked for with a time of 0
 * @example proportionalHazards(fit, { transform: "km" }).global.pValue
 */
export function proportionalHazards(
  fit: CoxFit,
  options: { readonly transform?: TimeTransform; readonly joint?: Readonly<Record<string, readonly string[]>> } = {},
): ProportionalHazardsTest {
  const action = "proportionalHazards";
  const { transform = "km", joint = {} } = options;
  checkFields(action, "options", options, ["transform", "joint"]);
  const together = columnNames(action, joint, "joint").map((name) => {
    lengthOf(action, `joint.${name}`, joint[name]);
    return { name, columns: columnsOf(action, joint[name], fit) };
  });
  checkOneOf(action, "transform", transform, ["km", "rank", "identity", "log"]);
  if (fit.ties === "exact") {
    throw new InvalidInputError(`${action}: there is no such test after exact ties; fit with ties: "efron"`, "fit");
  }
  const sums = sumsAtSolution(action, fit);
  const { design, sets } = sums;
  const p = design.names.length;
  const g = transformed(action, design, transform);
  let sum = 0;
  let events = 0;
  for (let i = 0; i < design.n; i++) {
    if (design.counted[i] === 1) {
      const count = design.counts === null ? 1 : design.counts[i];
      sum += count * g[i];
      events += count;
    }
  }
  const centered = new Float64Array(sets.count);
  for (let e = 0; e < sets.count; e++) centered[e] = g[sets.first[e]] - sum / events;
  const means = design.names.map((_, j) => columnMeans(sums, j).mean);
  const score = Float64Array.from(means, (mean, j) => driftScore(sums, j, mean, centered));
  const plain = information(sums);
  const crossed = weightedInformation(sums, centered);
  const squared = weightedInformation(
    sums,
    centered.map((value) => value * value),
  );
  const decomposition = cholesky(plain, p, SINGULAR);
  const adjusted = schurComplement(decomposition, crossed, squared, p);
  const points = eventResiduals(sums, means, solutionOf(action, fit));
  return {
    transform,
    terms: design.names.map((name, j) => ({
      name,
      // Only one covariate's drift is tested, but all coefficients are estimated beside it.
      ...test((score[j] * score[j]) / adjusted[j * p + j], 1),
    })),
    joint: together.map(({ name, columns }) => {
      const block = submatrix(adjusted, p, columns);
      const scores = columns.map((j) => score[j]);
      return { name, ...test(quadraticForm(cholesky(block, columns.length, SINGULAR), scores), columns.length) };
    }),
    global: test(quadraticForm(cholesky(adjusted, p, SINGULAR), score), p),
    time: points.time,
    x: eventValues(design, g, points.time.length),
    y: points.values,
  };
}

/** Σ over events of g·(x − x̄) for column j. */
function driftScore({ design, sets }: RiskSums, j: number, mean: Float64Array, g: Float64Array): number {
  const { x, n, weights } = design;
  let sum = 0;
  for (let e = 0; e < sets.count; e++) {
    const from = sets.first[e];
    for (let i = from; i < from + sets.deaths[e]; i++) {
      sum += (weights === null ? 1 : weights[i]) * g[e] * (x[j * n + i] - mean[e]);
    }
  }
  return sum;
}

function test(chiSquare: number, df: number): CoxTest {
  if (!Number.isFinite(chiSquare) || df < 1) {
    const needed = "events at times that differ, and covariates that vary among those at risk, are needed";
    throw new InvalidInputError(
      `proportionalHazards: the score test of proportionality is not defined; ${needed}`,
      "fit",
    );
  }
  return { chiSquare, df, pValue: chiSquareUpperTail(Math.max(0, chiSquare), df) };
}

function eventValues({ n, counted }: CoxDesign, g: Float64Array, events: number): number[] {
  const values = doubles(events);
  for (let i = 0, at = 0; i < n; i++) if (counted[i] === 1) values[at++] = g[i];
  return values;
}

/** g(time) at each position. */
function transformed(action: string, design: CoxDesign, transform: TimeTransform): Float64Array {
  const { time } = design;
  if (transform === "identity") return time;
  if (transform === "log") {
    const zero = time.indexOf(0);
    if (zero >= 0) {
      throw new InvalidInputError(
        `${action}: time[${design.row[zero]}] is 0, which has no logarithm; use transform: "km" or "rank"`,
        "transform",
      );
    }
    return time.map(log);
  }
  const [times, values] = transform === "rank" ? averageRanks(design) : leftContinuousKaplanMeier(action, design);
  return lookUp(design, times, values);
}

function averageRanks(design: CoxDesign): [number[], number[]] {
  const { counts } = design;
  const { order, keys: sorted } = sortRows(design.time);
  const distinct: number[] = [];
  const ranks: number[] = [];
  let before = 0;
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i];
    let upTo = before;
    for (; i < sorted.length && sorted[i] === time; i++) upTo += counts === null ? 1 : counts[order[i]];
    distinct.push(time);
    ranks.push((before + 1 + upTo) / 2);
    before = upTo;
  }
  return [distinct, ranks];
}

/** 1 − S(t−) of all rows together, without weights, as in R. */
function leftContinuousKaplanMeier(action: string, design: CoxDesign): [number[], number[]] {
  const { counts } = design;
  const outcome = { ...design, weights: counts };
  // Without strata a design is in order of time.
  const sorted = design.strata.length === 2 ? { ...outcome, order: design.row } : sortAndTie(action, outcome);
  const table = eventTable(sorted, riskSetSteps(sorted, null, sorted.byEntry));
  let survival = 1;
  const before = table.atRisk.map((atRisk, k) => {
    const value = 1 - survival;
    survival *= (atRisk - table.events[k]) / atRisk;
    return value;
  });
  return [table.time, before];
}

/** The value that belongs to each position's time; all times are in the list, and increase within a stratum. */
function lookUp({ time, strata }: CoxDesign, times: readonly number[], values: readonly number[]): Float64Array {
  const found = new Float64Array(time.length);
  for (let s = 0; s + 1 < strata.length; s++) {
    let k = 0;
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      while (times[k] < time[i]) k++;
      found[i] = values[k];
    }
  }
  return found;
}

/** Σ over event times of factor × the covariates' variance there (times the events' weight). */
function weightedInformation(sums: RiskSums, factor: Float64Array): Float64Array {
  const scale = (values: Float64Array) => {
    const scaled = values.slice();
    for (let e = 0; e < scaled.length; e++) scaled[e] *= factor[e];
    return scaled;
  };
  const { increment, squares, efron } = sums;
  const scaled: RiskSums = {
    ...sums,
    increment: scale(increment),
    squares: scale(squares),
    efron: efron && {
      ...efron,
      increment: scale(efron.increment),
      crossSquares: scale(efron.crossSquares),
      dyingSquares: scale(efron.dyingSquares),
    },
    expected: new Float64Array(sums.expected.length),
  };
  fillExpected(scaled);
  return information(scaled);
}

/** I₂₂ − I₂₁·I₁₁⁻¹·I₁₂: the information on the drift, the coefficients being estimated too. */
function schurComplement(plain: Cholesky, crossed: Float64Array, squared: Float64Array, p: number): Float64Array {
  const result = new Float64Array(squared);
  for (let j = 0; j < p; j++) {
    const solved = choleskySolve(plain, crossed.subarray(j * p, (j + 1) * p));
    for (let i = 0; i < p; i++) {
      for (let k = 0; k < p; k++) result[i * p + j] -= crossed[i * p + k] * solved[k];
    }
  }
  return result;
}
