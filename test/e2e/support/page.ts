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

/**
 * Makes the window so high that the last cell is in it. More than once, since JupyterLab knows the height of a cell
 * only when it has been in view.
 *
 * @param scroller the element that scrolls the notebook, which starts at its top
 * @param cells all its cells
 */
export async function growToShow(page: Page, scroller: string, cells: string): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await page.locator(scroller).evaluate((box) => box.scrollTo(0, 0));
    const end = await page
      .locator(cells)
      .last()
      .evaluate((cell) => cell.getBoundingClientRect().bottom);
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 1000 };
    await page.setViewportSize({ width, height: Math.max(height, Math.ceil(end) + 60) });
    await page.waitForTimeout(1000);
  }
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
 * points, bars, texts, stations of a flow) of its traces.
 */
export function drawnFigures(page: Page): Promise<DrawnFigure[]> {
  return page.locator(".js-plotly-plot").evaluateAll((plots) =>
    plots.map((plot) => {
      const box = plot.querySelector(".main-svg")?.getBoundingClientRect();
      const shapes = ".mlayer .trace path[d], .mlayer .trace text, .sankey .node-rect";
      const marks = plot.querySelectorAll(shapes).length;
      return {
        label: plot.getAttribute("aria-label") ?? "",
        width: box?.width ?? 0,
        height: box?.height ?? 0,
        marks,
      };
    }),
  );
}
