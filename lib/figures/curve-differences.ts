import { type SurvivalCurve, survivalDifferences } from "../survival";
import type { StepCurve } from "./curve";
import { timeText } from "./curve-table";
import { formatFixed } from "./label";
import { segment } from "./marks";
import type { Shape } from "./plotly";
import type { TableLine } from "./risk-table";
import { INK } from "./theme";

/** How far curves are apart at fixed times: as lines of the table below them, in words, and in the plot. */
export interface DrawnDifferences {
  readonly lines: readonly TableLine[];
  readonly sentences: readonly string[];
  readonly shapes: readonly Shape[];
}

/**
 * Differences between the first curve and each other one, with their limits: three lines of the table, in percentage
 * points; in the plot a thin line joins the curves at each time.
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
  if (times.length === 0) return { lines: [], sentences: [], shapes: [] };
  const [first, ...others] = curves;
  const { confidence } = first;
  const pairs = others.map((other, i) => ({
    names: `${steps[0].label} less ${steps[i + 1].label}, percentage points`,
    rows: survivalDifferences(first, other, times, { confidence }),
    other: steps[i + 1],
  }));
  return {
    lines: pairs.flatMap(({ names, rows }): TableLine[] => {
      const line = (label: string, value: (row: (typeof rows)[number]) => number | null): TableLine => ({
        name: `Difference: ${label}`,
        label: [label],
        texts: rows.map((row) => points(value(row))),
        times,
        ink: INK,
      });
      return [
        { ...line("difference", ({ difference }) => difference), heading: { text: names, ink: INK } },
        line("from", ({ lower }) => lower),
        line("to", ({ upper }) => upper),
      ];
    }),
    sentences: pairs.flatMap(({ names, rows }) =>
      rows.map(({ time, difference, lower, upper }) => {
        const limits = lower === null || upper === null ? "no limits" : `${points(lower)} to ${points(upper)}`;
        return `${names}, at ${timeText(time, timeLabel)}: ${points(difference)} (${limits})`;
      }),
    ),
    shapes: pairs.flatMap(({ other }) =>
      times.map((time) =>
        segment([time, levelAt(steps[0], time)], [time, levelAt(other, time)], "difference", { color: INK, width: 1 }),
      ),
    ),
  };
}

const points = (share: number | null): string => (share === null ? "–" : formatFixed(100 * share, 0));

/** A step curve's level at a time. */
function levelAt({ time, survival }: StepCurve, at: number): number {
  let level = 1;
  for (let i = 0; i < time.length && time[i] <= at; i++) level = survival[i];
  return level;
}
