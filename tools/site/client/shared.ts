/**
 * What scripts of other bundles share with the site's own: `window.hrd` is there once `site.js` ran, which every page
 * loads first.
 */
export interface SiteApi {
  /**
   * Draws a figure into an element, in the colours of the page's theme, with plotly.js, which is loaded when the first
   * figure needs it. Called again for the same element it redraws. The element gets `role="img"` and the alternative
   * text as its name.
   */
  drawFigure(element: HTMLElement, figure: FigureValue): Promise<void>;
  /** "light" or "dark": what the reader sees now. */
  theme(): "light" | "dark";
  /** Called after each change of the theme; figures drawn by {@link drawFigure} are redrawn without being asked. */
  onTheme(listener: () => void): void;
  /** localStorage where the browser allows it: a page from a file may be denied. Null where nothing is stored. */
  remembered(key: string): string | null;
  remember(key: string, value: string): void;
  /** Says something to screen readers, politely. */
  announce(text: string): void;
  /** Makes what was put into the page later work as what came with it: tables sort, figures are drawn. */
  liven(root: HTMLElement): void;
  /** Until what is returned is called only figures near the window are drawn; the others follow then. */
  holdFigures(): () => void;
}

/** A figure as notebooks store it. */
export interface FigureValue {
  readonly data: readonly unknown[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly alt: string;
}

declare global {
  interface Window {
    hrd?: SiteApi;
  }
}
