import { escapeLabel, formatNumber } from "./label";
import { textAt } from "./marks";
import type { Annotation, Axis, ScatterTrace } from "./plotly";
import { GRID, INK, MUTED, TEXT } from "./theme";

/**
 * Plotly draws a second axis only where a trace belongs to it; this one belongs to it and shows nothing.
 */
export const SECOND_AXIS: ScatterTrace = {
  type: "scatter",
  mode: "markers",
  name: "labels",
  x: [null],
  y: [null],
  yaxis: "y2",
  hoverinfo: "skip",
  showlegend: false,
};

const QUARTERS: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/** A horizontal axis as all figures have it: ticks outside, a line, a title from plain text. */
export function horizontalAxis(title: string): Axis {
  return {
    title: { text: escapeLabel(title), standoff: 8, font: { size: TEXT.body } },
    ticks: "outside",
    ticklen: 5,
    tickcolor: MUTED,
    showline: true,
    linecolor: INK,
    zeroline: false,
  };
}

/** What an axis has beside its kind: ticks at some values; Plotly writes the numbers unless told what to write. */
export function ticksAt(tickvals: readonly number[], text?: readonly string[] | ((value: number) => string)): Axis {
  const ticktext = typeof text === "function" ? tickvals.map(text) : text;
  return { tickmode: "array", tickvals, ...(ticktext === undefined ? {} : { ticktext }) };
}

/** What a time axis has beside {@link horizontalAxis}: room for marks at both ends, and ticks at the given times. */
export function timeTicks(end: number, ticks: readonly number[]): Axis {
  return {
    range: [-0.02 * end, 1.02 * end],
    ...ticksAt(ticks, (tick) => formatNumber(tick, 2)),
    showgrid: false,
  };
}

/** What an axis of probabilities has beside {@link verticalAxis}: a tick at each quarter, in per cent. */
export function percentTicks(): Axis {
  return { range: [-0.02, 1.04], ...ticksAt(QUARTERS), tickformat: ".0%" };
}

/** What a horizontal axis of shares has beside {@link horizontalAxis}: a tick at each quarter, and room for few labels. */
export function shareTicks(): Axis {
  return { range: [-0.02, 1.02], ...ticksAt(QUARTERS, ["0%", "", "50%", "", "100%"]) };
}

/** A vertical axis of numbers; its title is {@link verticalTitle}. */
export function verticalAxis(): Axis {
  return { automargin: true, ticklabelstandoff: 3, fixedrange: true, gridcolor: GRID, zeroline: false };
}

/**
 * The vertical axis's title stands above it, level: it is easier to read there and needs no room at the
 * side.
 *
 * @param xshift pixels to the left of the plot; less than usual where the tick labels are narrow
 */
export function verticalTitle(text: string, xshift = 38): Annotation {
  return textAt(escapeLabel(text), {
    name: "vertical-title",
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    xshift: -xshift,
    yshift: 4,
    font: { size: TEXT.body, color: INK },
  });
}
