import type { Dash, FigureLayout } from "./plotly";

/**
 * How one series is drawn. Series differ by colour and by dash pattern, never by colour alone, so that
 * they can be told apart in a black-and-white print and by colour-blind readers. Dashed are simulated people, and
 * nobody else: see {@link syntheticStyle}.
 */
export interface SeriesStyle {
  /** For lines and marks. */
  readonly color: string;
  /** The same hue, dark enough for small text on white (contrast of at least 4.5 to 1, WCAG 2.2 AA). */
  readonly ink: string;
  /** For areas: the same hue, transparent. */
  readonly tint: string;
  readonly dash: Dash;
}

/**
 * Okabe and Ito's palette for colour-blind readers ("Color Universal Design", 2008), in an order in which
 * neighbours differ most; yellow is left out of the series because it is invisible on white.
 */
const SERIES: readonly SeriesStyle[] = [
  { color: "#0072B2", ink: "#00619A", tint: "rgba(0,114,178,0.16)", dash: "solid" },
  { color: "#D55E00", ink: "#A84A00", tint: "rgba(213,94,0,0.16)", dash: "dot" },
  { color: "#009E73", ink: "#00704F", tint: "rgba(0,158,115,0.16)", dash: "dashdot" },
  { color: "#CC79A7", ink: "#9C3F73", tint: "rgba(204,121,167,0.20)", dash: "longdashdot" },
  { color: "#E69F00", ink: "#8A5F00", tint: "rgba(230,159,0,0.18)", dash: "solid" },
  { color: "#56B4E9", ink: "#1B6C9C", tint: "rgba(86,180,233,0.20)", dash: "dot" },
];

/** A series by its number in the figure, counted from 0, or by the style that it has. */
export type Series = number | SeriesStyle;

/** Style of a series; after the sixth number they start again. */
export function seriesStyle(series: Series): SeriesStyle {
  return typeof series === "number" ? SERIES[series % SERIES.length] : series;
}

/** The same for simulated people: dashed, which no other series is. */
export function syntheticStyle(series: Series): SeriesStyle {
  return { ...seriesStyle(series), dash: "dash" };
}

/*
 * One palette with roles; no other file of this folder names a colour, which a test holds.
 */

/** Paper, what is laid over it so that a text stays readable, and what is there to be pointed at and not seen. */
export const PAPER = "#ffffff";
export const VEIL = "rgba(255,255,255,0.85)";
export const UNSEEN = "rgba(0,0,0,0)";
/** The mark for synthetic data, and what has no colour of its own. */
export const BLACK = "#000000";
/** Text and rules. */
export const INK = "#1a1a1a";
export const MUTED = "#555555";
export const GRID = "#e4e4e4";
/** Okabe and Ito's yellow: the background of the mark for synthetic data. */
export const CAUTION = "#F0E442";

/** Bars of time in custody, and of time that may have been. */
export const HELD = "#6F7F92";
export const POSSIBLY = "#C3CCD6";
/** {@link HELD} as an area through which others are seen. */
export function held(opacity: number): string {
  return `rgba(111,127,146,${opacity})`;
}
/** Bars that are not meant to stand out. */
export const PALE = "#9DB4C8";

/** Sizes in pixels. */
export const TEXT = { title: 15, body: 13, small: 12 } as const;

/** Names without quotes, for Plotly writes them into SVG attributes; the last ones exist everywhere. */
const FONT_FAMILY = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

/** What all figures have in common. The background is white so that figures read on a dark page, too. */
export const BASE_LAYOUT: FigureLayout = {
  autosize: true,
  font: { family: FONT_FAMILY, size: TEXT.body, color: INK },
  paper_bgcolor: PAPER,
  plot_bgcolor: PAPER,
  hovermode: "closest",
  hoverlabel: {
    align: "left",
    font: { family: FONT_FAMILY, size: TEXT.small, color: INK },
    bgcolor: PAPER,
  },
  showlegend: false,
};
