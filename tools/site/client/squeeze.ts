import { isList, isRecord, type Json } from "../../../lib/figures/inner";

/** Of a plot's height so much stays where a slide has less room; with less, its rows would run into each other. */
const LEAST = 0.76;

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
  const margin = isRecord(layout) && isRecord(layout.margin) ? layout.margin : {};
  const around = Number(margin.t ?? 0) + Number(margin.b ?? 0);
  const needed = lines < 2 ? 0 : around + count * lines * LINE;
  return Math.min(own, Math.max(own * LEAST, needed));
}

/** The labels of an axis that has rows over the whole height of the plot. */
function rowsOf(axis: Json | undefined): string[] {
  if (!isRecord(axis) || axis.domain !== undefined || !isList(axis.ticktext)) return [];
  return axis.ticktext.map(String);
}
