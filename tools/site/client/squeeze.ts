import { isList, isRecord, type Json, type Layout } from "../../../lib/figures/inner";

/** Of a plot's height so much stays where a slide has less room; with less, its rows would run into each other. */
const LEAST = 0.76;
/** Of the plot above rows of numbers so much stays; with less, one could not read it. */
const LEAST_ABOVE = 0.4;

/** The height that a plot takes where there is `room`, both in its own pixels. */
export function squeezed(own: number, room: number): number {
  return Math.round(Math.min(own, Math.max(own * LEAST, room)));
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
  const less = squeezed(height, room);
  const [upper, lower] = [layout.yaxis, layout.yaxis2];
  const [above, below] = [domainOf(upper), domainOf(lower)];
  const [bottom] = above;
  const [, top] = below;
  if (less === height || !isRecord(upper) || !isRecord(lower) || below[0] !== 0 || !(bottom > 0) || !(top > 0))
    return { ...layout, height: less };
  const around = isRecord(layout.margin) ? Number(layout.margin.t ?? 0) + Number(layout.margin.b ?? 0) : 0;
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
