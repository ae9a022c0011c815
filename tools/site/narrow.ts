import { fitHeader, isList, isRecord, type Json, wrap } from "../../lib/figures/inner";
import { withKeyAbove } from "./label-key";

/** Pixels that a tick's label, or a number of a risk table, needs at the least. */
const ROOM = 30;
/** Pixels that a letter of an axis' title takes. */
const LETTER = 7.2;
/** What labels of the vertical axis take of the width at the most and at the least, besides the margins that the layout names. */
const LABELS = 70;
const FEW_LABELS = 20;
/** Pixels that a letter of a row's label takes. */
const SMALL_LETTER = 6.2;
/** A plot narrower than this has its labels turned by plotly.js, unless they are few. */
const SMALL = 170;
/** A plot narrower than this, or than what its lines' labels leave, has them above it. */
const NARROW = 240;
/** Pixels that a line of a row's label takes. */
const LINE = 17;
/** A row's label has lines of so many letters where the plot would be small otherwise; the fewest that its rows have room for. */
const SHORT_LINES = [14, 16, 18, 20];
/** Pixels at the right of a plot with nothing beside it: half of the last tick's label, as in `label-key.ts`. */
const EDGE = 18;
/** Pixels that a label such as a year takes, with what is between two. */
const WORD = 42;

type Fields = { readonly [key: string]: Json | undefined };

/**
 * A figure for the width that it has: its header is broken into lines that fit; where the ticks of the horizontal axis would run into each other, only each
 * second, third … is kept, and so are the numbers that stand under the ticks (a risk table); the axis' title is broken
 * where it is too long; labels at the ends of lines stand above a plot that would have too little room beside them. The table behind the figure still has everything.
 *
 * @param width of the figure in pixels
 */
export function fitted(data: Json, composed: Json, width: number): { data: Json; layout: Json } {
  const whole = fields(withShortRows(composed, width));
  const headed = whole === null ? null : fitHeader(whole, width);
  const besides = headed === null ? null : roomsBeside(headed);
  const crowded = besides !== null && width - besides.left - besides.right < NARROW;
  const given = headed === null ? composed : crowded ? withKeyAbove(data, headed, width - besides.left - EDGE) : headed;
  const { margin, left, right } = roomsBeside(given);
  const plot = Math.max(width - left - right, ROOM);
  // A title stands in the middle of the plot, which is not that of the figure, wherever the plot begins.
  const leastLeft = number(margin?.l) + (rowLabels(given, "left") ?? FEW_LABELS);
  const layout = withTitle(given, width - Math.max(Math.abs(left - right), Math.abs(leastLeft - right)));
  const axis = fields(fields(layout)?.xaxis);
  if (axis === null) return { data, layout };
  const ticks = list(axis.tickvals);
  if (ticks.length === 0 && plot < SMALL) {
    const nticks = Math.max(2, Math.floor(plot / WORD));
    const xaxis = { ...axis, nticks, ...roundTicks(axis, plot), tickangle: 0 };
    return { data, layout: { ...fields(layout), xaxis } };
  }
  if (ticks.length < 3 || ticks.length * ROOM <= plot) return { data, layout };
  // A tick without a label needs no room, and is the first that can go.
  const names = list(axis.ticktext);
  const labelled = ticks.map((_, at) => at).filter((at) => names.length === 0 || names[at] !== "");
  const every = Math.ceil((labelled.length * ROOM) / plot);
  const kept = labelled.filter((_, at) => at % every === 0);
  const keep = (values: readonly Json[]): Json[] => kept.map((at) => values[at] ?? null);
  const texts: Fields = names.length > 0 ? { ticktext: keep(names) } : {};
  const xaxis: Fields = { ...axis, tickvals: keep(ticks), ...texts, tickangle: 0 };
  const all = new Set(ticks);
  const stay = new Set(keep(ticks));
  return {
    layout: { ...fields(layout), xaxis },
    data: list(data).map((trace) => thinned(trace, all, stay)),
  };
}

/** A figure's margins, and what stands at the left and at the right of its plot, in pixels. */
function roomsBeside(layout: Json) {
  const margin = fields(fields(layout)?.margin);
  return {
    margin,
    left: number(margin?.l) + (rowLabels(layout, "left") ?? LABELS),
    right: number(margin?.r) + (rowLabels(layout, "right") ?? 0),
  };
}

/** The layout with the labels of its rows in shorter lines, where they leave the plot too little and the rows are high enough. */
function withShortRows(layout: Json, width: number): Json {
  const whole = fields(layout);
  const axis = fields(whole?.yaxis);
  const texts = list(axis?.ticktext).map((text) => String(text).replaceAll("<br>", " "));
  if (whole === null || axis?.domain !== undefined || texts.length === 0 || texts.some((text) => /</.test(text)))
    return layout;
  const { margin, left, right } = roomsBeside(layout);
  if (width - left - right >= SMALL) return layout;
  const room = (number(whole.height) - number(margin?.t) - number(margin?.b)) / texts.length;
  const short = SHORT_LINES.map((letters) => texts.map((text) => wrap(text, letters))).find((labels) =>
    labels.every((lines) => lines.length * LINE <= room),
  );
  return short === undefined
    ? layout
    : { ...whole, yaxis: { ...axis, ticktext: short.map((lines) => lines.join("<br>")) } };
}

/**
 * The ticks of an axis of plain numbers in few pixels: round numbers, at least two, without which an axis has no scale.
 * An axis of another kind, or without a range of its own, is left to choose.
 */
function roundTicks(axis: Fields, plot: number): Fields {
  const [low, high] = list(axis.range);
  if (typeof low !== "number" || typeof high !== "number" || !(high > low)) return {};
  if ((axis.type ?? "linear") !== "linear" || axis.tickmode !== undefined) return {};
  const power = 10 ** Math.floor(Math.log10(high - low));
  for (const step of [5, 2, 1, 0.5, 0.2, 0.1].map((factor) => factor * power)) {
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    const all = Array.from({ length: Math.max(count, 0) }, (_, at) => Number(((first + at) * step).toFixed(digits)));
    const texts = all.map((value) => String(value).replace("-", "−"));
    const need = (Math.max(...texts.map((text) => text.length), 1) + 1) * LETTER;
    const every = Math.ceil((need * (high - low)) / (plot * step));
    const [tickvals, ticktext] = [all.filter((_, at) => at % every === 0), texts.filter((_, at) => at % every === 0)];
    if (tickvals.length > 1) return { tickmode: "array", tickvals, ticktext };
  }
  return {};
}

/** Pixels that the labels of rows at a side take, null where there are none. */
function rowLabels(layout: Json, side: "left" | "right"): number | null {
  const all = fields(layout);
  const axes = [fields(all?.yaxis), fields(all?.yaxis2)].filter((axis) => (axis?.side ?? "left") === side);
  const lines = axes.flatMap((axis) => list(axis?.ticktext)).flatMap((text) => String(text).split("<br>"));
  if (lines.length === 0) return null;
  return Math.max(...lines.map((line) => line.replace(/<[^>]*>|&\w+;/g, "").length)) * SMALL_LETTER;
}

/** The layout with the horizontal axis' title on as many lines as it needs in the pixels that it has. */
function withTitle(layout: Json, room: number): Json {
  const axis = fields(fields(layout)?.xaxis);
  const title = fields(axis?.title);
  const text = title?.text;
  if (typeof text !== "string" || text.includes("<") || text.length * LETTER <= room) return layout;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (last.length + word.length + 1) * LETTER <= room * 0.8)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  const xaxis = { ...axis, automargin: true, title: { ...title, text: lines.join("<br>") } };
  return { ...fields(layout), xaxis };
}

/** A series of texts that stand at the ticks, where ticks are left. */
function thinned(trace: Json, all: ReadonlySet<Json>, left: ReadonlySet<Json>): Json {
  const series = fields(trace);
  const [xs, ys, texts] = [list(series?.x), list(series?.y), list(series?.text)];
  if (series?.mode !== "text" || xs.length === 0 || !xs.every((x) => all.has(x))) return trace;
  // Differences stand at times of their own, which are few.
  if (String(series.name).startsWith("Difference")) return trace;
  const keep = (_: Json, at: number): boolean => left.has(xs[at] ?? null);
  return { ...series, x: xs.filter(keep), y: ys.filter(keep), text: texts.filter(keep) };
}

function fields(value: Json | undefined): Fields | null {
  return isRecord(value) ? value : null;
}

function list(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function number(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}
