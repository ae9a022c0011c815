import { escapeLabel, pack, textWidth, unescapeLabel, wrapToWidth } from "./label";
import { type FigureLayout, type FigureMeta, isList, isRecord, type Layout } from "./plotly";
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
  const { meta, title, margin, height } = layout;
  if (!isRecord(meta) || !isRecord(title) || !isRecord(margin)) return layout;
  const { height: before, notes } = meta;
  if (typeof meta.title !== "string" || typeof before !== "number") return layout;
  if (typeof height !== "number" || typeof margin.t !== "number") return layout;
  const header = {
    title: unescapeLabel(meta.title),
    ...(typeof meta.subtitle === "string" ? { subtitle: unescapeLabel(meta.subtitle) } : {}),
    notes: isList(notes) ? notes.map((note) => unescapeLabel(String(note))) : [],
  };
  const { text, pad, height: now } = headerAt(header, width);
  return {
    ...layout,
    title: { ...title, text, pad },
    meta: { ...meta, height: now },
    height: height + now - before,
    margin: { ...margin, t: margin.t + now - before },
  };
}
