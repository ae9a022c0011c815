import { isList, isRecord, type Json, type Layout } from "../../../lib/figures/inner";

/** Of a plot's height so much stays where a slide has less room; with less, its rows would run into each other. */
const LEAST = 0.76;
/** Of the plot above rows of numbers so much stays; with less, one could not read it. */
const LEAST_ABOVE = 0.4;

/** Pixels that a line of a row's label takes. */
const LINE = 15;
const BREAK = "<br>";
/** Pixels that a row below a plot takes, which has one line. */
const ROW = 11.5;
/** Pixels that a row over the height of a plot takes, which has one line and a mark; and how many rows make a long plot. */
const SLOT = 10.6;
const LONG = 12;
/** Pixels that a row with a name takes whose small print is left out. */
const NAME = 14;
/** The second line of a label, in small letters. */
const SMALL_PRINT = /<br><span style="font-size:1[01]px;[^"]*">[^<]*<\/span>$/;

/** The height that a plot takes where there is `room`, both in its own pixels, and of which `least` has to stay. */
export function squeezed(own: number, room: number, least = own * LEAST): number {
  return Math.round(Math.min(own, Math.max(least, room)));
}

/**
 * How high a figure has to stay: rows of one line as high as a letter; where the labels of rows have two lines, these still
 * stand below each other, unless the second is small print, which a slide can do without.
 */
export function leastHeight(own: number, layout: Json): number {
  const { left, right } = labelsOf(layout);
  if (isSmallPrinted(left, right)) return Math.min(own * LEAST, aroundPlot(layout) + left.length * NAME);
  const [before, behind] = [linesOf(left), linesOf(right)];
  // Those on the right can be written in one line; the left ones have been broken because they are long.
  if (before === 1 && behind > 1) return Math.min(own * LEAST, heightFor(layout, 1));
  const lines = Math.max(before, behind);
  if (lines > 1) return Math.min(own, Math.max(own * LEAST, heightFor(layout, lines)));
  const slots = slotsOf(layout);
  if (lines === 1 && slots > LONG) return Math.min(own * LEAST, aroundPlot(layout) + slots * SLOT);
  const parts = isRecord(layout) ? partsOf(layout, own) : null;
  return Math.min(own * LEAST, parts === null ? own : parts.around + leastAbove(parts) + parts.gap + parts.leastBelow);
}

/** Whether each row has a label of two lines whose second one is small print, such as a country under a name. */
function isSmallPrinted(left: readonly string[], right: readonly string[]): boolean {
  const labels = [...left, ...right].filter((label) => label !== "");
  return left.length > 0 && labels.every((label) => SMALL_PRINT.test(label));
}

/** A figure's layout with the labels on the right in one line, where they would run into the next row in two. */
function joined(layout: Layout, height: number): Layout {
  const { left, right } = labelsOf(layout);
  if (isSmallPrinted(left, right) && height < heightFor(layout, 2)) return withoutSmallPrint(layout);
  if (linesOf(left) !== 1 || linesOf(right) < 2 || height >= heightFor(layout, linesOf(right))) return layout;
  const { yaxis2 } = layout;
  return isRecord(yaxis2)
    ? { ...layout, yaxis2: { ...yaxis2, ticktext: right.map((label) => label.replaceAll(BREAK, " ")) } }
    : layout;
}

function withoutSmallPrint(layout: Layout): Layout {
  const first = (axis: Json | undefined): Json | undefined =>
    isRecord(axis) && isList(axis.ticktext)
      ? { ...axis, ticktext: axis.ticktext.map((label) => String(label).replace(SMALL_PRINT, "")) }
      : axis;
  const { yaxis, yaxis2 } = layout;
  return { ...layout, yaxis: first(yaxis), yaxis2: first(yaxis2) };
}

/** How many rows of the least distance between two labels go over the height of the plot; 0 where that cannot be told. */
function slotsOf(layout: Json): number {
  const { yaxis } = isRecord(layout) ? layout : {};
  if (!isRecord(yaxis) || !isList(yaxis.range) || !isList(yaxis.tickvals)) return 0;
  const at = yaxis.tickvals.map(Number).sort((a, b) => a - b);
  const distances = at.slice(1).map((value, index) => value - (at[index] ?? value));
  const step = Math.min(...distances);
  const slots = Math.abs(Number(yaxis.range[1]) - Number(yaxis.range[0])) / step;
  return Number.isFinite(slots) ? slots : 0;
}

/** The height of a figure whose labels of rows have so many lines. */
function heightFor(layout: Json, lines: number): number {
  const { left, right } = labelsOf(layout);
  return aroundPlot(layout) + Math.max(left.length, right.length) * lines * LINE;
}

function linesOf(labels: readonly string[]): number {
  return Math.max(0, ...labels.map((label) => label.split(BREAK).length));
}

/** The labels of rows that go over the whole height of the plot. */
function labelsOf(layout: Json): { readonly left: string[]; readonly right: string[] } {
  const { yaxis, yaxis2 } = isRecord(layout) ? layout : {};
  return { left: rowsOf(yaxis), right: rowsOf(yaxis2) };
}

/** What stands above and below the plot, in pixels. */
function aroundPlot(layout: Json): number {
  const margin = isRecord(layout) && isRecord(layout.margin) ? layout.margin : {};
  return Number(margin.t ?? 0) + Number(margin.b ?? 0);
}

/** The labels of an axis that has rows. */
function rowsOf(axis: Json | undefined): string[] {
  if (!isRecord(axis) || axis.domain !== undefined || !isList(axis.ticktext)) return [];
  return axis.ticktext.map(String);
}

/**
 * A figure's layout where there is `room` for its height. Rows below a plot (a risk table) keep their pixels, for they
 * would stand on each other; the plot above them gives up what is asked, and they what it cannot.
 *
 * @param layout with its height in pixels; one without is left as it is
 */
export function squeezedLayout(layout: Layout, room: number): Layout {
  const { height } = layout;
  if (typeof height !== "number") return layout;
  const less = squeezed(height, room, leastHeight(height, layout));
  if (less === height) return layout;
  const parts = partsOf(layout, height);
  if (parts === null) return { ...joined(layout, less), height: less };
  const inner = less - parts.around;
  const above = Math.max(leastAbove(parts), inner - parts.gap - parts.below);
  const below = inner - parts.gap - above;
  if (below < parts.leastBelow) return { ...layout, height: less };
  return {
    ...layout,
    height: less,
    yaxis: { ...parts.upper, domain: [1 - above / inner, 1] },
    yaxis2: { ...parts.lower, domain: [0, below / inner] },
  };
}

/** A plot and the rows below it, in pixels. */
interface Parts {
  readonly upper: Layout;
  readonly lower: Layout;
  readonly around: number;
  readonly above: number;
  readonly gap: number;
  readonly below: number;
  readonly leastBelow: number;
}

/** The parts of a figure that has rows below its plot; null for any other. */
function partsOf(layout: Layout, height: number): Parts | null {
  const { yaxis: upper, yaxis2: lower } = layout;
  const [bottom] = domainOf(upper);
  const [from, top] = domainOf(lower);
  if (!isRecord(upper) || !isRecord(lower) || from !== 0 || !(bottom > 0) || !(top > 0)) return null;
  const around = aroundPlot(layout);
  const inner = height - around;
  const below = top * inner;
  const rows = isList(lower.ticktext) ? lower.ticktext.length * ROW : below;
  const parts = { upper, lower, around, above: (1 - bottom) * inner, gap: (bottom - top) * inner };
  return { ...parts, below, leastBelow: Math.min(below, rows) };
}

function leastAbove({ above }: Parts): number {
  return LEAST_ABOVE * above;
}

/** Where an axis begins and ends in the plot, in parts of its height; no numbers where it does not say so. */
function domainOf(axis: Json | undefined): [number, number] {
  const domain = isRecord(axis) && isList(axis.domain) ? axis.domain : [];
  return [Number(domain[0] ?? Number.NaN), Number(domain[1] ?? Number.NaN)];
}
