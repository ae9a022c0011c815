import { normalQuantile } from "../../statistics";
import { type Cholesky, cholesky, choleskySolve } from "../../statistics/inner";
import type { Evaluation, Objective } from "./partial-likelihood";

/** R's tolerance for a singular information, on centered and scaled columns. */
export const SINGULAR = 1 / 0x8000000000; // 2^−39

export interface NewtonOptions {
  readonly maxIterations: number;
  /** Largest step, in standard errors per √events, at which the iteration ends. */
  readonly tolerance: number;
  /** Number (weight) of events. */
  readonly events: number;
  /** The likelihood at the start, if it is known. */
  readonly atStart?: Evaluation;
}

export interface Maximum {
  readonly coefficients: Float64Array;
  readonly evaluation: Evaluation;
  readonly decomposition: Cholesky;
  readonly iterations: number;
  readonly halvings: number;
  readonly converged: boolean;
  /** The step that would follow. Where the likelihood rises for ever it shows the direction. */
  readonly step: Float64Array;
}

/**
 * Maximises a concave log likelihood by Newton's method, halving a step that does not raise it.
 *
 * It ends when the next step is so short that neither coefficients nor standard errors would change in their first
 * eight digits or so: √(Uᵀ I⁻¹ U), the step's length in standard errors, is compared with tolerance·√events, since the
 * relative change of the information over a standard error is of the order 1/√events. coxph stops when the
 * likelihood changes by less than 1e-9 of itself, which asks for fewer digits where n is large and more never.
 */
export function maximise(objective: Objective, start: Float64Array, options: NewtonOptions): Maximum {
  let coefficients = start;
  let evaluation = options.atStart ?? objective(coefficients);
  let halvings = 0;
  for (let iterations = 0; ; ) {
    const decomposition = cholesky(evaluation.information, start.length, SINGULAR);
    const step = choleskySolve(decomposition, evaluation.score);
    let length = 0;
    for (let j = 0; j < step.length; j++) length += step[j] * evaluation.score[j];
    const converged = Math.sqrt(Math.max(0, length)) <= options.tolerance * Math.sqrt(options.events);
    if (converged) {
      // The last step is known and its likelihood would be the same; it squares what error is left.
      return {
        coefficients: plus(coefficients, step),
        evaluation,
        decomposition,
        iterations,
        halvings,
        converged,
        step,
      };
    }
    if (iterations >= options.maxIterations) {
      return { coefficients, evaluation, decomposition, iterations, halvings, converged, step };
    }
    iterations++;
    const next = rise(objective, coefficients, evaluation, step);
    halvings += next?.halvings ?? MOST_HALVINGS;
    if (next === null) {
      return { coefficients, evaluation, decomposition, iterations, halvings, converged: false, step };
    }
    coefficients = next.coefficients;
    evaluation = next.evaluation;
  }
}

const MOST_HALVINGS = 40;

/** Where a step leads that is halved until it raises the likelihood; null where none of them does. */
export function rise(objective: Objective, from: Float64Array, at: Evaluation, step: Float64Array) {
  // A step that is right may lower the likelihood by rounding.
  const slack = 1e-12 * Math.abs(at.logLikelihood);
  let coefficients = plus(from, step);
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings++) {
    const evaluation = objective(coefficients);
    if (isAcceptable(evaluation, at.logLikelihood - slack)) return { coefficients, evaluation, halvings };
    coefficients = coefficients.map((value, j) => (from[j] + value) / 2);
  }
  return null;
}

function isAcceptable({ logLikelihood, score, information }: Evaluation, atLeast: number): boolean {
  return Number.isFinite(logLikelihood) && logLikelihood >= atLeast && areFinite(score) && areFinite(information);
}

// Loops rather than every() and map(), whose calls take as long as a small model's sums.
function areFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += 0 * values[j];
  return sum === 0;
}

function plus(values: Float64Array, step: Float64Array): Float64Array {
  const moved = new Float64Array(values.length);
  for (let j = 0; j < values.length; j++) moved[j] = values[j] + step[j];
  return moved;
}

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
    const estimate = coefficients[j];
    let others = coefficients;
    let at = estimate;
    const along = (value: number) => {
      const part = (value - estimate) / (at - estimate);
      return others.map((other, k) => coefficients[k] + part * (other - coefficients[k]));
    };
    // Signed root of the fall, less z: rises through 0 at the limit. A step that ends nowhere is taken again from the
    // estimate, and from where the way from there to the step before leads: far away it is nearly straight.
    const fall = (value: number) => {
      for (const start of others === coefficients ? [coefficients] : [others, coefficients, along(value)]) {
        const result = maximiseOthers(fitted, start, j, value);
        const drop = 2 * (fitted.maximum - result.logLikelihood);
        if (!Number.isFinite(drop)) continue;
        others = result.coefficients;
        at = value;
        return Math.sqrt(Math.max(0, drop)) - z;
      }
      return Number.NaN;
    };
    let inner = estimate;
    let outer = inner + direction * z * standardError;
    let innerFall = -z;
    let outerFall = fall(outer);
    // Where the estimate is infinite, so is its standard error, and the guess too far away for doubles.
    for (let tries = 0; !Number.isFinite(outerFall) && tries < 60; tries++) {
      outer = inner + (outer - inner) / 2;
      outerFall = fall(outer);
    }
    for (let tries = 0; outerFall < 0; tries++) {
      if (tries === 30) return null;
      inner = outer;
      innerFall = outerFall;
      outer = estimate + (outer - estimate) * 1.6;
      outerFall = fall(outer);
    }
    // As far as doubles reach, the likelihood of a separated coefficient has not fallen.
    if (!Number.isFinite(outerFall)) return null;
    return root(fall, inner, innerFall, outer, outerFall);
  };
  return { lower: limit(-1), upper: limit(1) };
}

/**
 * The signed root of twice the likelihood's rise from where coefficient j is 0 and the others are fitted anew: the
 * likelihood-ratio test that belongs to the profile limits, normal where the coefficient is 0.
 */
export function profileRoot(fitted: FittedLikelihood, j: number): number {
  const { coefficients, maximum } = fitted;
  const { logLikelihood } = maximiseOthers(fitted, coefficients, j, 0);
  return Math.sign(coefficients[j]) * Math.sqrt(Math.max(0, 2 * (maximum - logLikelihood)));
}

/** The root between two values of different sign, by the Illinois variant of false position. */
export function root(f: (value: number) => number, a: number, fa: number, b: number, fb: number): number {
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
