import type { Page } from "playwright-core";
import { growToShow, type NotebookPage } from "./page";

/** Notebook 6, driven through its own JavaScript object. Expressions are text, for they run in the page. */
export function notebook6(page: Page, server: URL): NotebookPage {
  return {
    page,
    async open(name) {
      const url = new URL(`/notebooks/notebooks/${name}`, server);
      url.search = server.search;
      await page.goto(url.href);
      await page.waitForFunction("window.Jupyter?.notebook?.kernel?.info_reply?.status === 'ok'", null, {
        timeout: 60_000,
      });
      // A test must not write into the committed notebook.
      await page.evaluate("Jupyter.notebook.set_autosave_interval(0)");
    },
    async runAll() {
      await page.evaluate("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()");
      // A cell that fails keeps those after it from running: then it is over too, and errors() tells.
      const over = `(() => {
        const cells = Jupyter.notebook.get_cells().filter((cell) => cell.cell_type === "code" && cell.get_text().trim() !== "");
        const failed = cells.some((cell) => cell.output_area.outputs.some((output) => output.output_type === "error"));
        return failed || cells.every((cell) => typeof cell.input_prompt_number === "number");
      })()`;
      await page.waitForFunction(over, null, { timeout: 180_000 });
    },
    async showWhole() {
      await growToShow(page, "#site", "#notebook-container > .cell");
    },
    async errors() {
      const texts: unknown = await page.evaluate(
        `Jupyter.notebook.get_cells().flatMap((cell) => cell.output_area?.outputs ?? [])
          .filter((output) => output.output_type === "error" || output.name === "stderr")
          .map((output) => output.evalue ?? output.text)`,
      );
      return Array.isArray(texts) ? texts.map(String) : [String(texts)];
    },
  };
}
