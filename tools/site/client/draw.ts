import { darkened, type Plain } from "../dark";
import { onTheme, theme } from "./appearance";
import { plotly } from "./plotly";
import type { FigureValue } from "./shared";

const CONFIG = { displayModeBar: false, displaylogo: false };
const drawn = new Map<HTMLElement, FigureValue>();

/** Fingers scroll the page; a mouse may pull a frame to zoom in. */
const coarse = matchMedia("(pointer: coarse)");

/** Draws a figure into an element in the colours of the page; see SiteApi in shared.ts. */
export async function drawFigure(element: HTMLElement, figure: FigureValue): Promise<void> {
  const library = await plotly();
  const first = !drawn.has(element);
  drawn.set(element, figure);
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", figure.alt);
  // A copy, for plotly.js writes into what it draws.
  const copy: { data: Plain; layout: Plain } = JSON.parse(
    JSON.stringify({ data: figure.data, layout: figure.layout }),
  );
  const { data, layout } =
    theme() === "dark" ? { data: darkened(copy.data), layout: darkened(copy.layout) } : copy;
  const moving = { ...asFields(layout), dragmode: coarse.matches ? false : "zoom" };
  if (first) {
    await library.newPlot(element, data, moving, CONFIG);
    widths.observe(element);
  } else await library.react(element, data, moving, CONFIG);
}

function asFields(value: Plain): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** A figure follows its place: a window that changes, a fold that opens. */
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (!(target instanceof HTMLElement) || contentRect.width === 0) continue;
    const width: unknown = Reflect.get(Object(Reflect.get(target, "_fullLayout")), "width");
    if (width !== Math.round(contentRect.width)) window.Plotly?.Plots.resize(target);
  }
});

onTheme(() => {
  for (const [element, figure] of drawn) {
    if (element.isConnected) void drawFigure(element, figure);
    else drawn.delete(element);
  }
});
