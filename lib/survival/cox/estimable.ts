import { cholesky } from "../../statistics/inner";
import { type CoxDesign, countsOf, withColumns } from "./design";
import type { RiskSums } from "./hazards";
import { SINGULAR } from "./newton";
import { atRiskAt, type RiskSets } from "./risk-sets";
import type { AliasedWarning, SeparationWarning } from "./types";

/** The design without its redundant columns, and a warning for each of them. */
export interface EstimableDesign {
  readonly design: CoxDesign;
  readonly aliased: readonly string[];
  readonly warnings: readonly AliasedWarning[];
}

/**
 * Leaves out columns that are constant wherever events occur, or linear combinations of earlier ones there; R gives
 * them NA coefficients. Which those are shows in the information at zero: their pivots vanish, or it is nothing but the rounding
 * of Σ E·x², from which the squares of means are taken. The latter is also so where a column differs a little among rows at risk
 * and by more than a million times as much beside them: R gives such a one a coefficient without digits.
 *
 * @param sums at coefficients of 0
 */
export function withoutAliased(design: CoxDesign, sums: RiskSums, information: Float64Array): EstimableDesign {
  const { squaresOfRows, sets } = sums;
  const { names } = sums.design;
  const p = names.length;
  const cleaned = information.slice();
  names.forEach((_, j) => {
    if (information[j * p + j] > 1e-13 * squaresOfRows[j]) return;
    for (let k = 0; k < p; k++) {
      cleaned[j * p + k] = 0;
      cleaned[k * p + j] = 0;
    }
  });
  const { redundant, factor } = cholesky(cleaned, p, SINGULAR);
  if (!redundant.includes(1)) return { design, aliased: [], warnings: [] };
  const kept = names.map((_, j) => j).filter((j) => redundant[j] === 0);
  const aliased = names.filter((_, j) => redundant[j] === 1);
  const warnings = names.flatMap((name, j): AliasedWarning[] => {
    if (redundant[j] === 0) return [];
    const partners = partnersOf(factor, redundant, p, j).map((k) => `"${names[k]}"`);
    const cause =
      partners.length > 0
        ? `is a linear combination of ${partners.join(", ")}`
        : differsAtEvents(design, sets, j)
          ? "differs so little among rows at risk, beside what it does among all rows, that only rounding is left of it; look at its values that are far from the others"
          : "is the same for all rows at risk whenever an event occurs";
    const message = `cox: "${name}" ${cause}; it was left out, since its coefficient cannot be estimated`;
    return [{ kind: "AliasedWarning", covariate: name, message }];
  });
  return { design: withColumns(design, kept), aliased, warnings };
}

/** Whether rows at risk at some event time differ in a column by more than the last digits of its values. */
function differsAtEvents(design: CoxDesign, sets: RiskSets, j: number): boolean {
  const { n, x, center, scale, weights } = design;
  for (let s = 0; s + 1 < sets.strata.length; s++) {
    for (let e = sets.strata[s]; e < sets.strata[s + 1]; e++) {
      const range = { min: Infinity, max: -Infinity };
      for (const i of atRiskAt(design, sets, s, e)) if (weights?.[i] !== 0) widen(range, x[j * n + i]);
      const size = Math.max(Math.abs(range.min), Math.abs(range.max)) + Math.abs(center[j] / scale[j]);
      if (range.max - range.min > 1e-15 * size) return true;
    }
  }
  return false;
}

/** Earlier columns that column j is made of: those with a weight in x_j ≈ Σ c_k·x_k, which solves Lᵀ c = row j of L. */
function partnersOf(factor: Float64Array, redundant: Uint8Array, p: number, j: number): number[] {
  const c = new Float64Array(j);
  for (let k = j - 1; k >= 0; k--) {
    if (redundant[k] === 1) continue;
    c[k] = factor[j * p + k];
    for (let i = k + 1; i < j; i++) c[k] -= factor[i * p + k] * c[i];
  }
  return Array.from(c.keys()).filter((k) => Math.abs(c[k]) > 1e-6);
}

/**
 * Judges from the data whether the likelihood rises for ever (complete or quasi-complete separation).
 *
 * It does along a direction γ if at every event time the rows with the event have the largest γ·x of the risk set
 * (Bryson and Johnson 1981, Technometrics 23:381). A large coefficient alone shows nothing: one on a covariate with
 * little spread is large and finite. Newton's steps tend to such a direction if there is one, so the last step is
 * taken as the candidate and checked against every risk set.
 *
 * @param direction a step on the design's columns
 */
export function findSeparation(design: CoxDesign, sets: RiskSets, direction: Float64Array): SeparationWarning | null {
  const { n, x, names } = design;
  const p = names.length;
  // No column has a spread above n times its mean absolute deviation, which is 1: most fits end here.
  const { rows } = countsOf(design);
  if (direction.every((value) => Math.abs(value) * rows <= 0.1)) return null;
  // Components that vanish are Newton's error; without them the direction is clean.
  const size = direction.map((value, j) => Math.abs(value) * spread(x, j * n, n));
  const largest = size.reduce((a, b) => Math.max(a, b), 0);
  if (!(largest > 0.1)) return null;
  const value = new Float64Array(n);
  const used: number[] = [];
  for (let j = 0; j < p; j++) {
    if (size[j] < 0.01 * largest) continue;
    used.push(j);
    for (let i = 0; i < n; i++) value[i] += direction[j] * x[j * n + i];
  }
  if (!isMonotone(design, sets, value, 1e-3 * largest)) return null;
  return describe(design, sets, used, direction);
}

function spread(x: Float64Array, start: number, n: number): number {
  const range = { min: Infinity, max: -Infinity };
  for (let i = start; i < start + n; i++) widen(range, x[i]);
  return range.max - range.min;
}

/** Whether all events have the largest value of their risk set, and some a larger one than another row's. */
function isMonotone(design: CoxDesign, sets: RiskSets, value: Float64Array, tolerance: number): boolean {
  let strict = false;
  for (let s = 0; s + 1 < sets.strata.length; s++) {
    const range = { min: Infinity, max: -Infinity };
    for (let e = sets.strata[s + 1] - 1; e >= sets.strata[s]; e--) {
      const from = sets.first[e];
      if (sets.leaving === null) {
        for (let i = sets.until[e] - 1; i >= from; i--) widen(range, value[i]);
      } else {
        // Rows also leave: each risk set is gone through. Only a fit that did not settle comes here.
        Object.assign(range, { min: Infinity, max: -Infinity });
        for (const i of atRiskAt(design, sets, s, e)) widen(range, value[i]);
      }
      const events = value.subarray(from, from + sets.deaths[e]);
      if (events.some((one) => one < range.max - tolerance)) return false;
      strict ||= range.max - range.min > tolerance;
    }
  }
  return strict;
}

function widen(range: { min: number; max: number }, value: number): void {
  range.min = Math.min(range.min, value);
  range.max = Math.max(range.max, value);
}

function describe(
  design: CoxDesign,
  sets: RiskSets,
  used: readonly number[],
  direction: Float64Array,
): SeparationWarning {
  const covariates = used.map((j) => design.names[j]);
  const advice =
    "Its coefficient has no finite estimate. Fit with firth: true, which has one, and read the profile-likelihood limits";
  let cause: string;
  if (used.length === 1) {
    const [j] = used;
    const low = valueIn(design, j, direction[j] > 0 ? "smallest" : "largest");
    const binary = new Set(design.x.subarray(j * design.n, (j + 1) * design.n)).size === 2;
    cause = binary
      ? `no event occurs where "${covariates[0]}" is ${low} while others are at risk`
      : `at every event time "${covariates[0]}" is ${direction[j] > 0 ? "largest" : "smallest"} in the row with the event`;
  } else {
    const list = covariates.map((name) => `"${name}"`).join(", ");
    cause = `a combination of ${list} is largest in the row with the event at each of the ${sets.count} event times`;
  }
  return { kind: "SeparationWarning", covariates, message: `cox: ${cause} (separation). ${advice}` };
}

function valueIn(design: CoxDesign, j: number, which: "smallest" | "largest"): number {
  let found = design.x[j * design.n];
  for (let i = j * design.n; i < (j + 1) * design.n; i++) {
    found = which === "smallest" ? Math.min(found, design.x[i]) : Math.max(found, design.x[i]);
  }
  // Undoing center and scale rounds; a covariate's values have fewer digits than that, and a 0 has none.
  const value = found * design.scale[j] + design.center[j];
  return Math.abs(value) < 1e-12 * design.scale[j] ? 0 : Number(value.toPrecision(12));
}
