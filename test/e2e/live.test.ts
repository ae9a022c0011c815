import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { differences } from "../../tools/notebooks/compare";
import { findNotebooks, type Output, readNotebook } from "../../tools/notebooks/notebook";
import { isSolution } from "../../tools/notebooks/tags";
import { openBrowser } from "../../tools/site/browser";
import type { LiveCell } from "../../tools/site/live/client/api";
import { ROOT } from "../tools/site/support";
import { openPage, siteAddress, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const files = findNotebooks(path.join(ROOT, "notebooks"), []);

/** Waits until nothing runs on the page. */
async function ended(page: Page, milliseconds = 180_000): Promise<void> {
  await page.locator(".live-bar:not([data-running])").waitFor({ timeout: milliseconds });
}

/** The cells as other scripts of the page see them. */
function cellsOf(page: Page): Promise<readonly LiveCell[]> {
  return page.locator("html").evaluate(async () => (await window.hrdLive?.ready())?.cells() ?? []);
}

/** Outputs without pictures, which a page does not make. */
function withoutPictures(outputs: readonly Output[]): Output[] {
  return outputs.map((output) => {
    if (!("data" in output)) return output;
    const { "image/png": _, ...data } = output.data;
    return { ...output, data };
  });
}

test.each(files)("%s runs from a file without a network, each output as committed", async (file) => {
  const name = path.basename(file, ".ipynb");
  const notebook = readNotebook(file);
  const wanted = notebook.cells.map((cell, number) => ({ ...cell, number })).filter(({ tags }) => !isSolution(tags));
  const { page, context, problems } = await openPage(browser, siteAddress(`${name}.html`));
  expect(await page.locator("[data-cell]").count()).toBe(wanted.length);
  expect(await page.locator('[data-cell][data-state="still"]').count()).toBe(wanted.length);
  await page.getByRole("button", { name: "Run all" }).click();
  await ended(page);
  const cells = await cellsOf(page);
  expect(cells.map(({ number, state }) => [number, state])).toEqual(wanted.map(({ number }) => [number, "done"]));
  const others = cells.flatMap(({ number, outputs }, at) =>
    differences(withoutPictures(wanted[at]?.outputs ?? []), outputs).map((words) => `cell ${number}: ${words}`),
  );
  expect(others).toEqual([]);
  // What was redrawn is there: as many figures and tables as the committed outputs hold.
  const figures = cells.flatMap(({ outputs }) =>
    outputs.filter((one) => "data" in one && "application/vnd.plotly.v1+json" in one.data),
  );
  expect(await page.locator("[data-outputs] figure.figure").count()).toBe(figures.length);
  expect(problems).toEqual([]);
  await context.close();
});

test("nothing that runs is loaded before the first run, and a run is one click", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(path.basename(request.url())));
  await page.waitForTimeout(300);
  expect(asked.filter((name) => /kernel|runner|data\.js|cells/.test(name))).toEqual([]);
  expect(await page.locator("iframe").count()).toBe(0);
  await page.getByRole("button", { name: "Run all" }).click();
  await ended(page);
  expect(asked.filter((name) => /kernel|runner|^data\.js|cells/.test(name)).sort()).toEqual([
    "cells-01-long-list.js",
    "data.js",
    "kernel-01-long-list.js",
    "runner.html",
  ]);
  await page.locator("[data-outputs] figure.figure.drawn").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => page.locator('[data-cell]:not([data-state="still"])').count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

test("Stop ends a long run at once, and the notebook goes on from there", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("05-clocks-and-codings.html"));
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator('[data-cell][data-state="done"]').nth(3).waitFor({ timeout: 60_000 });
  await page.locator('[data-state="running"]').waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await ended(page, 5000);
  expect(await page.locator('[data-state="running"]').count()).toBe(0);
  const done = await page.locator('[data-state="done"]').count();
  expect(done).toBeGreaterThan(3);
  expect(await page.locator('[data-state="stale"]').count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  await context.close();
});

test("the policies are as strict as they say", async () => {
  const html = readFileSync(new URL(siteAddress("01-long-list.html")), "utf8");
  const runner = readFileSync(new URL(siteAddress("assets/live/runner.html")), "utf8");
  expect(html).toMatch(/script-src &#39;self&#39;;/);
  expect(html).not.toContain("unsafe-eval");
  expect(runner).toMatch(
    /default-src &#39;none&#39;; script-src &#39;sha256-[^;]+&#39; &#39;unsafe-eval&#39;; worker-src blob:; connect-src &#39;none&#39;/,
  );
});
