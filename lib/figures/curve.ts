import { InvalidInputError } from "../statistics";
import { largest } from "../statistics/inner";
import { quantile, type SurvivalCurve } from "../survival";
import { needDistinct, needNumbers, needSome } from "./checks";
import { escapeLabel, formatNumber, formatPercent } from "./label";
import type { ScatterTrace } from "./plotly";
import type { SeriesStyle } from "./theme";
import { area, dots, line } from "./traces";

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
  readonly style: SeriesStyle;
}

/** At least one curve, with labels that tell them apart. `figure` is the function that was called. */
export function checkCurves(figure: string, curves: readonly SurvivalCurve[]): void {
  needSome(figure, "curves", "curve", curves);
  needDistinct(
    figure,
    "curves",
    "curves",
    curves.map(({ label }) => label),
  );
}

/** The last time of all curves: the end of the axis, which has to lie after 0. */
export function lastTime(figure: string, curves: readonly StepCurve[]): number {
  const end = largest(curves.map((curve) => curve.end));
  if (end > 0 && end < Infinity) return end;
  throw new InvalidInputError(`${figure}: no curve has a time after 0; the last one is ${end}`, "curves");
}

/**
 * @param figure the function that was called, for errors
 * @throws InvalidInputError where the curve is empty or its vectors have different lengths, naming the curve
 */
export function stepCurve(figure: string, curve: SurvivalCurve, style: SeriesStyle): StepCurve {
  const length = curve.time.length;
  const vectors = {
    survival: curve.survival,
    lower: curve.lower,
    upper: curve.upper,
    events: curve.events,
    censored: curve.censored,
    atRisk: curve.atRisk,
  };
  const fail = (found: string): never => {
    throw new InvalidInputError(`${figure}: curve "${curve.label}" has ${found}`, "curves");
  };
  if (length === 0) fail("no times");
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector.length !== length) fail(`${length} times but ${vector.length} values of ${name}`);
  }
  const { time: times, n, confidence } = curve;
  needNumbers(figure, "curves", { time: times, n, confidence, ...vectors }, `curve "${curve.label}"`);
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
    style,
  };
}

/** Curves up to so many steps are drawn step by step. */
const FEW = 800;
/** Longer ones lose the steps that cannot be seen: within a 300th of the axis of time and a 400th of S. */
const TIME = 1 / 300;
const LEVEL = 1 / 400;
/** Marks at censored times that can be told apart. */
const MARKS = 200;

/**
 * A curve with the steps that a reader can see, for drawing: a million rows have tens of thousands of times, and a
 * figure some hundred pixels. Short curves stay as they are. What is printed (medians, numbers at risk, counts) comes
 * from the whole curve.
 */
export function thinSteps(curve: StepCurve): StepCurve {
  if (curve.time.length <= FEW) return curve;
  const { time, survival } = curve;
  const kept = [0];
  for (let i = 1; i < time.length - 1; i++) {
    const last = kept[kept.length - 1];
    const later = (time[i] - time[last]) / curve.end;
    if (later >= TIME || Math.abs(survival[i] - survival[last]) >= LEVEL) kept.push(i);
  }
  kept.push(time.length - 1);
  const marks = everyNth(curve.censoredAt.length, MARKS);
  return {
    ...curve,
    time: kept.map((i) => time[i]),
    survival: kept.map((i) => survival[i]),
    lower: kept.map((i) => curve.lower[i]),
    upper: kept.map((i) => curve.upper[i]),
    censoredAt: marks.map((i) => curve.censoredAt[i]),
    censoredLevel: marks.map((i) => curve.censoredLevel[i]),
  };
}

/** Indices that go through `n` elements in `most` even steps, the last one among them. */
function everyNth(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}

/**
 * The traces of one curve: band below, its dotted edges, the steps, and a tick at each censored time.
 *
 * @param speaks false where pointing at a trace says nothing, as another one says it for all curves
 */
export function curveTraces(curve: StepCurve, band: boolean, speaks = true): ScatterTrace[] {
  const { style } = curve;
  const { color, ink, dash } = style;
  const name = escapeLabel(curve.label);
  return [
    ...(band ? [bandTrace(curve, name, style)] : []),
    line(
      name,
      curve.time,
      {
        x: (time) => time,
        y: (_, at) => curve.survival[at],
        ...(speaks && { text: (time: number, at: number) => hoverText(curve, name, time, at) }),
      },
      { shape: "hv", color, width: 2.5, dash },
    ),
    dots(
      `${name}: censored`,
      curve.censoredAt,
      {
        x: (time) => time,
        y: (_, at) => curve.censoredLevel[at],
        ...(speaks && {
          text: (time: number) => `${name}: followed no further than ${formatNumber(time, 2)}`,
        }),
      },
      { symbol: "line-ns-open", size: 11, color: ink, line: { color: ink, width: 1.75 } },
    ),
  ];
}

function bandTrace(curve: StepCurve, name: string, { color, tint, dash }: SeriesStyle): ScatterTrace {
  return area(
    `${name}: confidence interval`,
    corners(curve),
    { x: ({ x }) => x, first: ({ upper }) => upper, second: ({ lower }) => lower },
    { fill: tint, line: { color, width: 0.75, dash: dash === "solid" ? "solid" : "dot" } },
  );
}

/**
 * The corners of a curve's limits, from left to right. They end before the first time at which a limit does not exist (R
 * gives none where S = 0).
 */
function corners({ time, lower, upper, end }: StepCurve): { x: number; lower: number; upper: number }[] {
  const found = [];
  for (const [i, x] of time.entries()) {
    const [low, high] = [lower[i], upper[i]];
    if (low === null || high === null) break;
    const limits = { lower: low, upper: high };
    found.push({ x, ...limits }, { x: time[i + 1] ?? end, ...limits });
  }
  return found;
}

function hoverText(curve: StepCurve, name: string, time: number, at: number): string {
  const level = formatPercent(curve.survival[at], 1);
  const lower = curve.lower[at];
  const upper = curve.upper[at];
  const interval =
    lower !== null && upper !== null ? ` (${formatPercent(lower, 1)} to ${formatPercent(upper, 1)})` : "";
  return `<b>${name}</b><br>${formatNumber(time, 2)}: ${level}${interval}`;
}
