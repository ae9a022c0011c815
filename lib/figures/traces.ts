import type { BarTrace, MarkerSymbol, Position, ScatterTrace } from "./plotly";
import { isFeatured } from "./provenance";
import { PAPER, seriesStyle } from "./theme";

/*
 * The traces that figures are made of: dots, lines, segments, areas and bars. Each takes the things that it draws and
 * functions from a thing to its place and its words, as the marks of Observable Plot do.
 */

/** From a thing that is drawn to its place, and to what is said of it when a reader points at it. */
export interface Channels<P> {
  readonly x: (point: P, index: number) => Position | null;
  readonly y: (point: P, index: number) => Position | null;
  /** None where pointing at it says nothing. */
  readonly text?: (point: P, index: number) => string;
}

/** What a trace has beside its place and look. */
export type More = Pick<ScatterTrace, "cliponaxis" | "showlegend" | "yaxis" | "error_x">;

const UNLISTED: More = { showlegend: false };
const OVER_EDGE: More = { cliponaxis: false, showlegend: false };

/**
 * A mark for each point; those at the plot's edge are drawn in full, unless `more` says otherwise.
 *
 * @param name null where the figure has no other trace
 */
export function dots<P>(
  name: string | null,
  points: readonly P[],
  channels: Channels<P>,
  marker: ScatterTrace["marker"],
  more: More = OVER_EDGE,
): ScatterTrace {
  const named = name === null ? {} : { name };
  return { type: "scatter", mode: "markers", ...named, ...placed(points, channels), marker, ...more };
}

/** A line through points. */
export function line<P>(
  name: string,
  points: readonly P[],
  channels: Channels<P>,
  stroke: ScatterTrace["line"],
  more: More = UNLISTED,
): ScatterTrace {
  return { type: "scatter", mode: "lines", name, ...placed(points, channels), line: stroke, ...more };
}

function placed<P>(points: readonly P[], { x, y, text }: Channels<P>) {
  return {
    x: points.map(x),
    y: points.map(y),
    ...(text === undefined
      ? { hoverinfo: "skip" as const }
      : { hoverinfo: "text" as const, hovertext: points.map(text) }),
  };
}

/** Whiskers of dots: from the lower to the upper limit of each. */
export function limits(
  points: readonly { readonly estimate: number; readonly lower: number; readonly upper: number }[],
  color: string,
  thickness: number,
  width: number,
): ScatterTrace["error_x"] {
  return {
    type: "data",
    symmetric: false,
    array: points.map(({ estimate, upper }) => upper - estimate),
    arrayminus: points.map(({ estimate, lower }) => estimate - lower),
    color,
    thickness,
    width,
  };
}

/** A straight line from one place to another; on a row of a swimmer plot, a bar. */
export interface Segment {
  readonly x: readonly [Position, Position];
  readonly y: readonly [Position, Position];
}

/** Many segments as one trace, with gaps between them, so that a figure has few traces however many rows there are. */
export function segments(
  name: string,
  list: readonly Segment[],
  stroke: ScatterTrace["line"],
  more: More = UNLISTED,
): ScatterTrace {
  const ends = list.flatMap(({ x, y }) => [[x[0], y[0]] as const, [x[1], y[1]] as const, [null, null] as const]);
  return line(name, ends, { x: ([x]) => x, y: ([, y]) => y }, stroke, more);
}

/** The area between two lines on the same places, along the first one and back along the second. */
export function area<P>(
  name: string,
  points: readonly P[],
  edges: {
    readonly x: (point: P) => Position;
    readonly first: (point: P) => number;
    readonly second: (point: P) => number;
  },
  look: { readonly fill: string; readonly line: ScatterTrace["line"] },
): ScatterTrace {
  const back = [...points].reverse();
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: [...points, ...back].map((point) => edges.x(point)),
    y: [...points.map((point) => edges.first(point)), ...back.map((point) => edges.second(point))],
    fill: "toself",
    fillcolor: look.fill,
    line: look.line,
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** An estimate with its limits at places on the horizontal axis, from left to right. */
export interface BandPoint {
  readonly x: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A line with the band of its limits below it; what hovering says of a point is `say`'s part. */
export function bandLine(
  points: readonly BandPoint[],
  name: string,
  series: number,
  say: (point: BandPoint) => string,
): ScatterTrace[] {
  const { color, tint, dash } = seriesStyle(series);
  return [
    area(
      `${name}: limits`,
      points,
      { x: ({ x }) => x, first: ({ upper }) => upper, second: ({ lower }) => lower },
      { fill: tint, line: { color, width: 0.75, dash: "dot" } },
    ),
    line(name, points, { x: ({ x }) => x, y: ({ estimate }) => estimate, text: say }, { color, width: 2.5, dash }),
  ];
}

/** From a bar to its place, its width across its length where bars differ in it, and its words. */
export interface BarChannels<P> {
  readonly x: (bar: P, index: number) => number;
  readonly y: (bar: P, index: number) => number;
  readonly width?: (bar: P, index: number) => number;
  readonly text: (bar: P, index: number) => string;
}

/** Bars, upright ones where they have no `orientation`. */
export function bars<P>(
  name: string,
  list: readonly P[],
  { x, y, width, text }: BarChannels<P>,
  marker: BarTrace["marker"],
  orientation?: "h",
): BarTrace {
  return {
    type: "bar",
    name,
    x: list.map(x),
    y: list.map(y),
    ...(width === undefined ? {} : { width: list.map(width) }),
    hoverinfo: "text",
    hovertext: list.map(text),
    marker,
    showlegend: false,
    ...(orientation === undefined ? {} : { orientation }),
  };
}

/** What tells bars of one kind from others without colour. */
export const HATCHED = {
  pattern: { shape: "/", fillmode: "overlay", fgcolor: PAPER, size: 6, solidity: 0.25 },
} as const;

/** How the people of a group are marked, and the sign that stands for the mark in a text. */
export interface GroupMark {
  readonly symbol: MarkerSymbol;
  readonly shown: string;
  readonly series: number;
}

/** The mark of whoever a campaign featured, and the shape of it for where something behind it has to show. */
const FEATURED_MARK: GroupMark = { symbol: "diamond", shown: "◆", series: 0 };
export const FEATURED_HOLLOW: MarkerSymbol = "diamond-open";

const OTHER_MARKS: readonly Omit<GroupMark, "series">[] = [
  { symbol: "circle-open", shown: "○" },
  { symbol: "square-open", shown: "□" },
  { symbol: "cross-open", shown: "✛" },
];

/**
 * The marks of groups. Whoever a campaign featured is a diamond in the first colour, in whatever order the groups come,
 * as in {@link groupStyles}; the others follow in their order.
 *
 * @returns a mark for each group
 * @example groupMarks(["not featured", "featured"]).map((mark) => mark.shown) // ["○", "◆"]
 */
export function groupMarks(groups: readonly string[]): GroupMark[] {
  const others = groups.filter((group) => !isFeatured(group));
  const first = others.length < groups.length ? 1 : 0;
  return groups.map((group) => {
    if (isFeatured(group)) return FEATURED_MARK;
    const place = others.indexOf(group);
    return { ...OTHER_MARKS[place % OTHER_MARKS.length], series: first + place };
  });
}
