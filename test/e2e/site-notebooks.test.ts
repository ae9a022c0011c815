import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { allDrawn, openBrowser } from "../../tools/site/browser";
import { ROOT } from "../tools/site/support";
import { every } from "./support/every";
import { openPage, overflow, pointOf, siteAddress, unfold, violations } from "./support/site";

const screenshots = path.join(ROOT, ".cache", "screenshots");
let browser: Browser;
beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const notebooks = inject("pages").filter((name) => /^\d\d-[^/]*\.html$/.test(name));

/** All of them with HRD_EVERY=1; on every run curves, forests, the multiverse, counts and a page of tables. */
const drawn = notebooks.filter((name) => every || /^(?:00|01|05|09|13)-/.test(name));

describe("the page of a notebook, from a file without the network", () => {
  test.each(drawn)("%s is accessible in both schemes, and its figures answer", async (name) => {
    const { page, context, problems } = await openPage(browser, siteAddress(name), { colorScheme: "light" });
    await unfold(page);
    await allDrawn(page, { folded: true });
    expect(await overflow(page), "wider than the window").toBeLessThanOrEqual(0);
    // By all rules with HRD_EVERY=1; on every run two pages stand for all, which are made of the same pieces.
    const wholly = every || name.startsWith("00") || name.startsWith("01");
    if (wholly) expect(await violations(page), "light").toEqual([]);
    const ids = await page.locator("figure.figure").evaluateAll((figures) => figures.map(({ id }) => id));
    const source = readFileSync(`notebooks/${name.replace(/html$/, "ipynb")}`, "utf8");
    expect(ids).toHaveLength(source.split('"application/vnd.plotly.v1+json"').length - 1);
    for (const id of ids) await answers(page, id);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 800 });
    if (wholly) expect(await violations(page, every ? "all" : "contrast"), "dark").toEqual([]);
    // Figures are drawn anew for the width there is now.
    await expect.poll(() => overflow(page), { message: "wider than a telephone" }).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** A figure answers to pointing and to keys, and has its data one key away. */
async function answers(page: Page, id: string): Promise<void> {
  const target = await pointOf(page, id);
  if (target === null) throw new Error(`${id} has no point to point at`);
  await page.mouse.move(target.x - 30, target.y);
  await page.mouse.move(target.x, target.y, { steps: 4 });
  const hover = page.locator(`#${id} .hoverlayer .hovertext`);
  await expect.poll(() => hover.count(), { message: `${id}: pointing` }).toBeGreaterThan(0);
  await page.mouse.move(2, 2);
  const live = page.locator(`#${id} .live`);
  expect(await live.getAttribute("aria-label")).toMatch(/.{40}/);
  await live.press("Escape");
  await live.press("ArrowRight");
  await live.press("ArrowRight");
  await expect.poll(() => hover.count(), { message: `${id}: keys` }).toBeGreaterThan(0);
  await page.locator(`#${id} details.rows`).evaluate((details) => details.removeAttribute("open"));
  await live.press("d");
  expect(await page.locator(`#${id} details.rows tbody tr`).first().isVisible()).toBe(true);
}

// All of them with HRD_EVERY=1; on every run the shortest and the one with most figures.
const printed = notebooks.filter((name) => every || /^0[05]/.test(name));
test.each(printed)("%s in print is a PDF with the pictures, without controls", async (name) => {
  const { page, context } = await openPage(browser, siteAddress(name), { colorScheme: "dark" });
  await allDrawn(page);
  await page.emulateMedia({ media: "print" });
  for (const figure of await page.locator("figure.figure").all())
    expect(await figure.locator(".still img").isVisible()).toBe(true);
  for (const hidden of [".top", ".sidebar", ".live", ".tools"])
    for (const part of await page.locator(hidden).all()) expect(await part.isVisible(), hidden).toBe(false);
  expect(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
    "rgb(255, 255, 255)",
  );
  const split = await page
    .locator("pre.code")
    .evaluateAll((blocks) => blocks.filter((block) => getComputedStyle(block).breakInside !== "avoid").length);
  expect(split, "code that paper may split").toBe(0);
  const file = path.join(screenshots, name.replace(".html", ".pdf"));
  const pdf = await page.pdf({ path: file, preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(4);
  expect(pages).toBeLessThan(60);
  await context.close();
});
