import type { StepCurve } from "./curve";
import { escapeLabel, formatNumber, formatPercent } from "./label";
import type { ScatterTrace } from "./plotly";
import { stepBand } from "./step";
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
