import type { Plain } from "./dark";

/** Pixels that a tick's label, or a number of a risk table, needs at the least. */
const ROOM = 30;
/** Pixels that the mark of synthetic data takes. */
const MARK = 200;
/** Pixels that a letter of an axis' title takes. */
const LETTER = 7.2;
/** What labels of the vertical axis take of the width, besides the margins that the layout names. */
const LABELS = 70;

type Fields = { readonly [key: string]: Plain };

/**
 * A figure for the width that it has: where the ticks of the horizontal axis would run into each other, only each
 * second, third … is kept, and so are the numbers that stand under the ticks (a risk table); the axis' title is broken
 * where it is too long. The table behind the figure still has everything.
 *
 * @param width of the figure in pixels
 */
export function fitted(data: Plain, given: Plain, width: number): { data: Plain; layout: Plain } {
  const layout = withMark(withTitle(given, width), width);
  const axis = fields(fields(layout)?.xaxis);
  const ticks = list(axis?.tickvals);
  const margin = fields(fields(layout)?.margin);
  const plot = width - number(margin?.l) - number(margin?.r) - LABELS;
  const every = Math.ceil((ticks.length * ROOM) / Math.max(plot, ROOM));
  if (axis === null || ticks.length < 3 || every <= 1) return { data, layout };
  const kept = ticks.filter((_, at) => at % every === 0);
  const names = list(axis.ticktext).filter((_, at) => at % every === 0);
  const all = new Set(ticks);
  const left = new Set(kept);
  const xaxis = { ...axis, tickvals: kept, ...(names.length > 0 ? { ticktext: names } : {}) };
  return {
    layout: { ...fields(layout), xaxis },
    data: list(data).map((trace) => thinned(trace, all, left)),
  };
}

/** The layout with the horizontal axis' title on as many lines as it needs. */
function withTitle(layout: Plain, width: number): Plain {
  const axis = fields(fields(layout)?.xaxis);
  const title = fields(axis?.title);
  const text = title?.text;
  if (typeof text !== "string" || text.includes("<") || text.length * LETTER <= width) return layout;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (last.length + word.length + 1) * LETTER <= width * 0.8)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  const xaxis = { ...axis, automargin: true, title: { ...title, text: lines.join("<br>") } };
  return { ...fields(layout), xaxis };
}

/** The layout with the mark of synthetic data flush right, where long labels at the left would push it out. */
function withMark(layout: Plain, width: number): Plain {
  const all = fields(layout);
  const right = number(fields(all?.margin)?.r);
  if (width > MARK + 2 * LABELS + right) return layout;
  const annotations = list(all?.annotations).map((annotation) => {
    const mark = fields(annotation);
    const moves = mark?.name === "synthetic-data" && right < width - MARK - LABELS;
    return moves ? { ...mark, x: 1, xanchor: "right" } : annotation;
  });
  return { ...all, annotations };
}

/** A series of texts that stand at the ticks, where ticks are left. */
function thinned(trace: Plain, all: ReadonlySet<Plain>, left: ReadonlySet<Plain>): Plain {
  const series = fields(trace);
  const [xs, ys, texts] = [list(series?.x), list(series?.y), list(series?.text)];
  if (series?.mode !== "text" || xs.length === 0 || !xs.every((x) => all.has(x))) return trace;
  const keep = (_: Plain, at: number): boolean => left.has(xs[at] ?? null);
  return { ...series, x: xs.filter(keep), y: ys.filter(keep), text: texts.filter(keep) };
}

function fields(value: Plain | undefined): Fields | null {
  return typeof value === "object" && value !== null && !isList(value) ? value : null;
}

function list(value: Plain | undefined): readonly Plain[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function number(value: Plain | undefined): number {
  return typeof value === "number" ? value : 0;
}
