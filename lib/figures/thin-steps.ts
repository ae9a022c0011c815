import type { StepCurve } from "./curve";

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
