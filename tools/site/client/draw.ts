import { headHtml, isRecord, type Json, type Layout, splitHeader } from "../../../lib/figures/inner";
import { bindNumbers } from "../bound-numbers";
import { darkened } from "../dark";
import { fitted } from "../narrow";
import { onTheme, theme } from "./appearance";
import { plotly } from "./plotly";
import type { FigureValue } from "./shared";
import { leastHeight, squeezedLayout } from "./squeeze";

const CONFIG = { displayModeBar: false, displaylogo: false };
const drawn = new Map<HTMLElement, FigureValue>();
/** Those whose frames have got another height; a wider window gives it back. */
const grown = new WeakSet<HTMLElement>();

/** Fingers scroll the page; a mouse may pull a frame to zoom in. */
const coarse = matchMedia("(pointer: coarse)");

/** Draws a figure into an element in the colours of the page; see SiteApi in shared.ts. */
export async function drawFigure(element: HTMLElement, figure: FigureValue): Promise<void> {
  const library = await plotly(figure.data);
  const first = !drawn.has(element);
  drawn.set(element, figure);
  // A figure that answers to keys of its own has another role.
  if (!element.hasAttribute("role")) element.setAttribute("role", "img");
  element.setAttribute("aria-label", figure.alt);
  // A copy, for plotly.js writes into what it draws.
  const copy: { data: Json; layout: Json } = JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }));
  const split = isRecord(copy.layout) ? splitHeader(copy.layout) : null;
  if (split !== null) {
    const head = headOf(element);
    const words = document.createElement("div");
    words.innerHTML = headHtml(split.head);
    bindNumbers(words);
    if (head.innerHTML !== words.innerHTML) head.innerHTML = words.innerHTML;
  }
  const whole = split?.layout ?? copy.layout;
  const { data, layout } = fitted(copy.data, whole, element.clientWidth);
  const inDark = theme() === "dark";
  const shown = inDark ? darkened(data) : data;
  const room = roomFor(element);
  const inColour = asFields(inDark ? darkened(layout) : layout);
  const sized = room === null ? inColour : squeezedLayout(inColour, room);
  if (room !== null) frameHeight(element, inColour, sized);
  else if (heightOf(layout) !== heightOf(whole) || grown.has(element)) growTo(element, heightOf(layout));
  const moving = {
    ...sized,
    dragmode: coarse.matches ? false : "zoom",
    // Without it plotly.js keeps the first width for ever, and a page that becomes narrower is too wide.
    autosize: true,
  };
  if (first) {
    await library.newPlot(element, shown, moving, CONFIG);
    widths.observe(element);
  } else await library.react(element, shown, moving, CONFIG);
}

/** Where the words of a figure stand: before it, or before the frame that it has. A page's own figures bring them along. */
function headOf(element: HTMLElement): Element {
  const drawing = frameOf(element);
  const before = drawing.previousElementSibling;
  if (before?.matches(".figure-head") === true) return before;
  const made = document.createElement("div");
  made.className = "figure-head";
  drawing.before(made);
  return made;
}

/** On a slide a figure may have less room than it would take; its frame is as high as it is drawn then. */
function roomFor(element: HTMLElement): number | null {
  const { room } = frameOf(element).dataset;
  return room === undefined ? null : Number(room);
}

const heightOf = (layout: Json): Json | undefined => (isRecord(layout) ? layout.height : undefined);

/** A frame is as high as the figure in it, which a key above the plot makes higher where there is little width. */
function growTo(element: HTMLElement, height: Json | undefined): void {
  if (typeof height !== "number") return;
  grown.add(element);
  frameOf(element).style.setProperty("--height", `${height}px`);
}

function frameOf(element: HTMLElement): HTMLElement {
  return element.closest<HTMLElement>(".frame") ?? element;
}

/** The frame of a slide is as high as the figure in it, also when the window changes. */
function frameHeight(element: HTMLElement, own: Layout, sized: Layout): void {
  if (typeof own.height !== "number") return;
  const frame = frameOf(element);
  frame.dataset.least = String(leastHeight(own.height, own));
  frame.style.setProperty("--height", `${Number(sized.height)}px`);
}

function asFields(value: Json): Layout {
  return isRecord(value) ? value : {};
}

/** A figure follows its place: a window that changes, a fold that opens. */
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (!(target instanceof HTMLElement) || contentRect.width === 0) continue;
    const width: unknown = Reflect.get(Object(Reflect.get(target, "_fullLayout")), "width");
    const figure = drawn.get(target);
    if (figure !== undefined && width !== Math.round(contentRect.width)) void drawFigure(target, figure);
  }
});

onTheme(() => {
  for (const [element, figure] of drawn) {
    if (element.isConnected) void drawFigure(element, figure);
    else drawn.delete(element);
  }
});
