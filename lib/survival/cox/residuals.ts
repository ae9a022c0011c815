import { InvalidInputError } from "../../statistics";
import { log } from "../../statistics/elementary";
import { checkOneOf, cholesky, doubles, quadraticForm } from "../../statistics/inner";
import type { RiskSums } from "./hazards";
import { SINGULAR } from "./newton";
import { columnMeans, scoreResiduals } from "./score-residuals";
import { solutionOf, sumsAtSolution } from "./solution";
import type { CoxFit } from "./types";

export type RowResidual = "martingale" | "deviance";
export type MatrixResidual = "score" | "dfbeta" | "dfbetas";
export type EventResidual = "schoenfeld" | "scaledSchoenfeld";

/** Residuals of events: one row of `values` for each row with the event, in the order of stratum and time. */
export interface EventResiduals {
  readonly time: readonly number[];
  /** The caller's row. */
  readonly row: readonly number[];
  readonly values: readonly (readonly number[])[];
}

/**
 * Residuals of a Cox model; R's `residuals(fit, type)`.
 *
 * | type | what it shows | shape |
 * |---|---|---|
 * | martingale | events observed less expected: the form of a covariate | one a row |
 * | deviance | the same, made symmetric: outliers | one a row |
 * | score | a row's contribution to the score | a row of terms for each row |
 * | dfbeta | about how much each coefficient falls if the row is left out | the same |
 * | dfbetas | that, in standard errors | the same |
 * | schoenfeld | covariates of an event less their mean over the risk set | a row of terms for each event |
 * | scaledSchoenfeld | the same, scaled to the coefficient at that time: its drift | the same |
 *
 * After Efron's method they are Efron's (Therneau and Grambsch 2000, chapters 4 to 7). dfbeta and dfbetas contain the
 * row's weight, the others do not; a row of weight 0 has martingale and score residual 0. Where rows are counted, the residual of a
 * row is that of each of its copies, which it has once.
 *
 * @returns in the caller's order of rows, and by time for events; columns in the order of fit.terms
 * @throws {InvalidInputError} if fit is not from cox(), or score or Schoenfeld residuals are asked for after exact ties
 * @example residuals(fit, "scaledSchoenfeld").values.map((row) => row[0])
 */
export function residuals(fit: CoxFit, type: RowResidual): number[];
export function residuals(fit: CoxFit, type: MatrixResidual): number[][];
export function residuals(fit: CoxFit, type: EventResidual): EventResiduals;
export function residuals(
  fit: CoxFit,
  type: RowResidual | MatrixResidual | EventResidual,
): number[] | number[][] | EventResiduals {
  checkOneOf("residuals", "type", type, [
    "martingale",
    "deviance",
    "score",
    "dfbeta",
    "dfbetas",
    "schoenfeld",
    "scaledSchoenfeld",
  ]);
  if (type === "martingale") return martingaleResiduals(fit);
  if (type === "deviance") return devianceResiduals(fit);
  if (fit.ties === "exact") {
    throw new InvalidInputError(
      `residuals: there are no ${type} residuals after exact ties; fit with ties: "efron"`,
      "type",
    );
  }
  if (type === "schoenfeld" || type === "scaledSchoenfeld") return schoenfeldResiduals(fit, type);
  return matrixResiduals(fit, type);
}

/** event − exp(η)·Λ̂(time). */
function martingaleResiduals(fit: CoxFit): number[] {
  const { design, expected } = sumsAtSolution("residuals", fit);
  const result = doubles(design.n);
  for (let i = 0; i < design.n; i++) {
    const weight = design.weights === null ? 1 : design.weights[i];
    result[design.row[i]] = weight === 0 ? 0 : design.event[i] - expected[i] / weight;
  }
  return result;
}

/** sign(M)·√(−2(M + event·log(event − M))). */
function devianceResiduals(fit: CoxFit): number[] {
  const { design } = solutionOf("residuals", fit);
  const martingale = martingaleResiduals(fit);
  for (let i = 0; i < design.n; i++) {
    const row = design.row[i];
    const m = martingale[row];
    const inner = m + (design.event[i] === 1 ? log(1 - m) : 0);
    martingale[row] = Math.sign(m) * Math.sqrt(Math.max(0, -2 * inner));
  }
  return martingale;
}

function matrixResiduals(fit: CoxFit, type: MatrixResidual): number[][] {
  const { design, naive } = solutionOf("residuals", fit);
  const { n, scale, row, weights, counts, names } = design;
  const p = names.length;
  const score = scoreResiduals(sumsAtSolution("residuals", fit));
  const result = new Array<number[]>(n);
  for (let i = 0; i < n; i++) {
    const mass = weights === null ? 1 : weights[i];
    const weight = counts === null ? mass : mass / counts[i];
    result[row[i]] = names.map((_, j) => {
      if (type === "score") return score[j * n + i] * scale[j];
      let change = 0;
      for (let k = 0; k < p; k++) change += score[k * n + i] * naive[k * p + j];
      return (weight * change) / (type === "dfbeta" ? scale[j] : Math.sqrt(naive[j * p + j]));
    });
  }
  return result;
}

function schoenfeldResiduals(fit: CoxFit, type: EventResidual): EventResiduals {
  const sums = sumsAtSolution("residuals", fit);
  const means = sums.design.names.map((_, j) => columnMeans(sums, j).mean);
  return eventResiduals(sums, means, type === "schoenfeld" ? null : solutionOf("residuals", fit));
}

/** Schoenfeld residuals from the means over risk sets (columnMeans); scaled where the fit's variance is given. */
export function eventResiduals(
  { design, sets }: RiskSums,
  means: readonly Float64Array[],
  scaling: { readonly naive: Float64Array; readonly coefficients: Float64Array } | null,
): EventResiduals {
  const { n, x, scale } = design;
  const p = means.length;
  const length = sets.deaths.reduce((sum, deaths) => sum + deaths, 0);
  const [time, row] = [doubles(length), doubles(length)];
  const values = new Array<number[]>(length);
  const events = sets.events.reduce((sum, d) => sum + d, 0);
  const residual = new Float64Array(p);
  const scaled = new Float64Array(p);
  const blank = new Array<number>(p).fill(0.5); // copied as it is, a list of doubles; one that begins as integers is made twice
  let at = 0;
  for (let e = 0; e < sets.count; e++) {
    const from = sets.first[e];
    for (let i = from; i < from + sets.deaths[e]; i++) {
      time[at] = design.time[i];
      row[at] = design.row[i];
      for (let j = 0; j < p; j++) residual[j] = x[j * n + i] - means[j][e];
      const found = blank.slice();
      values[at++] = found;
      if (scaling === null) {
        for (let j = 0; j < p; j++) found[j] = residual[j] * scale[j];
        continue;
      }
      multiplyRow(residual, scaling.naive, scaled);
      for (let j = 0; j < p; j++) found[j] = (scaled[j] * events + scaling.coefficients[j]) / scale[j];
    }
  }
  return { time, row, values };
}

/** The product of a row and a matrix, all of its sums being under way at once. */
function multiplyRow(row: Float64Array, matrix: Float64Array, product: Float64Array): void {
  const p = row.length;
  product.fill(0);
  for (let k = 0; k < p; k++) {
    const value = row[k];
    for (let j = 0; j < p; j++) product[j] += value * matrix[k * p + j];
  }
}

/** What a fit owes to one row. */
export interface RowInfluence {
  /** The caller's row. */
  readonly row: number;
  /** About how much each coefficient would fall without the row, in the order of fit.terms. */
  readonly dfbeta: readonly number[];
  /** The same in standard errors. */
  readonly dfbetas: readonly number[];
  /** About twice the fall of the log likelihood at the coefficients without the row. */
  readonly displacement: number;
}

/**
 * Which rows a Cox fit depends on: the first-order change of the coefficients if a row (a single one of its copies) is left out, and the likelihood
 * displacement dfbetaᵀ·I·dfbeta, which sums it up in one number (Cain and Lange 1984, Biometrics 40:493; Pettitt and Bin Daud
 * 1989, Applied Statistics 38:51). R has it as `residuals(fit, "dfbeta")`.
 *
 * One wants it in small samples, where a single release can carry a coefficient.
 *
 * @returns an element for each row, in the caller's order
 * @throws {InvalidInputError} if fit is not from cox() or has exact ties
 * @example influence(fit).reduce((a, b) => (b.displacement > a.displacement ? b : a)).row
 */
export function influence(fit: CoxFit): RowInfluence[] {
  const { design, naive } = solutionOf("influence", fit);
  const p = design.names.length;
  const decomposition = cholesky(naive, p, SINGULAR);
  const dfbetas = residuals(fit, "dfbetas");
  return residuals(fit, "dfbeta").map((dfbeta, row) => ({
    row,
    dfbeta,
    dfbetas: dfbetas[row],
    displacement: quadraticForm(
      decomposition,
      dfbeta.map((value, j) => value * design.scale[j]),
    ),
  }));
}
