import { normalQuantile, twoSidedP } from "../statistics";
import { asin, exp, log, sin, square } from "../statistics/elementary";
import { checkConfidence, checkOneOf, doubles } from "../statistics/inner";

/** The scale on which a survival probability's interval is symmetric; "none" for no interval. */
export type IntervalType = "log" | "log-log" | "plain" | "logit" | "arcsin" | "none";

/** What pointwise limits are asked for. */
export interface LimitOptions {
  /** Coverage of the pointwise limits, 0.95 unless told. */
  readonly confidence?: number;
  /** The limits' scale, "log" unless told, as in R. */
  readonly interval?: IntervalType;
}

/** The limits that are asked for, checked, and the normal quantile of their coverage. */
export function askedLimits(action: string, { confidence = 0.95, interval = "log" }: LimitOptions) {
  checkConfidence(action, confidence);
  checkOneOf(action, "interval", interval, ["log", "log-log", "plain", "logit", "arcsin", "none"]);
  return { limits: { confidence, interval }, z: normalQuantile((1 + confidence) / 2) };
}

/** Limits of survival probabilities; null where the scale does not allow any. */
export interface SurvivalLimits {
  readonly lower: (number | null)[];
  readonly upper: (number | null)[];
}

/**
 * Pointwise limits of survival probabilities, R's `survfit(..., conf.type = …)`.
 *
 * | type | symmetric on the scale of |
 * |---|---|
 * | log | log S, R's default; the upper limit is cut at 1 |
 * | log-log | log(−log S), always inside 0 and 1 |
 * | plain | S, cut at 0 and 1 |
 * | logit | log(S / (1 − S)) |
 * | arcsin | arcsin √S |
 *
 * By the delta method from the variance of log S (Kalbfleisch and Prentice 2002, section 1.4.2). Where S is 0, or 1
 * on the log-log, logit and arcsin scales, the transform is infinite and there are no limits (NA in R).
 *
 * @param survival probabilities
 * @param varianceOfLog the variances of their logarithms
 * @param z the normal quantile, 1.96 for 95 %
 * @param varianceBelow the variances that the lower limits are from, where they are others
 */
export function survivalLimits(
  survival: readonly number[],
  varianceOfLog: Float64Array,
  z: number,
  type: IntervalType,
  varianceBelow: Float64Array = varianceOfLog,
): SurvivalLimits {
  if (type === "none") return { lower: survival.map(() => null), upper: survival.map(() => null) };
  const lower = doubles(survival.length);
  const upper = doubles(survival.length);
  if (varianceBelow !== varianceOfLog) {
    return {
      lower: survivalLimits(survival, varianceBelow, z, type).lower,
      upper: survivalLimits(survival, varianceOfLog, z, type).upper,
    };
  }
  if (type === "log") fillLogLimits(lower, upper, survival, varianceOfLog, z);
  else fillLimits(lower, upper, survival, varianceOfLog, z, limitsOf[type]);
  return { lower: nullForNaN(lower), upper: nullForNaN(upper) };
}

/**
 * Pointwise limits of probabilities of a state, R's `survfit(Surv(time, factor) ~ ..., conf.type = …)`.
 *
 * The scales are those of a survival curve's limits, each applied to the probability itself: "log" is symmetric on
 * the scale of log F. A probability of 0 has limits on the plain scale only, as in R.
 *
 * @param variance of the probabilities themselves
 */
export function stateLimits(
  probability: readonly number[],
  variance: Float64Array,
  z: number,
  type: IntervalType,
): SurvivalLimits {
  const varianceOfLog = Float64Array.from(variance, (v, i) => {
    if (probability[i] === 0) return type === "plain" ? 0 : NaN;
    return v / square(probability[i]);
  });
  return survivalLimits(probability, varianceOfLog, z, type);
}

/** The default has its own loop: exp(log S ± m) = S·e^±m needs one exponential and no logarithm, and none without an event. */
function fillLogLimits(
  lower: number[],
  upper: number[],
  survival: readonly number[],
  varianceOfLog: Float64Array,
  z: number,
): void {
  let factor = 1;
  for (let i = 0; i < survival.length; i++) {
    const s = survival[i];
    if (s === 0) factor = NaN;
    else if (i === 0 || varianceOfLog[i] !== varianceOfLog[i - 1]) factor = exp(-z * Math.sqrt(varianceOfLog[i]));
    lower[i] = s * factor;
    upper[i] = Math.min(s / factor, 1);
  }
}

function fillLimits(
  lower: number[],
  upper: number[],
  survival: readonly number[],
  varianceOfLog: Float64Array,
  z: number,
  limits: (s: number, m: number) => readonly [number, number],
): void {
  for (let i = 0; i < survival.length; i++) {
    const [low, high] = limits(survival[i], z * Math.sqrt(varianceOfLog[i]));
    lower[i] = low;
    upper[i] = high;
  }
}

/**
 * The list with null for NaN; itself where there is none. Only a list that needs them gets nulls, since an engine
 * stores a list of numbers alone as doubles, and one with a null in it as a pointer for each number.
 */
export function nullForNaN(values: number[]): (number | null)[] {
  let missing = false;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing = true;
  return missing ? values.map((value) => (Number.isNaN(value) ? null : value)) : values;
}

/** Limits from S and the margin m = z·se(log S), NaN where there are none. */
const limitsOf = {
  plain(s: number, m: number): readonly [number, number] {
    return [Math.max(s - s * m, 0), Math.min(s + s * m, 1)];
  },
  "log-log"(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = log(-log(s));
    const margin = m / log(s); // negative, as R has it: it turns the limits round once more
    return [exp(-exp(center - margin)), exp(-exp(center + margin))];
  },
  logit(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = log(s / (1 - s));
    const margin = m * (1 + s / (1 - s));
    return [1 / (1 + exp(margin - center)), 1 / (1 + exp(-margin - center))];
  },
  arcsin(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = asin(Math.sqrt(s));
    const margin = 0.5 * m * Math.sqrt(s / (1 - s));
    return [square(sin(Math.max(0, center - margin))), square(sin(Math.min(Math.PI / 2, center + margin)))];
  },
} as const;

/** Wald's test and limits of an estimate; null, all of them, where it has no error. */
export interface Wald {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly z: number | null;
  readonly pValue: number | null;
}

/** Wald's test and limits of an estimate from its error. */
export function wald(estimate: number, standardError: number | null, quantile: number): Wald {
  if (standardError === null) return { lower: null, upper: null, z: null, pValue: null };
  const margin = quantile * standardError;
  const z = standardError === 0 ? 0 : estimate / standardError;
  return { lower: estimate - margin, upper: estimate + margin, z, pValue: twoSidedP(z) };
}

/** The delta method: the error √(gᵀVg) of what changes with estimates as g, whose variance is V. */
export function deltaError(gradient: readonly number[], variance: readonly (readonly number[])[]): number {
  const form = gradient.reduce((sum, a, i) => sum + gradient.reduce((s, b, j) => s + a * variance[i][j] * b, 0), 0);
  return Math.sqrt(Math.max(0, form));
}
