import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, formatPercent } from "./label";
import type { ScatterTrace } from "./plotly";
import { type SeriesStyle, seriesStyle } from "./theme";
import { area, dots, line } from "./traces";

/** The traces of one curve: band below, its dotted edges, the steps, and a tick at each censored time. */
export function curveTraces(
  curve: StepCurve,
  index: number,
  eventLabel: string,
  band: boolean,
): ScatterTrace[] {
  const style = seriesStyle(index);
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
        text: (time, at) => hoverText(curve, name, time, at),
      },
      { shape: "hv", color, width: 2.5, dash },
    ),
    dots(
      `${name}: censored`,
      curve.censoredAt,
      {
        x: (time) => time,
        y: (_, at) => curve.censoredLevel[at],
        text: (time) => `${name}: not ${escapeLabel(eventLabel)} when last seen, ${formatNumber(time, 2)}`,
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
