import { type SurvivalCurve, survivalDifferences } from "../survival";
import type { StepCurve } from "./curve";
import { timeText } from "./curve-reading";
import { formatFixed } from "./label";
import { segment } from "./marks";
import type { Shape } from "./plotly";
import { INK } from "./theme";

/** How far curves are apart at fixed times: in words with limits for the lines below the title, and in the plot. */
export interface DrawnDifferences {
  readonly notes: readonly string[];
  readonly shapes: readonly Shape[];
}

/**
 * Differences between the first curve and each other one, with their limits. The numbers stand in the header, where they
 * have room on every screen; in the plot a thin line joins the curves at each time.
 *
 * @param curves as they were estimated, and `steps`, the same as they are drawn
 * @param times none where none were asked for
 */
export function curveDifferences(
  curves: readonly SurvivalCurve[],
  steps: readonly StepCurve[],
  times: readonly number[],
  timeLabel: string,
): DrawnDifferences {
  if (times.length === 0) return { notes: [], shapes: [] };
  const [first, ...others] = curves;
  const { confidence } = first;
  const pairs = others.map((other, i) => ({
    names: `${steps[0].label} less ${steps[i + 1].label}`,
    rows: survivalDifferences(first, other, times, { confidence }),
    level: (at: number): number => levelAt(steps[i + 1], at),
  }));
  return {
    notes: pairs.flatMap(({ names, rows }) =>
      rows.map(({ time, difference, lower, upper }, i) => {
        const limits = lower === null || upper === null ? "no limits" : `${points(lower)} to ${points(upper)}`;
        const what = i === 0 ? `${names}: ` : "";
        const unit = i === 0 ? " percentage points" : "";
        return `${what}${points(difference)}${unit} (${limits}) at ${timeText(time, timeLabel)}`;
      }),
    ),
    shapes: pairs.flatMap(({ level }) =>
      times.map((time) =>
        segment([time, levelAt(steps[0], time)], [time, level(time)], "difference", { color: INK, width: 1 }),
      ),
    ),
  };
}

const points = (share: number): string => formatFixed(100 * share, 0);

/** A step curve's level at a time. */
function levelAt({ time, survival }: StepCurve, at: number): number {
  let level = 1;
  for (let i = 0; i < time.length && time[i] <= at; i++) level = survival[i];
  return level;
}
