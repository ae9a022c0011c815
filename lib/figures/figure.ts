import type { Sourced } from "../files";
import { escapeLabel, pack, textWidth, wrapToWidth } from "./label";
import type {
  Annotation,
  BarTrace,
  FigureLayout,
  Json,
  Layout,
  SankeyTrace,
  ScatterTrace,
  Trace,
} from "./plotly";
import { provenanceSentence, syntheticMark } from "./provenance";
import { BASE_LAYOUT, CAUTION, INK, MUTED, TEXT } from "./theme";

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

/** Height of the strip that holds the mark for synthetic data, in pixels. */
const STRIP = 32;

/**
 * The figure with what its data ask for: over synthetic rows a black-and-yellow mark above the plot, and a
 * sentence on the origin of the data in the alternative text. The ready-made figures call it themselves;
 * call it for a figure of your own.
 *
 * @param figure any Plotly figure with an alternative text
 * @param source the rows, or the dataset, or the result that the figure was drawn from
 * @returns a new figure; the given one is left as it is
 * @throws RangeError where the alternative text is empty, TypeError where the figure holds a number that is
 *   not finite (JSON has no NaN, and Plotly would silently draw nothing)
 *
 * @example withProvenance({ data: [{ type: "bar", x: ["a"], y: [1] }], layout: {}, alt: "One bar." }, rows)
 */
export function withProvenance(figure: Figure, source: Sourced): Figure {
  return markProvenance(figure, source, 0);
}

/** The same for a figure that has labels on `above` pixels over its plot. */
export function markProvenance(figure: Figure, source: Sourced, above: number): Figure {
  if (figure.alt.trim() === "") {
    throw new RangeError(
      "a figure needs an alternative text (alt) that says what it shows; got an empty one",
    );
  }
  const alt = [figure.alt.trim(), provenanceSentence(source)].filter((part) => part !== "").join(" ");
  const mark = syntheticMark(source);
  const marked =
    mark === null ? { ...figure, alt } : { ...figure, alt, layout: withMark(figure.layout, mark, above) };
  assertFinite(marked.data, "data");
  assertFinite(marked.layout, "layout");
  return marked;
}

function withMark(layout: Layout, mark: string, above: number): Layout {
  const margin = isRecord(layout.margin) ? layout.margin : {};
  const top = typeof margin.t === "number" ? margin.t : 100;
  const annotation: Annotation = {
    name: "synthetic-data",
    text: `<b>${mark}</b>`,
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    yshift: 10 + above,
    showarrow: false,
    font: { size: TEXT.body, color: "#000000" },
    bgcolor: CAUTION,
    bordercolor: "#000000",
    borderwidth: 1.5,
    borderpad: 4,
  };
  return {
    ...layout,
    ...(typeof layout.height === "number" ? { height: layout.height + STRIP } : {}),
    margin: { ...margin, t: top + STRIP },
    annotations: [...(isList(layout.annotations) ? layout.annotations : []), annotation],
  };
}

/** Whether a JSON value is an object. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** JSON turns NaN and infinity into null without a word, and a figure over them is drawn with holes. */
export function assertFinite(value: Json | undefined, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`figure: ${path} is ${value}; a figure holds finite numbers only`);
  }
  if (isList(value))
    value.forEach((item, index) => {
      assertFinite(item, `${path}[${index}]`);
    });
  else if (isRecord(value)) for (const key of Object.keys(value)) assertFinite(value[key], `${path}.${key}`);
}
