import { isList, isRecord, type Json, type Layout } from "../../../lib/figures/inner";

/** Of a plot's height so much stays where a slide has less room; with less, its rows would run into each other. */
const LEAST = 0.76;
/** Of the plot above rows of numbers so much stays; with less, one could not read it. */
const LEAST_ABOVE = 0.4;

/** Pixels that a line of a row's label takes. */
const LINE = 15;

/** The height that a plot takes where there is `room`, both in its own pixels, and of which `least` has to stay. */
export function squeezed(own: number, room: number, least = own * LEAST): number {
  return Math.round(Math.min(own, Math.max(least, room)));
}

/** How high a figure has to stay: where the labels of its rows have two lines, these still stand below each other. */
export function leastHeight(own: number, layout: Json): number {
  const rows = ["yaxis", "yaxis2"].map((name) => rowsOf(isRecord(layout) ? layout[name] : undefined));
  const lines = Math.max(...rows.map((labels) => Math.max(0, ...labels.map((label) => label.split("<br>").length))));
  const count = Math.max(...rows.map(({ length }) => length));
  const needed = lines < 2 ? 0 : aroundPlot(layout) + count * lines * LINE;
  return Math.min(own, Math.max(own * LEAST, needed));
}

/** What stands above and below the plot, in pixels. */
function aroundPlot(layout: Json): number {
  const margin = isRecord(layout) && isRecord(layout.margin) ? layout.margin : {};
  return Number(margin.t ?? 0) + Number(margin.b ?? 0);
}

/** The labels of an axis that has rows over the whole height of the plot. */
function rowsOf(axis: Json | undefined): string[] {
  if (!isRecord(axis) || axis.domain !== undefined || !isList(axis.ticktext)) return [];
  return axis.ticktext.map(String);
}

/**
 * A figure's layout where there is `room` for its height. Rows of numbers below a plot (a risk table) keep their pixels,
 * for they would stand on each other; the plot above them gives up what is asked.
 *
 * @param layout with its height in pixels; one without is left as it is
 */
export function squeezedLayout(layout: Layout, room: number): Layout {
  const { height } = layout;
  if (typeof height !== "number") return layout;
  const less = squeezed(height, room, leastHeight(height, layout));
  const [upper, lower] = [layout.yaxis, layout.yaxis2];
  const [above, below] = [domainOf(upper), domainOf(lower)];
  const [bottom] = above;
  const [, top] = below;
  if (less === height || !isRecord(upper) || !isRecord(lower) || below[0] !== 0 || !(bottom > 0) || !(top > 0))
    return { ...layout, height: less };
  const around = aroundPlot(layout);
  const scale = (height - around) / (less - around);
  if (!(1 - bottom * scale >= LEAST_ABOVE * (1 - bottom) * scale)) return { ...layout, height: less };
  return {
    ...layout,
    height: less,
    yaxis: { ...upper, domain: [bottom * scale, 1] },
    yaxis2: { ...lower, domain: [0, top * scale] },
  };
}

/** Where an axis begins and ends in the plot, in parts of its height; no numbers where it does not say so. */
function domainOf(axis: Json | undefined): [number, number] {
  const domain = isRecord(axis) && isList(axis.domain) ? axis.domain : [];
  return [Number(domain[0] ?? Number.NaN), Number(domain[1] ?? Number.NaN)];
}
