import type { CoxDesign } from "./design";
import type { EventTimes } from "./risk-sets";
import type { SeparationWarning } from "./warnings";

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
export function findSeparation(
  design: CoxDesign,
  times: EventTimes,
  direction: Float64Array,
): SeparationWarning | null {
  const { n, x, names } = design;
  const p = names.length;
  // No column has a spread above n times its mean absolute deviation, which is 1: most fits end here.
  if (direction.every((value) => Math.abs(value) * n <= 0.1)) return null;
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
  if (!isMonotone(design, times, value, 1e-3 * largest)) return null;
  return describe(design, times, used, direction);
}

function spread(x: Float64Array, start: number, n: number): number {
  let min = Infinity;
  let max = -Infinity;
  for (let i = start; i < start + n; i++) {
    min = Math.min(min, x[i]);
    max = Math.max(max, x[i]);
  }
  return max - min;
}

/** Whether all events have the largest value of their risk set, and some a larger one than another row's. */
function isMonotone(design: CoxDesign, times: EventTimes, value: Float64Array, tolerance: number): boolean {
  const { strata, time, entry } = design;
  let strict = false;
  for (let s = 0; s + 1 < strata.length; s++) {
    let max = -Infinity;
    let min = Infinity;
    let i = strata[s + 1];
    for (let e = times.strata[s + 1] - 1; e >= times.strata[s]; e--) {
      const from = times.first[e];
      if (entry === null) {
        while (i > from) {
          i--;
          max = Math.max(max, value[i]);
          min = Math.min(min, value[i]);
        }
      } else {
        // Rows also leave: each risk set is gone through. Only a fit that did not settle comes here.
        max = -Infinity;
        min = Infinity;
        for (let k = from; k < strata[s + 1]; k++) {
          if (entry[k] < time[from]) {
            max = Math.max(max, value[k]);
            min = Math.min(min, value[k]);
          }
        }
      }
      for (let k = from; k < from + times.deaths[e]; k++) if (value[k] < max - tolerance) return false;
      if (max - min > tolerance) strict = true;
    }
  }
  return strict;
}

function describe(
  design: CoxDesign,
  times: EventTimes,
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
    cause = `a combination of ${list} is largest in the row with the event at each of the ${times.count} event times`;
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
