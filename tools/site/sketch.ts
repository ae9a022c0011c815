import { asObject, asString, type JsonObject } from "../kernel/protocol/wire";
import { darkened } from "./dark";
import { attributes } from "./html";

/** Size of a sketch in its own units; on a page it is as wide as its place. */
export interface SketchSize {
  readonly width: number;
  readonly height: number;
}

/** Where a value of the figure lies in the sketch. */
interface Place {
  x(value: unknown): number;
  y(value: unknown): number;
}

/** What is no trace that one sees: words, and points that only answer to a mouse. */
const UNSEEN = /^(?:rgba\(0,0,0,0\)|transparent)$/;

/** A step that is shorter than this, in units of the sketch, is not drawn. */
const SHORTEST = 0.8;

/**
 * A figure without its words: the lines, marks, bars and areas of its first plot, as an SVG of few bytes that stays
 * sharp at any size. It decorates, and shows what a figure looks like without giving away what it says.
 *
 * @returns null where there is nothing that could be drawn so, as in a flow
 */
export function sketch(plotly: JsonObject, size: SketchSize): string | null {
  const traces = (Array.isArray(plotly.data) ? plotly.data.map(asObject) : []).filter(seen);
  const layout = asObject(plotly.layout);
  const place = {
    x: scale(asObject(layout.xaxis), valuesOf(traces, "x"), [0, size.width]),
    y: scale(asObject(layout.yaxis), valuesOf(traces, "y"), [size.height, 0]),
  };
  const marks = withDark(traces.map((trace) => drawn(trace, place)).join(""));
  if (marks === "") return null;
  return `<svg class="sketch" viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true" focusable="false"><g>${marks}</g></svg>`;
}

/** Each colour with the one that a dark page has in its place, as the live figure has it. */
function withDark(marks: string): string {
  return marks.replace(
    / (?:fill|stroke)="(#[0-9a-f]{3,6}|rgba?\([\d., ]+\))"/gi,
    (attribute, colour: string) => `${attribute} style="--dark:${String(darkened(colour))}"`,
  );
}

function seen(trace: JsonObject): boolean {
  const own = (name: string, first: string): boolean => asString(trace[name], first) === first;
  return (
    own("xaxis", "x") &&
    own("yaxis", "y") &&
    ["scatter", "bar"].includes(asString(trace.type, "scatter")) &&
    trace.mode !== "text" &&
    trace.visible !== false &&
    !UNSEEN.test(asString(asObject(trace.marker).color))
  );
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function valuesOf(traces: readonly JsonObject[], side: "x" | "y"): unknown[] {
  // A bar begins at zero.
  return traces.flatMap((trace) => [...list(trace[side]), ...(trace.type === "bar" ? [0] : [])]);
}

/** From a value on an axis to its place; what is no number on it has none. */
function scale(axis: JsonObject, values: readonly unknown[], [from, to]: [number, number]): (value: unknown) => number {
  const names = values.filter((value) => typeof value === "string");
  const dates = axis.type === "date";
  const words = !dates && names.some((name) => !Number.isFinite(Number(name)));
  const order = [...new Set(names)];
  const number = (value: unknown): number => {
    if (value === null || value === undefined) return Number.NaN;
    if (dates) return Date.parse(String(value));
    if (words) return order.indexOf(String(value));
    return axis.type === "log" ? Math.log10(Number(value)) : Number(value);
  };
  const given = list(axis.range).map((end) => (axis.type === "log" ? Number(end) : number(end)));
  const known = values.map(number).filter(Number.isFinite);
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const [first, last] = given.length === 2 ? [given[0] ?? low, given[1] ?? high] : [low, high];
  const span = last - first || 1;
  return (value) => from + ((number(value) - first) / span) * (to - from);
}

function drawn(trace: JsonObject, place: Place): string {
  if (trace.type === "bar") return bars(trace, place);
  const mode = asString(trace.mode, "lines");
  const area = trace.fill === "toself" ? path(trace, place, { fill: asString(trace.fillcolor) }) : "";
  if (area !== "") return area;
  const line = asObject(trace.line);
  const stroke = { fill: "none", stroke: asString(line.color, "#555555"), "stroke-width": Number(line.width ?? 2) };
  const dash = line.dash === "dash" ? "7 4" : null;
  const lines = mode.includes("lines") ? path(trace, place, { ...stroke, "stroke-dasharray": dash }) : "";
  return `${intervals(trace, place)}${lines}${mode.includes("markers") ? points(trace, place) : ""}`;
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

function path(trace: JsonObject, place: Place, look: Parameters<typeof attributes>[0]): string {
  const steps = asObject(trace.line).shape === "hv";
  const ys = list(trace.y);
  let d = "";
  let last: { x: number; y: number } | null = null;
  list(trace.x).forEach((value, at) => {
    const [x, y] = [place.x(value), place.y(ys[at])];
    if (!Number.isFinite(x + y)) {
      last = null;
      return;
    }
    if (last !== null && Math.abs(x - last.x) < SHORTEST && Math.abs(y - last.y) < SHORTEST * 4) return;
    d += last === null ? `M${short(x)} ${short(y)}` : steps ? `H${short(x)}V${short(y)}` : `L${short(x)} ${short(y)}`;
    last = { x, y };
  });
  return d === "" ? "" : `<path${attributes({ d, ...look })}/>`;
}

/** The colour of each mark: one for all, or a list. */
function colourOf(trace: JsonObject): (at: number) => string {
  const { color } = asObject(trace.marker);
  return (at) => asString(Array.isArray(color) ? color[at] : color, "#555555");
}

function points(trace: JsonObject, place: Place): string {
  const [xs, ys, colour] = [list(trace.x), list(trace.y), colourOf(trace)];
  const r = xs.length > 100 ? 1.2 : 3;
  // A short line is the mark of somebody who is followed no longer.
  const tick = asString(asObject(trace.marker).symbol).startsWith("line-ns");
  const mark = (x: number, y: number, colour: string): string =>
    tick
      ? `<path${attributes({ d: `M${short(x)} ${short(y - 5)}v10`, stroke: colour, "stroke-width": 1.5 })}/>`
      : `<circle${attributes({ cx: short(x), cy: short(y), r, fill: colour })}/>`;
  return xs
    .map((value, at) => ({ x: place.x(value), y: place.y(ys[at]), fill: colour(at) }))
    .filter(({ x, y }, at) => Number.isFinite(x + y) && (xs.length <= 200 || at % Math.ceil(xs.length / 200) === 0))
    .map(({ x, y, fill }) => mark(x, y, fill))
    .join("");
}

/** The lines of intervals along the horizontal axis, as in a forest. */
function intervals(trace: JsonObject, place: Place): string {
  const { array, arrayminus } = asObject(trace.error_x);
  const [xs, ys, colour] = [list(trace.x), list(trace.y), colourOf(trace)];
  if (!Array.isArray(array)) return "";
  const ends = (at: number): number[] => {
    const [up, down] = [Number(array[at]), Number(list(arrayminus)[at] ?? array[at])];
    return [place.x(Number(xs[at]) - down), place.x(Number(xs[at]) + up)];
  };
  return xs
    .map((_, at) => ({ at, y: short(place.y(ys[at])), ends: ends(at) }))
    .filter(({ ends: [from = Number.NaN, to = Number.NaN] }) => Number.isFinite(from + to))
    .map(({ at, y, ends: [x1 = 0, x2 = 0] }) => {
      const stroke = { stroke: colour(at), "stroke-width": 1.5 };
      return `<line${attributes({ x1: short(x1), x2: short(x2), y1: y, y2: y, ...stroke })}/>`;
    })
    .join("");
}

function bars(trace: JsonObject, place: Place): string {
  const lying = trace.orientation === "h";
  const [lengths, rows] = lying ? [list(trace.x), list(trace.y)] : [list(trace.y), list(trace.x)];
  const [along, across] = lying ? [place.x, place.y] : [place.y, place.x];
  const wide = (Math.abs(across(rows[1]) - across(rows[0])) || 10) * 0.6;
  const colour = colourOf(trace);
  return lengths
    .map((length, at) => {
      const [from, to, middle] = [along(0), along(length), across(rows[at])];
      if (!Number.isFinite(from + to + middle)) return "";
      const [start, long] = [short(Math.min(from, to)), short(Math.abs(to - from))];
      const [side, thick] = [short(middle - wide / 2), short(wide)];
      const box = lying
        ? { x: start, y: side, width: long, height: thick }
        : { x: side, y: start, width: thick, height: long };
      return `<rect${attributes({ ...box, fill: colour(at) })}/>`;
    })
    .join("");
}
