import { atTimes, type CurveAtTime, type SurvivalCurve } from "../survival";
import type { StepCurve } from "./curve";
import { curveTable, levelText, timeText, type Wording } from "./curve-table";
import { escapeLabel, formatNumber } from "./label";
import { bold } from "./marks";
import type { FigureTable, ScatterTrace } from "./plotly";
import { UNSEEN } from "./theme";

/** A curve with what is drawn of it, thinned where it has thousands of steps. */
export interface ReadCurve {
  readonly curve: SurvivalCurve;
  readonly step: StepCurve;
}

/**
 * What pointing at a plot of curves says, wherever in it: one box for all curves, at the nearest of the times at which one
 * of them changes, in words and units. A trace that is not seen.
 */
export function readingTrace(curves: readonly ReadCurve[], wording: Wording): ScatterTrace {
  const times = [...new Set([0, ...curves.flatMap(({ step }) => step.time)])].sort((a, b) => a - b);
  const rows = curves.map(({ curve, step }) => ({ step, at: atTimes(curve, times) }));
  return {
    type: "scatter",
    mode: "markers",
    name: "Reading",
    x: times,
    y: times.map(() => 0.5),
    marker: { size: 1, color: UNSEEN },
    hoverinfo: "text",
    hovertext: times.map((time, i) =>
      [bold(timeText(time, wording.timeLabel)), ...rows.map(({ step, at }) => says(step, at[i], wording))].join("<br>"),
    ),
    showlegend: false,
  };
}

/** A group as the part of a sentence that a share is of, "of the short list"; null for a name that makes none. */
export function ofGroup(label: string): string | null {
  if (/^(short list|long list|featured|others|women|men)\b/.test(label)) return `of the ${label}`;
  return /^(with|without|not)\b/.test(label) ? `of those ${label}` : null;
}

function says(step: StepCurve, at: CurveAtTime, wording: Wording): string {
  const name = `<span style="color:${step.style.ink}">${bold(step.label)}</span>`;
  if (at.time > step.end) return `${name}: observed to ${formatNumber(step.end, 1)}`;
  return `${name}: ${escapeLabel(levelText(at, wording))}`;
}

/** Rows beyond which a table behind a figure helps nobody. */
const MOST_ROWS = 2000;

/** The curves as a table, a row a time of each: the figure's data, for a file. None where they are too many. */
export function curveData(curves: readonly ReadCurve[], wording: Wording): FigureTable | undefined {
  if (curves.reduce((sum, { curve }) => sum + curve.time.length + (curve.time[0] === 0 ? 0 : 1), 0) > MOST_ROWS)
    return undefined;
  const points = curves.map(({ curve, step }) => ({
    label: step.label,
    points: atTimes(curve, [...new Set([0, ...curve.time])]),
  }));
  return curveTable({ wording, curves: points }, curves[0].curve.confidence);
}
