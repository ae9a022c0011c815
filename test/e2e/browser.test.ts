import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findNotebooks } from "../../tools/notebooks/notebook";
import { openBrowser } from "../../tools/site/browser";
import { projectRoot } from "../../tools/start/machine";
import { stillRunning } from "../../tools/start/process-tree";
import { every } from "./support/every";
import { lab } from "./support/lab";
import { notebook6 } from "./support/notebook6";
import { npmStart, type RunningStart } from "./support/npm-start";
import { drawnFigures, type NotebookPage } from "./support/page";
import { savedFigureCount } from "./support/saved";

const screenshots = join(projectRoot, ".cache", "screenshots");
/** The way to drive the Jupyter that npm start said it starts. */
function notebookPage(page: Page, { url, output }: RunningStart): NotebookPage {
  if (output().includes("Starting JupyterLab")) return lab(page, url);
  return output().includes("Starting Jupyter Notebook 6") ? notebook6(page, url) : lab(page, url, "notebooks");
}

describe("the notebooks in the Jupyter that npm start opens", () => {
  let started: RunningStart;
  let browser: Browser;

  beforeAll(async () => {
    started = await npmStart();
    browser = await openBrowser();
    mkdirSync(screenshots, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await started?.cleanUp();
  });

  // All of them with HRD_EVERY=1; on every run those that differ most in what they ask of Jupyter.
  const chosen = every ? [] : ["02", "08"];
  const names = findNotebooks(join(projectRoot, "notebooks"), chosen).map((file) => basename(file, ".ipynb"));
  test.each(names)("%s runs without an error and draws every figure", async (name) => {
    const file = join(projectRoot, "notebooks", `${name}.ipynb`);
    const committed = readFileSync(file);
    // Results that wait for a guess are folded, and what is folded has no size.
    writeFileSync(file, committed.toString().replaceAll('"outputs_hidden": true', '"outputs_hidden": false'));
    // High enough that Jupyter renders the whole notebook at once.
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    try {
      const notebook = notebookPage(page, started);
      await notebook.open(`${name}.ipynb`);
      await notebook.runAll();
      expect(await notebook.errors()).toEqual([]);

      const expected = savedFigureCount(file);
      expect(expected).toBeGreaterThan(0);
      await expect.poll(async () => (await drawnFigures(page)).length, { timeout: 30_000 }).toBe(expected);
      await expect
        .poll(async () => (await drawnFigures(page)).filter((figure) => figure.marks === 0), {
          timeout: 30_000,
        })
        .toEqual([]);
      for (const figure of await drawnFigures(page)) {
        expect(figure.label).not.toBe("");
        expect(figure.width).toBeGreaterThan(300);
        expect(figure.height).toBeGreaterThan(150);
      }
      if (every) {
        await notebook.showWhole();
        await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
      }
    } finally {
      await page.close();
      // Jupyter may have saved what was run; the committed outputs are the runner's.
      if (!readFileSync(file).equals(committed)) writeFileSync(file, committed);
    }
  });

  test("nothing but this computer can reach the server, and nobody without the token", async () => {
    expect(started.url.hostname).toBe("127.0.0.1");
    const status = new URL("/api/contents/notebooks", started.url);
    expect((await fetch(status)).status).toBe(403);
    status.search = started.url.search;
    expect((await fetch(status)).status).toBe(200);
  });

  test("Ctrl-C ends the server and the kernels of all notebooks", async () => {
    const processes = await started.processes();
    // The tool, Jupyter and a kernel for each notebook at the least.
    expect(processes.length).toBeGreaterThanOrEqual(2 + names.length);
    // The shell that npm puts in between ends by the signal itself.
    expect([0, 130]).toContain(await started.ctrlC());
    expect(await stillRunning(processes)).toEqual([]);
    expect(started.output()).not.toMatch(/error|deprecat/i);
  });

  test("and nothing was written to the home folder", () => {
    expect(started.homeFiles()).toEqual([]);
  });
});
