/** The scale on which a survival probability's interval is symmetric. */
export type IntervalType = "log" | "log-log" | "plain" | "logit" | "arcsin";

/**
 * Pointwise limits of survival probabilities, R's `survfit(..., conf.type = )`.
 *
 * | type | symmetric on the scale of |
 * |---|---|
 * | log | log S, R's default; the upper limit is cut at 1 |
 * | log-log | log(−log S), always inside 0 and 1 |
 * | plain | S, cut at 0 and 1 |
 * | logit | log(S / (1 − S)) |
 * | arcsin | arcsin √S |
 *
 * By the delta method from the standard error of log S (Kalbfleisch and Prentice 2002, section 1.4.2). Where S is 0,
 * or 1 on the log-log, logit and arcsin scales, the transform is infinite: there are no limits (NaN here, `null` in
 * a SurvivalCurve, NA in R).
 *
 * @param survival probabilities
 * @param standardErrorOfLog the standard errors of their logarithms
 * @param z the normal quantile, 1.96 for 95 %
 */
export function survivalLimits(
  survival: Float64Array,
  standardErrorOfLog: Float64Array,
  z: number,
  type: IntervalType,
): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(survival.length);
  const upper = new Float64Array(survival.length);
  if (type === "log") logLimits(survival, standardErrorOfLog, z, lower, upper);
  else {
    const limits = limitsOf[type];
    for (let i = 0; i < survival.length; i++) {
      const [low, high] = limits(survival[i], z * standardErrorOfLog[i]);
      lower[i] = low;
      upper[i] = high;
    }
  }
  return { lower, upper };
}

/** The default's own loop: exp(log S ± m) = S·e^±m needs one exponential and no logarithm. */
function logLimits(
  survival: Float64Array,
  standardErrorOfLog: Float64Array,
  z: number,
  lower: Float64Array,
  upper: Float64Array,
): void {
  for (let i = 0; i < survival.length; i++) {
    const s = survival[i];
    if (s === 0) {
      lower[i] = NaN;
      upper[i] = NaN;
    } else {
      const factor = Math.exp(-z * standardErrorOfLog[i]);
      lower[i] = s * factor;
      upper[i] = Math.min(s / factor, 1);
    }
  }
}

/** Limits from S and the margin m = z·se(log S). */
const limitsOf = {
  plain(s: number, m: number): readonly [number, number] {
    return [Math.max(s - s * m, 0), Math.min(s + s * m, 1)];
  },
  "log-log"(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = Math.log(-Math.log(s));
    const margin = m / Math.log(s); // negative, as R has it: it turns the limits round once more
    return [Math.exp(-Math.exp(center - margin)), Math.exp(-Math.exp(center + margin))];
  },
  logit(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = Math.log(s / (1 - s));
    const margin = m * (1 + s / (1 - s));
    return [1 / (1 + Math.exp(margin - center)), 1 / (1 + Math.exp(-margin - center))];
  },
  arcsin(s: number, m: number): readonly [number, number] {
    if (s === 0 || s === 1) return [NaN, NaN];
    const center = Math.asin(Math.sqrt(s));
    const margin = 0.5 * m * Math.sqrt(s / (1 - s));
    return [
      Math.sin(Math.max(0, center - margin)) ** 2,
      Math.sin(Math.min(Math.PI / 2, center + margin)) ** 2,
    ];
  },
} as const;
