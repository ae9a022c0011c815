import { base, loadScript } from "./dom";

/** The calls of plotly.js that the site makes. */
export interface Plotly {
  newPlot(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  react(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
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

/** plotly.js, loaded when the first figure needs it. */
export async function plotly(): Promise<Plotly> {
  if (window.Plotly === undefined) await loadScript(`${base()}assets/plotly.min.js`);
  if (window.Plotly === undefined) throw new Error("plotly.js was loaded, but is not there");
  return window.Plotly;
}
