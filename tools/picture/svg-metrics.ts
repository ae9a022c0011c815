import type { DOMWindow } from "jsdom";
import { attribute, type Box } from "./svg-box";
import { lineWidth, textBox } from "./svg-text";

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Gives jsdom's SVG elements the measurements that Plotly asks a browser for. jsdom lays nothing out; text
 * is measured here from the glyphs of the font that the picture will be drawn with, shapes by their
 * attributes.
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
  define(element, "getTotalLength", function (this: Element) {
    return arrowOf(this).length;
  });
  define(element, "getPointAtLength", function (this: Element, at: number) {
    const { x, y, dx, dy, length } = arrowOf(this);
    return length === 0 ? { x, y } : { x: x + (dx * at) / length, y: y + (dy * at) / length };
  });
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

/** A child's box in its parent's coordinates: translations count. */
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

/** The line of an arrow; Plotly asks for lengths of paths only where it puts a head on one. */
function arrowOf(element: Element): { x: number; y: number; dx: number; dy: number; length: number } {
  const path = element.getAttribute("d") ?? "";
  const [x, y, toX, toY] = /^M[^A-Za-z]*L[^A-Za-z]*$/.test(path) ? numbers(path) : [];
  if (toY === undefined) return { x: 0, y: 0, dx: 0, dy: 0, length: 0 };
  const [dx, dy] = [toX - x, toY - y];
  return { x, y, dx, dy, length: Math.sqrt(dx * dx + dy * dy) };
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
