import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { differences } from "../../tools/notebooks/compare";
import { findNotebooks, readNotebook } from "../../tools/notebooks/notebook";
import { isSolution } from "../../tools/notebooks/tags";
import { openBrowser } from "../../tools/site/browser";
import { pageCells } from "../../tools/site/live";
import type { LiveCell } from "../../tools/site/live/client/api";
import { CellGraph } from "../../tools/site/live/graph";
import { ROOT } from "../tools/site/support";
import { every } from "./support/every";
import { ended, withoutPictures, write } from "./support/live";
import { openPage, siteAddress, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const files = findNotebooks(path.join(ROOT, "notebooks"), []);

/** The cells as other scripts of the page see them. */
function cellsOf(page: Page): Promise<readonly LiveCell[]> {
  return page.locator("html").evaluate(async () => (await window.hrdLive?.ready())?.cells() ?? []);
}

/** A notebook whose cells ask a database engine. */
const isAtScale = (file: string): boolean => path.basename(file).startsWith("09-");

test("09 says in words that a page has no database engine, and where its cells run", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("09-at-scale.html"));
  await page.getByRole("button", { name: "Run all" }).click();
  await ended(page);
  expect(await page.locator('[data-cell="0"]').getAttribute("data-state")).toBe("error");
  const said = await page.locator('[data-cell="0"] [data-outputs]').innerText();
  expect(said).toContain("a page has no database engine; this cell runs in Jupyter");
  expect(problems).toEqual([]);
  await context.close();
});

/** All of them with HRD_EVERY=1; on every run those that differ most: danfojs, curves, files written (05 in Firefox). */
const running = files.filter((file) => !isAtScale(file) && (every || /^(?:00|01|08)-/.test(path.basename(file))));

test.each(running)("%s runs from a file without a network, each output as committed", async (file) => {
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
  await page.locator("[data-outputs] figure.figure.drawn").first().waitFor({ state: "attached" });
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

test("an exercise asks for a function, which is judged in the page by what it gives on other data", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("01-long-list.html")}?code=open`);
  const cell = page.locator("[data-cell]", { hasText: 'check("01-e")' });
  const number = Number(await cell.getAttribute("data-cell"));
  const said = page.locator(`[data-cell="${number}"] [data-outputs]`);
  const product = (
    atRisk: string,
  ) => `check("01-e", (time: number[], event: boolean[]) => time.filter((_, i) => event[i]).sort((a, b) => a - b)
  .reduce((s, t, i, all) => all.indexOf(t) < i ? s : s * (1 - all.filter((x) => x === t).length / time.filter((x) => ${atRisk}).length), 1))`;
  await write(page, number, product("x >= t - 1"));
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => said.innerText(), { timeout: 60_000 }).toMatch(/Right on \d of 6 data sets, wrong with/);
  await write(page, number, product("x >= t"));
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => said.innerText(), { timeout: 60_000 }).toContain("Right on all 6 data sets");
  expect(await page.content()).not.toContain("isAtRisk");
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

test("an edit is checked before it runs, runs what depends on it and nothing else, and can be taken back", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("01-long-list.html")}?code=open`);
  const state = (number: number) => page.locator(`[data-cell="${number}"]`).getAttribute("data-state");
  const source = (await page.locator('[data-cell="3"] pre.code').innerText()).trimEnd();
  await write(page, 3, `${source.replace("curve?.survival[i]", "curve?.survivall[i]")}`);
  await page.keyboard.press("Shift+Enter");
  const error = page.locator('[data-cell="3"] .live-error');
  await error.waitFor({ timeout: 60_000 });
  expect(await error.innerText()).toMatch(/^cell 3, line 10, column \d+: TS2551: Did you mean 'survival'\?/);
  expect(await state(3)).toBe("error");
  // The bar of the cell says that it failed; the message has no second one.
  expect(
    await error
      .locator("pre")
      .first()
      .evaluate((pre) => getComputedStyle(pre).borderLeftWidth),
  ).toBe("0px");
  // Keys alone: what was typed is taken back, and Tab leaves the editor.
  await page.locator('[data-cell="3"] .cm-content').focus();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest(".cm-editor") ?? null)).toBeNull();
  await write(page, 3, `${source}\nconst [first] = steps;\nfirst?.factor`);
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => state(3), { timeout: 60_000 }).toBe("done");
  await ended(page);
  expect(await page.locator('[data-cell="3"] [data-outputs]').innerText()).toContain("1 − 1/5");
  const cells = await cellsOf(page);
  const needed = new Set([...(await needsOf(3)), 3, ...(await dependentsOf(3))]);
  for (const cell of cells)
    expect([cell.number, cell.state]).toEqual([cell.number, needed.has(cell.number) ? "done" : "still"]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => page.locator('[data-cell]:not([data-state="still"])').count()).toBe(0);
  expect((await page.locator('[data-cell="3"] pre.code').innerText()).trimEnd()).toBe(source);
  expect(problems).toEqual([]);
  await context.close();
});

const graph = new CellGraph(pageCells(path.join(ROOT, "notebooks/01-long-list.ipynb")));

async function dependentsOf(number: number): Promise<Set<number>> {
  return graph.dependents([number]);
}

/** Everything that a cell needs, directly or not. */
async function needsOf(number: number): Promise<number[]> {
  return graph.plan([number], () => false);
}

test("after an edit of any cell the results are those of a fresh run with that edit", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"));
  await page.getByRole("button", { name: "Run all" }).click();
  await ended(page);
  const rerun = await page.locator("html").evaluate(async () => {
    const live = await window.hrdLive?.ready();
    if (live === undefined) return [];
    const text = (): string =>
      JSON.stringify(live.cells().map(({ number, outputs, state }) => ({ number, outputs, state })));
    const found: string[] = [];
    for (const number of [1, 2, 4, 9]) {
      const cell = live.cells().find((one) => one.number === number);
      if (cell === undefined) continue;
      // An edit that prints, so that the cell is another one, and changes no value.
      await live.setSource(number, `console.log("edited ${number}");\n${cell.source}`);
      await live.runCell(number);
      const after = text();
      await live.run();
      if (text() !== after) found.push(`cell ${number}`);
    }
    return found;
  });
  expect(rerun).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
