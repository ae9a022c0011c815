import type { Page } from "playwright-core";

/** A notebook opened in a browser, in whichever Jupyter it is. */
export interface NotebookPage {
  readonly page: Page;
  /** Opens `notebooks/<name>` with a kernel that is ready. */
  open(name: string): Promise<void>;
  /** Removes the saved outputs, runs all cells and waits until none is running or waiting. */
  runAll(): Promise<void>;
  /** The text of every error and of everything written to stderr. */
  errors(): Promise<string[]>;
  /** Makes the window so high that the whole notebook is in it, for a screenshot. */
  showWhole(): Promise<void>;
}

/** Makes the window higher by as much as the notebook's scrolling element hides. */
export async function growToShow(page: Page, scroller: string): Promise<void> {
  const hidden = await page
    .locator(scroller)
    .evaluate((element) => element.scrollHeight - element.clientHeight);
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 1000 };
  await page.setViewportSize({ width, height: height + Math.ceil(hidden) });
  await page.waitForTimeout(1000);
}

/** What a figure in the page looks like: how large, how many of its traces are drawn. */
export interface DrawnFigure {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly marks: number;
}

/**
 * Measures every figure that plotly.js has drawn: the size of its picture and the number of the shapes (lines,
 * points, bars, texts) of its traces.
 */
export function drawnFigures(page: Page): Promise<DrawnFigure[]> {
  return page.locator(".js-plotly-plot").evaluateAll((plots) =>
    plots.map((plot) => {
      const box = plot.querySelector(".main-svg")?.getBoundingClientRect();
      const marks = plot.querySelectorAll(".mlayer .trace path[d], .mlayer .trace text").length;
      return {
        label: plot.getAttribute("aria-label") ?? "",
        width: box?.width ?? 0,
        height: box?.height ?? 0,
        marks,
      };
    }),
  );
}
