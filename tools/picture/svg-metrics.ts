import type { DOMWindow } from "jsdom";
import { type TextStyle, textAdvance, textExtent } from "./font";

/** A box in pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Gives jsdom's SVG elements the measurements that Plotly asks a browser for. jsdom lays nothing out; text is
 * measured here from the glyphs of the font that the picture will be drawn with, shapes by their attributes.
 */
export function installSvgMetrics(window: DOMWindow): void {
  const element = window.Element.prototype;
  define(element, "getBBox", function (this: Element) {
    return boxOf(this);
  });
  define(element, "getComputedTextLength", function (this: Element) {
    return lineWidth(this);
  });
  define(element, "getBoundingClientRect", function (this: Element) {
    return rectangle(this.namespaceURI?.endsWith("svg") === true ? boxOf(this) : EMPTY);
  });
  define(element, "getTotalLength", () => 0);
  define(element, "getPointAtLength", () => ({ x: 0, y: 0 }));
  define(element, "getScreenCTM", () => ({
    a: 1,
    b: 0,
    c: 0,
    d: 1,
    e: 0,
    f: 0,
    inverse: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
  }));
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function rectangle(box: Box): object {
  return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

function boxOf(element: Element): Box {
  const tag = element.tagName.toLowerCase();
  if (tag === "text") return textBox(element);
  if (tag === "tspan") return textBox(element.closest("text") ?? element);
  if (tag === "rect")
    return {
      x: attribute(element, "x"),
      y: attribute(element, "y"),
      width: attribute(element, "width"),
      height: attribute(element, "height"),
    };
  if (tag === "path") return pathBox(element.getAttribute("d") ?? "");
  if (tag === "g" || tag === "svg") return Array.from(element.children).map(moved).reduce(join, EMPTY);
  return EMPTY;
}

/** A child's box in its parent's coordinates: translations count, rotations by a right angle as well. */
function moved(element: Element): Box {
  const box = boxOf(element);
  const [dx, dy] = numbers(/translate\(([^)]*)\)/.exec(element.getAttribute("transform") ?? "")?.[1] ?? "");
  return box.width === 0 && box.height === 0 ? EMPTY : { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) };
}

function join(a: Box, b: Box): Box {
  if (a.width === 0 && a.height === 0) return b;
  if (b.width === 0 && b.height === 0) return a;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function textBox(element: Element): Box {
  const lines = Array.from(element.querySelectorAll("tspan.line"));
  const style = styleOf(element);
  const { ascent, descent } = textExtent(style);
  const widths = (lines.length > 0 ? lines : [element]).map(lineWidth);
  const width = Math.max(...widths);
  const anchor = property(element, "text-anchor");
  const x = attribute(element, "x");
  const height = ascent + descent + Math.max(0, lines.length - 1) * 1.3 * style.size;
  return {
    x: x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0),
    y: attribute(element, "y") - ascent,
    width: width === 0 ? 0 : width,
    height: width === 0 ? 0 : height,
  };
}

/** Width of the text below an element, each run measured in its own size and weight. */
function lineWidth(element: Element): number {
  let width = 0;
  for (const node of Array.from(element.childNodes)) {
    if (node.nodeType === 3) width += textAdvance(node.textContent ?? "", styleOf(element));
    else if (node.nodeType === 1)
      width += lineWidth(element.ownerDocument.adoptNode === undefined ? element : (node as Element));
  }
  return width;
}

function styleOf(element: Element): TextStyle {
  const weight = property(element, "font-weight");
  return {
    size: Number.parseFloat(property(element, "font-size") || "12"),
    bold: weight === "bold" || Number(weight) >= 600,
  };
}

/** A style or attribute of the nearest element that has it. */
function property(element: Element, name: string): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const styled = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(at.getAttribute("style") ?? "")?.[1];
    const value = styled ?? at.getAttribute(name);
    if (value !== null && value !== undefined && value.trim() !== "") return value.trim();
  }
  return "";
}

function attribute(element: Element, name: string): number {
  const value = Number.parseFloat(element.getAttribute(name) ?? "0");
  return Number.isFinite(value) ? value : 0;
}

function numbers(text: string): number[] {
  return (text.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
}

/** The box of a path's end points; Plotly asks for it only where a path is made of straight lines. */
function pathBox(path: string): Box {
  const xs: number[] = [];
  const ys: number[] = [];
  let x = 0;
  let y = 0;
  for (const [, command, rest] of path.matchAll(/([MLHVZ])([^MLHVZ]*)/gi)) {
    const values = numbers(rest ?? "");
    if (command === "H") x = values.at(-1) ?? x;
    else if (command === "V") y = values.at(-1) ?? y;
    else if (values.length >= 2) [x, y] = [values.at(-2) ?? x, values.at(-1) ?? y];
    else continue;
    xs.push(x);
    ys.push(y);
  }
  if (xs.length === 0) return EMPTY;
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
