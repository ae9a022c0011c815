import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../../tools/site/browser";
import { ROOT } from "../tools/site/support";
import { ended, write } from "./support/live";
import { openPage, siteAddress, violations } from "./support/site";

/** What a reader does on a page that runs: he writes with the help of the editor, and brings his own data. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test("an editor says what can stand at a place, what a name is, and what a call takes", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("01-long-list.html")}?code=open`);
  const cell = page.locator('[data-cell="3"]');
  await cell.locator("pre.code").focus();
  await cell.locator(".cm-content").waitFor();
  await page.keyboard.press("Control+End");
  // In a cell that is not finished, as it is while somebody writes.
  await page.keyboard.type("\ncurve?.");
  const list = page.locator(".cm-tooltip-autocomplete");
  await expect
    .poll(() => list.locator(".cm-completionLabel").allInnerTexts(), { timeout: 60_000 })
    .toEqual(expect.arrayContaining(["atRisk", "censored", "events"]));
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type("surv");
  await expect.poll(() => list.locator("li").count()).toBeLessThan(5);
  await page.keyboard.press("Enter");
  expect(await cell.locator(".cm-line").last().innerText()).toBe("curve?.survival");
  // Parameters, of which the second stands where the cursor is.
  await page.keyboard.type(";\nkaplanMeier(");
  const hint = page.locator(".live-hint");
  await expect.poll(() => hint.innerText().catch(() => ""), { timeout: 30_000 }).toMatch(/^kaplanMeier\(outcome/);
  await page.keyboard.press("Escape");
  await page.keyboard.type("{ time, event });");
  // The docstring of what the mouse rests on.
  await cell.locator(".cm-line", { hasText: "const [curve] = kaplanMeier" }).scrollIntoViewIfNeeded();
  const box = await cell
    .locator(".cm-line", { hasText: "const [curve] = kaplanMeier" })
    .getByText("kaplanMeier")
    .boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
  await expect
    .poll(
      () =>
        page
          .locator(".cm-tooltip-hover .live-hint")
          .innerText()
          .catch(() => ""),
      { timeout: 30_000 },
    )
    .toMatch(/kaplanMeier[\s\S]*Kaplan–Meier/);
  expect(problems).toEqual([]);
  await context.close();
});

/** Files dropped on the page, as a browser tells of them. */
async function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.locator("main").evaluate((main, all) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(all)) dataTransfer.items.add(new File([text], name));
    main.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
}

const data = (name: string): string => readFileSync(path.join(ROOT, "data", name), "utf8");

test("a file that is dropped stands in for one of data/, and the page says whose data are shown", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("01-long-list.html")}?code=open`);
  const shown = page.locator('[data-cell="0"] [data-outputs]');
  expect(await shown.innerText()).toMatch(/not featured\)\s+18\s/);
  const rows = data("long_list.csv").trimEnd().split("\n");
  const files = { "freethe20.csv": data("freethe20.csv"), "long_list.csv": `${rows.slice(0, -3).join("\n")}\n` };
  await drop(page, files);
  const banner = page.locator(".live-banner");
  await banner.waitFor();
  expect(await banner.innerText()).toMatch(
    /^Your own data: freethe20\.csv, long_list\.csv\. They are read in this page and sent nowhere\./,
  );
  expect(await page.locator('[data-cell][data-state="stale"]').count()).toBe(await page.locator("[data-cell]").count());
  await page.getByRole("button", { name: "Run to here, cell 0" }).click();
  await ended(page);
  expect(await shown.innerText()).toMatch(/not featured\)\s+15\s/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Back to the project's data" }).click();
  await banner.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Run to here, cell 0" }).click();
  await ended(page);
  expect(await shown.innerText()).toMatch(/not featured\)\s+18\s/);
  expect(problems).toEqual([]);
  await context.close();
});

test("a file that is dropped feeds 08 by its name", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("08-your-own-campaign.html")}?code=open`);
  const rows = data("examples/synthetic-own-columns.csv").split("\n");
  await drop(page, { "mine.csv": `${rows.slice(0, 41).join("\n")}\n` });
  await page.locator(".live-banner").waitFor();
  expect(await page.locator(".live-banner").innerText()).toContain('so cells find them by their names: "mine.csv"');
  await write(page, 1, 'const data = await loadCampaign("mine.csv", appeal);\ndata.n');
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(() => page.locator('[data-cell="1"]').getAttribute("data-state"), { timeout: 60_000 })
    .toMatch(/done|error/);
  const outputs = page.locator('[data-cell="1"] [data-outputs]');
  await expect.poll(() => outputs.innerText(), { timeout: 60_000 }).toMatch(/^\s*40\s*$/);
  await page.getByRole("button", { name: "Stop" }).click();
  await ended(page);
  expect(problems).toEqual([]);
  await context.close();
});
