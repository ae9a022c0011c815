import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import type { Figure } from "../../lib/figures/figure";
import { leftOfPlot, markAtEdge } from "../../lib/figures/inner";
import { installSvgMetrics } from "./svg-metrics";

/** The two calls of plotly.js that a still picture needs. */
interface PlotlyApi {
  newPlot(element: Element, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  relayout(element: Element, changes: unknown): Promise<unknown>;
  toImage(element: Element, options: unknown): Promise<string>;
  purge(element: Element): void;
}

/** plotly.js in a window without a browser. */
export interface PlotlyWindow {
  /** The figure as an SVG document, drawn `width` pixels wide. */
  draw(figure: Figure, width: number): Promise<string>;
}

let shared: PlotlyWindow | undefined;

/** Loads plotly.js the first time (about a second); later calls get the same window. */
export function plotlyWindow(): PlotlyWindow {
  shared ??= openWindow();
  return shared;
}

function openWindow(): PlotlyWindow {
  const dom = new JSDOM("<!doctype html><html><body></body></html>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  const { window } = dom;
  installSvgMetrics(window);
  // Plotly looks for these when it loads (map traces, fonts); figures here never use them.
  Object.assign(window, { TextDecoder, TextEncoder });
  window.URL.createObjectURL = () => "";
  window.HTMLCanvasElement.prototype.getContext = () => null;
  window.eval(readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js"), "utf8"));
  const plotly: unknown = Reflect.get(window, "Plotly");
  if (!isPlotly(plotly))
    throw new Error("plotly.js-dist/plotly.js ran, but left no window.Plotly with newPlot and toImage");
  return {
    async draw(figure, width) {
      const element = window.document.createElement("div");
      window.document.body.append(element);
      try {
        // Plotly writes defaults into what it is given, and the window has its own Array and Object.
        const own: unknown = window.JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }));
        if (typeof own !== "object" || own === null || !("data" in own && "layout" in own))
          throw new Error("no figure");
        const height = typeof figure.layout.height === "number" ? figure.layout.height : 450;
        const size = { width, height };
        await plotly.newPlot(element, own.data, Object.assign({}, own.layout, { autosize: false, ...size }), {
          staticPlot: true,
        });
        const marked = markAtEdge(figure.layout, leftOfPlot(element));
        // Plotly would write into the figure's own list.
        if (marked !== null)
          await plotly.relayout(element, window.JSON.parse(JSON.stringify({ annotations: marked.annotations })));
        return decode(await plotly.toImage(element, { format: "svg", ...size }));
      } finally {
        plotly.purge(element);
        element.remove();
      }
    },
  };
}

function isPlotly(value: unknown): value is PlotlyApi {
  return (
    typeof value === "object" &&
    value !== null &&
    ["newPlot", "relayout", "toImage", "purge"].every((name) => name in value)
  );
}

function decode(address: string): string {
  const prefix = "data:image/svg+xml,";
  if (!address.startsWith(prefix)) throw new Error(`plotly.js gave no SVG but ${address.slice(0, 40)}…`);
  return decodeURIComponent(address.slice(prefix.length));
}
