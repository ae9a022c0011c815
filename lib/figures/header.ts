import { escapeLabel, pack, textWidth, unescapeLabel, wrapToWidth } from "./label";
import { type FigureLayout, type FigureMeta, isList, isRecord, type Json, type Layout } from "./plotly";
import { INK, MUTED, TEXT } from "./theme";

/** Title, subtitle and notes of a figure, before they are broken into lines. */
export type Header = Pick<FigureMeta, "title" | "subtitle" | "notes">;

/** Pixels between header and the edge of the figure. */
export const EDGE = 14;
/** The width that a figure is composed for: what a notebook's page gives it. */
export const PAGE_WIDTH = 760;
/** Plotly's line height, in parts of the font size. */
const LINE = 1.3;

/** The header as Plotly's title in a figure of `width` pixels, and the height that it takes. */
export function headerAt({ title, subtitle = "", notes }: Header, width: number) {
  const room = width - 2 * EDGE;
  const large = wrapToWidth(title, room, TEXT.title, true);
  const fits = (line: string): boolean => textWidth(line, TEXT.small) <= room;
  const small = [subtitle, ...pack(notes, " · ", fits)].flatMap((line) => wrapToWidth(line, room, TEXT.small));
  const text = [
    ...large.map((line) => `<b>${escapeLabel(line)}</b>`),
    ...small.map((line) => `<span style="font-size:${TEXT.small}px;color:${MUTED}">${escapeLabel(line)}</span>`),
  ].join("<br>");
  const lines = large.length + small.length;
  // The first of several lines is put with its baseline, a single line with its top, at the padding.
  const pad = { t: EDGE + (lines > 1 ? Math.round(0.7 * TEXT.title) : 0), l: EDGE };
  // Plotly sets every line of a title at the distance that the title's own font size asks for.
  return { text, pad, height: EDGE + Math.round(lines * TEXT.title * LINE) + 6 };
}

/** The header of a figure that is `PAGE_WIDTH` wide, as the part of its layout that {@link fitHeader} can set anew. */
export function headerLayout(
  header: Header,
): Required<Pick<FigureLayout, "title" | "meta">> & { readonly height: number } {
  const { text, pad, height } = headerAt(header, PAGE_WIDTH);
  const place = {
    x: 0,
    xref: "container",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
  } as const;
  const title = { text, ...place, pad, font: { size: TEXT.title, color: INK } };
  return {
    title,
    meta: {
      title: escapeLabel(header.title),
      ...(header.subtitle === undefined ? {} : { subtitle: escapeLabel(header.subtitle) }),
      notes: header.notes.map(escapeLabel),
      height,
    },
    height,
  };
}

/**
 * The layout of a composed figure with its header broken for another width than the page's, so that a title stands on
 * one line where there is room and on three on a telephone. The plot keeps its height; a figure without a header of
 * `composeFigure` stays as it is.
 *
 * @param layout as `composeFigure` made it
 * @param width of the figure in pixels
 * @example fitHeader(figure.layout, 360)
 */
export function fitHeader(layout: Layout, width: number): Layout {
  const found = headerOf(layout);
  if (found === null) return layout;
  const { text, pad, height: now } = headerAt(found.header, width);
  return {
    ...layout,
    title: { ...found.title, text, pad },
    meta: { ...found.meta, height: now },
    height: found.height + now - found.taken,
    margin: { ...found.margin, t: found.top + now - found.taken },
  };
}

/** The header of a composed figure, and the pixels that it takes; null where a layout has none. */
function headerOf({ meta, title, margin, height }: Layout) {
  if (!isRecord(meta) || !isRecord(title) || !isRecord(margin)) return null;
  const { height: taken, notes } = meta;
  if (typeof meta.title !== "string" || typeof taken !== "number") return null;
  if (typeof height !== "number" || typeof margin.t !== "number") return null;
  const header: Header = {
    title: unescapeLabel(meta.title),
    ...(typeof meta.subtitle === "string" ? { subtitle: unescapeLabel(meta.subtitle) } : {}),
    notes: isList(notes) ? notes.map((note) => unescapeLabel(String(note))) : [],
  };
  return { header, title, meta, margin, height, taken, top: margin.t };
}

/** Height of the strip that holds the mark for synthetic data, in pixels. */
export const STRIP = 32;
/** Room over a plot without a header, for the upper half of a tick's label. */
const OVER = 10;
/** What the mark for synthetic data is called among a layout's annotations. */
export const MARK = "synthetic-data";

/** What stands over a plot, as words. */
export interface FigureHead extends Header {
  /** The mark for synthetic data, where the figure has one. */
  readonly mark?: string;
}

/**
 * A composed figure's words apart from its plot, for a page, which sets title, subtitle and mark in its own letters, as
 * wide as it is. Null for a figure without a header of `composeFigure`: its title stays where it is.
 *
 * @param layout as `composeFigure` made it
 * @returns the words as plain text, the layout without them, and by how many pixels it is lower
 * @example splitHeader(figure.layout)?.head.title
 */
export function splitHeader(
  layout: Layout,
): { readonly head: FigureHead; readonly layout: Layout; readonly cut: number } | null {
  const found = headerOf(layout);
  if (found === null) return null;
  const all = isList(layout.annotations) ? layout.annotations : [];
  const mark = all.find(isMark);
  const cut = found.taken + (mark === undefined ? 0 : STRIP) - OVER;
  const annotations = all.filter((annotation) => annotation !== mark);
  const text = isRecord(mark) && typeof mark.text === "string" ? mark.text.replace(/<[^>]*>/g, "") : undefined;
  return {
    head: { ...found.header, ...(text === undefined ? {} : { mark: unescapeLabel(text) }) },
    layout: {
      ...without(layout, ["title", "annotations"]),
      meta: without(found.meta, ["title", "subtitle", "notes", "height"]),
      ...(annotations.length === 0 ? {} : { annotations }),
      height: found.height - cut,
      margin: { ...found.margin, t: found.top - cut },
    },
    cut,
  };
}

function without(fields: Layout, names: readonly string[]): Layout {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function isMark(annotation: Json): boolean {
  return isRecord(annotation) && annotation.name === MARK;
}

/**
 * The layout with the mark for synthetic data at the header's left edge. Plotly has no such place: its labels stand at the
 * plot, whose own edge is known when the figure has been drawn once.
 *
 * @param left pixels between the figure's left edge and the plot, as Plotly made them
 * @returns null where there is no mark
 */
export function markAtEdge(layout: Layout, left: number): Layout | null {
  const all = isList(layout.annotations) ? layout.annotations : [];
  if (!all.some(isMark)) return null;
  const moved = (mark: Json): Json =>
    isRecord(mark) && isMark(mark) ? { ...mark, x: 0, xanchor: "left", xshift: Math.round(EDGE - left) } : mark;
  return { ...layout, annotations: all.map(moved) };
}

/** Pixels from the left edge of a figure to its plot, as Plotly made them; the figure has been drawn in `drawn`. */
export function leftOfPlot(drawn: object): number {
  const size: unknown = Reflect.get(Object(Reflect.get(drawn, "_fullLayout")), "_size");
  return Number(Reflect.get(Object(size), "l"));
}

/**
 * A figure's words as HTML, for whatever page it is on, which has the style for `figure-title` and its like. The mark for
 * synthetic data stands first under the title, as it does in captions of tables.
 *
 * @example headHtml({ title: "Nineteen women", notes: [] })
 */
export function headHtml({ title, subtitle = "", notes, mark }: FigureHead): string {
  const badge = mark === undefined ? "" : `<strong class="synthetic">${escapeLabel(mark)}</strong> `;
  const lines = [subtitle, notes.join(" · ")].filter((line) => line !== "").map(escapeLabel);
  const [first = "", ...others] = lines;
  const small = [`${badge}${first}`, ...others].filter((line) => line !== "");
  return [
    `<p class="figure-title">${escapeLabel(title)}</p>`,
    ...small.map((line) => `<p class="figure-words">${line}</p>`),
  ].join("");
}
