import type { Sourced } from "../files";
import { escapeLabel, pack, textWidth, wrapToWidth } from "./label";
import type { BarTrace, FigureLayout, Layout, SankeyTrace, ScatterTrace, Trace } from "./plotly";
import { markProvenance } from "./provenance-mark";
import { BASE_LAYOUT, INK, MUTED, TEXT } from "./theme";

/**
 * A figure: a plain Plotly value (`data` and `layout`, nothing but JSON) with a text that says in words
 * what it shows. The text is what a screen reader reads and what stands where no picture can; it is
 * required.
 *
 * @example
 * const figure: Figure = {
 *   data: [{ type: "bar", x: ["held", "released"], y: [3, 16] }],
 *   layout: {},
 *   alt: "Bar chart: 3 women are still held, 16 are released.",
 * };
 */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly alt: string;
}

/** What a figure is composed of before it is finished: see {@link composeFigure}. */
export interface FigureParts {
  readonly title: string;
  /** Statements below the title, e.g. the test and its p value; they share lines where there is room. */
  readonly notes?: readonly string[];
  readonly data: readonly (ScatterTrace | BarTrace | SankeyTrace)[];
  /** Everything below the header; `height` is the height of that part in pixels. */
  readonly layout: FigureLayout & { readonly height: number };
  /** Room in pixels between header and plot, for labels of vertical lines. */
  readonly above?: number;
  /** What the figure shows, in sentences, without the provenance, which is added. */
  readonly alt: string;
  readonly source: Sourced;
}

const LINE = 1.3; // Plotly's line height, in parts of the font size
const EDGE = 14; // pixels between header and the edge of the figure
const WIDTH = 336; // pixels that a line of the header may take, so that it fits on a telephone

/**
 * Puts theme, header and provenance around traces. The header's height is computed from its lines, so that
 * title, subtitle and the mark for synthetic data never run into the plot, at any width from 360 pixels.
 *
 * @throws RangeError where title or alternative text is empty, or a number is not finite.
 */
export function composeFigure(parts: FigureParts): Figure {
  if (parts.title.trim() === "") throw new RangeError("a figure needs a title; got an empty one");
  const title = wrapToWidth(parts.title, WIDTH, TEXT.title, true).map(
    (line) => `<b>${escapeLabel(line)}</b>`,
  );
  const fits = (line: string): boolean => textWidth(line, TEXT.small) <= WIDTH;
  const notes = pack(parts.notes ?? [], " · ", fits).flatMap((line) => wrapToWidth(line, WIDTH, TEXT.small));
  const text = [
    ...title,
    ...notes.map(
      (line) => `<span style="font-size:${TEXT.small}px;color:${MUTED}">${escapeLabel(line)}</span>`,
    ),
  ].join("<br>");
  const lines = title.length + notes.length;
  // Plotly sets every line of a title at the distance that the title's own font size asks for.
  const top = EDGE + Math.round(lines * TEXT.title * LINE) + 6;
  const above = parts.above ?? 0;
  const figure: Figure = {
    data: parts.data,
    layout: {
      ...BASE_LAYOUT,
      ...parts.layout,
      title: {
        text,
        x: 0,
        xref: "container",
        xanchor: "left",
        y: 1,
        yref: "container",
        yanchor: "top",
        // The first of several lines is put with its baseline, a single line with its top, at the padding.
        pad: { t: EDGE + (lines > 1 ? Math.round(0.7 * TEXT.title) : 0), l: EDGE },
        font: { size: TEXT.title, color: INK },
      },
      height: parts.layout.height + top + above,
      margin: { ...parts.layout.margin, t: top + above },
    },
    alt: parts.alt,
  };
  return markProvenance(figure, parts.source, above);
}
