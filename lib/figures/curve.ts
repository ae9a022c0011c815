/** Any vector of numbers, typed or not. */
type Vector = ArrayLike<number>;

/** What a figure needs of a survival curve; the curves of `kaplanMeier()` have it. */
export interface DrawnCurve {
  readonly label: string;
  readonly n: number;
  readonly time: Vector;
  readonly atRisk: Vector;
  readonly events: Vector;
  readonly censored: Vector;
  readonly survival: Vector;
  readonly lower: Vector;
  readonly upper: Vector;
}

/**
 * A curve ready for drawing: plain arrays that start at time 0, where all are at risk and S = 1, also where the
 * estimate itself begins at the first event.
 */
export interface StepCurve {
  readonly label: string;
  readonly n: number;
  readonly time: readonly number[];
  readonly survival: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
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
export function stepCurve(curve: DrawnCurve): StepCurve {
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
  const time = Array.from(curve.time);
  const survival = Array.from(curve.survival);
  const censored = Array.from(curve.censored);
  const starts = (time[0] ?? 0) > 0;
  const censoredAt = time.filter((_, index) => (censored[index] ?? 0) > 0);
  return {
    label: curve.label,
    n: curve.n,
    time: starts ? [0, ...time] : time,
    survival: starts ? [1, ...survival] : survival,
    lower: starts ? [1, ...Array.from(curve.lower)] : Array.from(curve.lower),
    upper: starts ? [1, ...Array.from(curve.upper)] : Array.from(curve.upper),
    censoredAt,
    censoredLevel: survival.filter((_, index) => (censored[index] ?? 0) > 0),
    events: Array.from(curve.events).reduce((sum, count) => sum + count, 0),
    median: medianOf(time, survival),
    end: time.at(-1) ?? 0,
    last: survival.at(-1) ?? 1,
  };
}

/**
 * The number at risk just before `time`: who is under observation and has neither had the event nor been
 * censored earlier. This is the "n.risk" of R's `summary(survfit)`.
 */
export function atRiskBefore(curve: DrawnCurve, time: number): number {
  for (let index = 0; index < curve.time.length; index++) {
    if ((curve.time[index] ?? Number.POSITIVE_INFINITY) >= time) return curve.atRisk[index] ?? 0;
  }
  return 0;
}

/** R's rule: where the curve runs along one half exactly, the middle of that stretch. */
function medianOf(time: readonly number[], survival: readonly number[]): number | null {
  const at = survival.findIndex((value) => value <= 0.5 + 1e-12);
  const median = time[at];
  if (median === undefined) return null;
  if ((survival[at] ?? 0) < 0.5 - 1e-12) return median;
  const next = survival.findIndex((value) => value < 0.5 - 1e-12);
  return (median + (time[next] ?? time.at(-1) ?? median)) / 2;
}
