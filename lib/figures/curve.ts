import { quantile, type SurvivalCurve } from "../survival";

/**
 * A curve ready for drawing: plain arrays that start at time 0, where all are at risk and S = 1, also where
 * the estimate itself begins at the first event.
 */
export interface StepCurve {
  readonly label: string;
  readonly n: number;
  readonly time: readonly number[];
  readonly survival: readonly number[];
  /** Limits of the interval; null where its scale allows none. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly confidence: number;
  /** Where censored observations stand: times, and the level of the curve there. */
  readonly censoredAt: readonly number[];
  readonly censoredLevel: readonly number[];
  readonly events: number;
  /** Time at which S falls to one half; null where it does not. */
  readonly median: number | null;
  /** Last time of the curve, and its level there. */
  readonly end: number;
  readonly last: number;
}

/**
 * @throws RangeError where the curve is empty or its vectors have different lengths, naming the curve.
 */
export function stepCurve(curve: SurvivalCurve): StepCurve {
  const length = curve.time.length;
  const vectors = {
    survival: curve.survival,
    lower: curve.lower,
    upper: curve.upper,
    events: curve.events,
    censored: curve.censored,
    atRisk: curve.atRisk,
  };
  if (length === 0) throw new RangeError(`survival figure: curve "${curve.label}" has no times`);
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector.length !== length) {
      throw new RangeError(
        `survival figure: curve "${curve.label}" has ${length} times but ${vector.length} values of ${name}`,
      );
    }
  }
  const time = [...curve.time];
  const survival = [...curve.survival];
  const isCensored = (_: number, index: number): boolean => (curve.censored[index] ?? 0) > 0;
  const starts = (time[0] ?? 0) > 0 || (survival[0] ?? 1) < 1;
  // Before the first event S is 1 and known to be: scales that give no limits there (log-log) get the
  // obvious ones.
  const limits = (values: readonly (number | null)[]): (number | null)[] => [
    ...(starts ? [1] : []),
    ...values.map((value, index) => (survival[index] === 1 ? (value ?? 1) : value)),
  ];
  return {
    label: curve.label,
    n: curve.n,
    time: starts ? [0, ...time] : time,
    survival: starts ? [1, ...survival] : survival,
    lower: limits(curve.lower),
    upper: limits(curve.upper),
    confidence: curve.confidence,
    censoredAt: time.filter(isCensored),
    censoredLevel: survival.filter(isCensored),
    events: curve.events.reduce((sum, count) => sum + count, 0),
    median: quantile(curve, 0.5).estimate,
    end: time.at(-1) ?? 0,
    last: survival.at(-1) ?? 1,
  };
}
