import { isBasic } from "../plotly-parts";
import { base, loadScript } from "./dom";

/** The calls of plotly.js that the site makes. */
export interface Plotly {
  newPlot(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  react(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(element: HTMLElement): void;
  relayout(element: HTMLElement, changes: Readonly<Record<string, unknown>>): Promise<unknown>;
  toImage(figure: unknown, options: unknown): Promise<string>;
  readonly Fx: {
    hover(element: HTMLElement, points: readonly unknown[]): void;
    unhover(element: HTMLElement): void;
  };
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}

/** Whether the whole of plotly.js is there: a page that stands alone brings what it needs. */
let whole = false;

/**
 * plotly.js, loaded when the first figure needs it: the small one, which is there in a third of the time, unless the page
 * or the figure has series that only the whole draws.
 */
export async function plotly(data?: unknown): Promise<Plotly> {
  const { single, plotly: wanted } = document.documentElement.dataset;
  const needed = single === undefined && !whole && (wanted === "whole" || (data !== undefined && !isBasic(data)));
  if (needed) {
    await loadScript(`${base()}assets/plotly.min.js`);
    whole = true;
  } else if (window.Plotly === undefined) await loadScript(`${base()}assets/plotly-basic.min.js`);
  if (window.Plotly === undefined) throw new Error("plotly.js was loaded, but is not there");
  return window.Plotly;
}
