import { escapeLabel } from "./label";
import type { Annotation, Axis, Position, Shape } from "./plotly";
import { spread } from "./spread";
import { held, INK, MUTED, type Series, seriesStyle, TEXT } from "./theme";

/*
 * The marks that figures are made of beside their traces: rules, bands and labels. Texts are Plotly's small HTML here;
 * what comes from data goes through escapeLabel() before.
 */

/** How a rule is drawn. */
export type Stroke = NonNullable<Shape["line"]>;

/** Where there is nothing: the zero of an axis. */
export const ZERO: Stroke = { color: INK, width: 1 };
/** A value to compare with, such as no difference. */
export const REFERENCE: Stroke = { color: INK, width: 1, dash: "dash" };
/** A time or day at which something happens. */
export const EVENT: Stroke = { color: INK, width: 1, dash: "longdash" };

/** A line over the whole height of the plot at a value of the horizontal axis: a launch, an observed value, no difference. */
export function verticalRule(at: Position, name: string, line: Stroke, layer?: Shape["layer"]): Shape {
  return rule({ name, x0: at, x1: at, y0: 0, y1: 1, xref: "x", yref: "paper", line }, layer);
}

/** A line over the whole width of the plot at a value of the vertical axis: zero, a model's one ratio, a bound. */
export function horizontalRule(at: Position, name: string, line: Stroke, layer?: Shape["layer"]): Shape {
  return rule({ name, x0: 0, x1: 1, y0: at, y1: at, xref: "paper", yref: "y", line }, layer);
}

/** A straight line between two places of the plot. */
export function segment(
  from: readonly [Position, Position],
  to: readonly [Position, Position],
  name: string,
  line: Stroke,
  layer?: Shape["layer"],
): Shape {
  return rule({ name, x0: from[0], y0: from[1], x1: to[0], y1: to[1], xref: "x", yref: "y", line }, layer);
}

function rule(place: Omit<Shape, "type" | "layer">, layer: Shape["layer"]): Shape {
  return { type: "line", ...place, ...(layer === undefined ? {} : { layer }) };
}

/** A grey band over the whole height of the plot between two values of the horizontal axis. */
export function verticalBand(from: Position, to: Position, name: string): Shape {
  return {
    type: "rect",
    name,
    x0: from,
    x1: to,
    y0: 0,
    y1: 1,
    xref: "x",
    yref: "paper",
    line: { width: 0 },
    fillcolor: held(0.18),
    layer: "below",
  };
}

/** The dotted line of a series that ends early, from its end to its label beside the plot. */
export function leader(series: Series, end: Position, edge: Position, level: Position): Shape {
  const line: Stroke = { color: seriesStyle(series).color, width: 1, dash: "dot" };
  return segment([end, level], [edge, level], "curve-leader", line);
}

/** Where a text stands, and what is otherwise than usual about it. */
export type Place = Pick<Annotation, "x" | "y" | "xref" | "yref"> & Partial<Annotation>;

/** A small text with its lower left corner at a place, unless the place says otherwise. */
export function textAt(text: string, place: Place): Annotation {
  return {
    text,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: TEXT.small, color: INK },
    ...place,
  };
}

/**
 * The label of a {@link verticalRule}, above the plot.
 *
 * @param rise distance from the plot in pixels: 2 where nothing else stands there, 22 above {@link verticalTitle}
 * @param more which edge of the text is at the line (`xanchor`), and what else is otherwise
 */
export function labelAbove(at: Position, text: string, rise: number, more: Partial<Annotation>): Annotation {
  return textAt(text, { x: at, y: 1, xref: "x", yref: "paper", yshift: rise, ...more });
}

/**
 * A text in the colours of a series, tied to a place of the plot by a thin line.
 *
 * @param place of the end of that line; the right edge of the plot where it has a height only
 * @param tie how far right of and below that place the text stands, in pixels
 */
export function tiedLabel(
  text: string,
  series: Series,
  place: Pick<Annotation, "y"> & Partial<Annotation>,
  tie: { readonly right: number; readonly down: number },
): Annotation {
  const { color, ink } = seriesStyle(series);
  return {
    text,
    x: 1,
    xref: "paper",
    yref: "y",
    showarrow: true,
    arrowhead: 0,
    arrowwidth: 1,
    arrowcolor: color,
    ax: tie.right,
    ay: Math.round(tie.down),
    xanchor: "left",
    yanchor: "middle",
    font: { size: TEXT.small, color: ink },
    ...place,
  };
}

/** The label of a line's end: its text, the value at which the line ends, and the text's height in pixels. */
export interface EndLabel {
  readonly text: string;
  readonly end: number;
  readonly size: number;
  /** Its line's style; that of its place in the list unless told. */
  readonly style?: Series;
}

/** Where {@link directLabels} may stand. */
export interface LabelColumn {
  /** Value at the upper end of the plot, and pixels for each unit below it. */
  readonly top: number;
  readonly pixels: number;
  /** Between which heights the labels have to stand, in pixels from the upper end. */
  readonly from: number;
  readonly to: number;
  /** Pixels between plot and labels; 12 unless told. */
  readonly right?: number;
}

/**
 * A label to the right of each line's end, in its colour, instead of a legend that one has to match line by line. Labels
 * of lines that end close together are moved apart and stay tied to their line.
 *
 * @param labels in the order of the series
 */
export function directLabels(
  labels: readonly EndLabel[],
  column: LabelColumn,
  more: Partial<Annotation>,
): Annotation[] {
  const { top, pixels, from, to, right = 12 } = column;
  const wanted = labels.map(({ end }) => (top - end) * pixels);
  const centres = spread(
    labels.map(({ size }, i) => ({ wanted: wanted[i], size })),
    from,
    to,
  );
  return labels.map(({ text, end, style }, i) =>
    tiedLabel(text, style ?? i, { y: end, ...more }, { right, down: centres[i] - wanted[i] }),
  );
}

/**
 * An axis that has a labelled tick for each row and nothing else, first row on top; Plotly makes room for the labels.
 *
 * @param more where rows are not equally high: `tickvals`, their centres, and the axis's `range`
 */
export function rowAxis(labels: readonly string[], more: Axis = {}): Axis {
  return {
    range: [labels.length - 0.5, -0.5],
    tickmode: "array",
    tickvals: labels.map((_, index) => index),
    ticktext: labels,
    automargin: true,
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    ...more,
  };
}

/**
 * Rows with a text at their left and, small and grey unless told, another at their right, at the same height. The figure
 * needs {@link SECOND_AXIS} among its traces.
 */
export function rowLabels(
  left: readonly string[],
  right: readonly string[],
  more: { readonly left?: Axis; readonly right?: Axis } = {},
): { readonly yaxis: Axis; readonly yaxis2: Axis } {
  return {
    yaxis: rowAxis(left, { ticklabelstandoff: 4, ...more.left }),
    yaxis2: rightRows(right, { tickfont: { size: TEXT.small, color: MUTED }, ...more.right }),
  };
}

/** The texts at the right of rows whose left ones are a {@link rowAxis}. Needs {@link SECOND_AXIS} among the traces. */
export function rightRows(labels: readonly string[], more: Axis): Axis {
  return rowAxis(labels, { ticklabelstandoff: 6, overlaying: "y", side: "right", anchor: "x", ...more });
}

/** A row's label of two lines, the second smaller and grey. Both are Plotly's HTML. */
export function twoLines(first: string, second: string, size = 10): string {
  return `${first}<br><span style="font-size:${size}px;color:${MUTED}">${second}</span>`;
}

/** Plain text in bold. */
export function bold(text: string): string {
  return `<b>${escapeLabel(text)}</b>`;
}
