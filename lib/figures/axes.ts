import { escapeLabel, formatNumber } from "./label";
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

/** What a time axis has beside {@link horizontalAxis}: room for marks at both ends, and ticks at the given times. */
export function timeTicks(end: number, ticks: readonly number[]): Partial<Axis> {
  return {
    range: [-0.02 * end, 1.02 * end],
    tickmode: "array",
    tickvals: ticks,
    ticktext: ticks.map((tick) => formatNumber(tick, 2)),
    showgrid: false,
  };
}

/** What an axis of probabilities has beside {@link verticalAxis}: a tick at each quarter, in per cent. */
export function percentTicks(): Partial<Axis> {
  return { range: [-0.02, 1.04], tickmode: "array", tickvals: [0, 0.25, 0.5, 0.75, 1], tickformat: ".0%" };
}

/** A vertical axis of numbers; its title is {@link verticalTitle}. */
export function verticalAxis(): Axis {
  return { automargin: true, ticklabelstandoff: 3, fixedrange: true, gridcolor: GRID, zeroline: false };
}

/**
 * The vertical axis's title stands above it, level: it is easier to read there and needs no room at the
 * side.
 */
export function verticalTitle(text: string): Annotation {
  return {
    name: "vertical-title",
    text: escapeLabel(text),
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    xshift: -38,
    yshift: 4,
    showarrow: false,
    font: { size: TEXT.body, color: INK },
  };
}

/**
 * An axis that has a labelled tick for each row and nothing else, first row on top; Plotly makes room for
 * the labels.
 */
export function rowAxis(labels: readonly string[]): Axis {
  return {
    range: [labels.length - 0.5, -0.5],
    tickmode: "array",
    tickvals: labels.map((_, index) => index),
    ticktext: labels,
    automargin: true,
    fixedrange: true,
    showgrid: false,
    zeroline: false,
  };
}
