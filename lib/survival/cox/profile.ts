import { normalQuantile } from "../../statistics";
import { maximise } from "./newton";
import type { Objective } from "./partial-likelihood";

/** A likelihood at its maximum. */
export interface FittedLikelihood {
  readonly objective: Objective;
  readonly coefficients: Float64Array;
  /** Inverse information, whose standard errors are a first guess. */
  readonly naive: Float64Array;
  /** The log likelihood there. */
  readonly maximum: number;
  readonly events: number;
}

export interface ProfileLimits {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Profile-likelihood limits of a coefficient: the two values at which twice the likelihood's fall from its maximum,
 * the other coefficients being fitted anew, is the chi-square quantile (Venzon and Moolgavkar 1988, Applied Statistics
 * 37:87). They follow the likelihood where it is lopsided, as it is with few events, and Wald's limits do not.
 *
 * @param fitted where the (penalised) likelihood has its maximum
 * @param j the coefficient
 * @returns null for a limit that is infinite: the likelihood never falls so far
 */
export function profileLimits(fitted: FittedLikelihood, j: number, confidence: number): ProfileLimits {
  const { coefficients, naive } = fitted;
  const z = normalQuantile((1 + confidence) / 2);
  const standardError = Math.sqrt(naive[j * coefficients.length + j]);
  const limit = (direction: 1 | -1) => {
    let others = Float64Array.from(coefficients);
    // Signed root of the fall, less z: rises through 0 at the limit.
    const fall = (value: number) => {
      const result = maximiseOthers(fitted, others, j, value);
      others = Float64Array.from(result.coefficients);
      const drop = 2 * (fitted.maximum - result.logLikelihood);
      return Number.isFinite(drop) ? Math.sqrt(Math.max(0, drop)) - z : Number.NaN;
    };
    let inner = coefficients[j];
    let outer = inner + direction * z * standardError;
    let innerFall = -z;
    let outerFall = fall(outer);
    // Where the estimate is infinite, so is its standard error, and the guess too far away for doubles.
    for (let tries = 0; !Number.isFinite(outerFall) && tries < 60; tries++) {
      others = Float64Array.from(coefficients);
      outer = inner + (outer - inner) / 2;
      outerFall = fall(outer);
    }
    for (let tries = 0; outerFall < 0; tries++) {
      if (tries === 30) return null;
      inner = outer;
      innerFall = outerFall;
      outer = coefficients[j] + (outer - coefficients[j]) * 1.6;
      outerFall = fall(outer);
    }
    return root(fall, inner, innerFall, outer, outerFall);
  };
  return { lower: limit(-1), upper: limit(1) };
}

/** The root between two values of different sign, by the Illinois variant of false position. */
function root(f: (value: number) => number, a: number, fa: number, b: number, fb: number): number {
  let [left, fLeft, right, fRight] = [a, fa, b, fb];
  for (let i = 0; i < 100; i++) {
    const next = (left * fRight - right * fLeft) / (fRight - fLeft);
    const value = f(next);
    if (Math.abs(value) < 1e-11 || Math.abs(right - left) <= 1e-13 * Math.abs(next)) return next;
    if (value * fRight < 0) {
      left = right;
      fLeft = fRight;
    } else {
      fLeft /= 2;
    }
    right = next;
    fRight = value;
  }
  return right;
}

function maximiseOthers(
  { objective, events }: FittedLikelihood,
  start: Float64Array,
  j: number,
  value: number,
): { coefficients: Float64Array; logLikelihood: number } {
  const p = start.length;
  const free = Array.from(start.keys()).filter((k) => k !== j);
  const whole = (others: Float64Array) => {
    const all = new Float64Array(p);
    all[j] = value;
    free.forEach((k, i) => {
      all[k] = others[i];
    });
    return all;
  };
  const restricted: Objective = (others) => {
    const { logLikelihood, score, information } = objective(whole(others));
    return {
      logLikelihood,
      score: Float64Array.from(free, (k) => score[k]),
      information: Float64Array.from(free.flatMap((k) => free.map((l) => information[k * p + l]))),
    };
  };
  const found = maximise(
    restricted,
    Float64Array.from(free, (k) => start[k]),
    { maxIterations: 50, tolerance: 1e-9, events },
  );
  return { coefficients: whole(found.coefficients), logLikelihood: found.evaluation.logLikelihood };
}
