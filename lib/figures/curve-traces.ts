import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, formatPercent } from "./label";
import type { ScatterTrace } from "./plotly";
import { seriesStyle } from "./theme";

/** The traces of one curve: band below, its dotted edges, the steps, and a tick at each censored time. */
export function curveTraces(
  curve: StepCurve,
  index: number,
  eventLabel: string,
  band: boolean,
): ScatterTrace[] {
  const style = seriesStyle(index);
  const name = escapeLabel(curve.label);
  return [
    ...(band ? [bandTrace(curve, name, index)] : []),
    {
      type: "scatter",
      mode: "lines",
      name,
      x: curve.time,
      y: curve.survival,
      line: { shape: "hv", color: style.color, width: 2.5, dash: style.dash },
      hoverinfo: "text",
      hovertext: curve.time.map((time, at) => hoverText(curve, name, time, at)),
      showlegend: false,
    },
    {
      type: "scatter",
      mode: "markers",
      name: `${name}: censored`,
      x: curve.censoredAt,
      y: curve.censoredLevel,
      marker: { symbol: "line-ns-open", size: 11, color: style.ink, line: { color: style.ink, width: 1.75 } },
      hoverinfo: "text",
      hovertext: curve.censoredAt.map(
        (time) => `${name}: not ${escapeLabel(eventLabel)} when last seen, ${formatNumber(time, 2)}`,
      ),
      cliponaxis: false,
      showlegend: false,
    },
  ];
}

function bandTrace(curve: StepCurve, name: string, index: number): ScatterTrace {
  const style = seriesStyle(index);
  const area = stepBand(curve.time, curve.lower, curve.upper, curve.end);
  return {
    type: "scatter",
    mode: "lines",
    name: `${name}: confidence interval`,
    x: area.x,
    y: area.y,
    fill: "toself",
    fillcolor: style.tint,
    line: { color: style.color, width: 0.75, dash: style.dash === "solid" ? "solid" : "dot" },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function hoverText(curve: StepCurve, name: string, time: number, at: number): string {
  const level = formatPercent(curve.survival[at] ?? 1, 1);
  const lower = curve.lower[at];
  const upper = curve.upper[at];
  const interval =
    lower != null && upper != null ? ` (${formatPercent(lower, 1)} to ${formatPercent(upper, 1)})` : "";
  return `<b>${name}</b><br>${formatNumber(time, 2)}: ${level}${interval}`;
}

/** A right-continuous step function: value[i] holds from time[i] until the next time. */
export interface Steps {
  readonly time: readonly number[];
  readonly value: readonly (number | null)[];
}

/**
 * The corners of the area between two step functions on the same times: along the upper one, back along the
 * lower one. It ends before the first time at which a limit does not exist (R gives none where S = 0).
 *
 * @returns x and y of a closed polygon; empty where there is no area
 */
export function stepBand(
  time: readonly number[],
  lower: readonly (number | null)[],
  upper: readonly (number | null)[],
  until: number,
): { readonly x: number[]; readonly y: number[] } {
  const missing = time.findIndex((_, index) => lower[index] == null || upper[index] == null);
  const known = missing < 0 ? time.length : missing;
  const end = missing < 0 ? until : (time[missing] ?? until);
  const over = corners({ time: time.slice(0, known), value: upper.slice(0, known) }, end);
  const under = corners({ time: time.slice(0, known), value: lower.slice(0, known) }, end);
  return { x: [...over.x, ...under.x.reverse()], y: [...over.y, ...under.y.reverse()] };
}

/** The corners of a step function, up to `end`. */
function corners(steps: Steps, end: number): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  steps.time.forEach((time, index) => {
    const value = steps.value[index];
    if (value == null) return;
    x.push(time, steps.time[index + 1] ?? end);
    y.push(value, value);
  });
  return { x, y };
}
