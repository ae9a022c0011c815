import type { Page } from "playwright-core";
import { growToShow, type NotebookPage } from "./page";

/**
 * JupyterLab 4 or Notebook 7, which is made of the same parts, driven through its menus like a person does.
 *
 * @param route the part of the address before the notebook's path
 */
export function lab(page: Page, server: URL, route: "lab/tree" | "notebooks" = "lab/tree"): NotebookPage {
  const panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const menu = async (title: string, command: string) => {
    await page.locator(".lm-MenuBar-itemLabel", { hasText: new RegExp(`^${title}$`) }).click();
    await page.locator(`.lm-Menu-item[data-command="${command}"]`).click();
  };
  return {
    page,
    async open(name) {
      const url = new URL(`/${route}/notebooks/${name}`, server);
      url.search = `${server.search}&reset`;
      await page.goto(url.href);
      await panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: 60_000 });
    },
    async runAll() {
      await menu("Edit", "editmenu:clear-all");
      await menu("Run", "runmenu:run-all");
      await panel.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor({ timeout: 10_000 });
      await panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: 180_000 });
    },
    async showWhole() {
      const visible = ".jp-NotebookPanel:not(.lm-mod-hidden)";
      await growToShow(page, `${visible} .jp-WindowedPanel-outer`, `${visible} .jp-Cell`);
    },
    async errors() {
      return panel
        .locator('[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]')
        .allInnerTexts();
    },
  };
}
