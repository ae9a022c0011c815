import { escapeLabel } from "./label";
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
