import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { allDrawn, openBrowser } from "../../tools/site/browser";
import { notebookPage } from "../../tools/site/notebook-page";
import { documentOf } from "../../tools/site/shell";
import { renderSingle } from "../../tools/site/single";
import type { Files } from "../../tools/site/site";
import { codeCell, hostileCells, hostileFigure, notebookFolder, PIXEL, ROOT } from "../tools/site/support";
import { openPage, pointOf, siteAddress, unfold, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test("theme and folded code are remembered, figures included", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"), {
    colorScheme: "light",
  });
  await unfold(page);
  await allDrawn(page);
  const paper = (): Promise<string | null> =>
    page
      .locator("figure.figure .live .main-svg")
      .first()
      .evaluate((svg) => getComputedStyle(svg).backgroundColor);
  const white = await paper();
  await page.getByRole("button", { name: "Dark colours" }).click();
  await expect.poll(paper).not.toBe(white);
  expect(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(await paper());
  const code = page.locator("details.code pre").first();
  await page.getByRole("button", { name: "Show code" }).click();
  expect(await code.isVisible()).toBe(true);
  await page.goto(siteAddress("01-long-list.html"));
  expect(await code.isVisible()).toBe(true);
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.getByRole("button", { name: "Hide code" }).click();
  expect(await code.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Light colours" }).click();
  expect(problems).toEqual([]);
  await context.close();
});

test("search finds a name on another page and leads there, by keyboard alone", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("library/survival.html"));
  await page.keyboard.press("/");
  await page.keyboard.type("kamilova");
  const first = page.locator("dialog.search li a").first();
  await first.waitFor();
  await page.keyboard.press("ArrowDown");
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.waitForURL(/(?:00-campaign|data)\.html/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzzzqqqq");
  await page.getByText("0 places").waitFor();
  await page.keyboard.press("Escape");
  expect(await page.locator("dialog.search").isVisible()).toBe(false);
  expect(problems).toEqual([]);
  await context.close();
});

test("a table sorts, a row opens its sources, and tables, figures and code can be taken along", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("00-campaign.html"), {
    acceptDownloads: true,
  });
  await unfold(page);
  await allDrawn(page);
  const cases = page.locator(".table", { has: page.locator("tr.has-sources") }).first();
  await page.locator("details.sources").evaluateAll((all) => {
    for (const details of all) details.removeAttribute("open");
  });
  const names = (): Promise<string[]> => cases.locator("tbody td:nth-child(2)").allInnerTexts();
  const before = await names();
  const heading = cases.locator("th", { hasText: "Name" });
  await heading.getByRole("button").click();
  expect(await heading.getAttribute("aria-sort")).toBe("ascending");
  expect(await names()).toEqual([...before].sort((a, b) => a.localeCompare(b, "en")));
  await heading.getByRole("button").press("Enter");
  expect((await names())[0]).toBe([...before].sort((a, b) => b.localeCompare(a, "en"))[0]);
  await heading.getByRole("button").press("Enter");
  expect(await names()).toEqual(before);

  const row = cases.locator("tbody tr").first();
  expect(await row.locator(".sources a").first().isVisible()).toBe(false);
  await row.locator("td").nth(1).click();
  const source = row.locator(".sources a").first();
  expect(await source.isVisible()).toBe(true);
  expect(await source.getAttribute("href")).toMatch(/^https?:/);

  const download = async (act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
    const [file] = await Promise.all([page.waitForEvent("download"), act()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const table = await download(() => cases.getByRole("button", { name: /as CSV/ }).click());
  expect(table.name).toBe("detention-and-first-release.csv");
  expect(table.bytes.toString().split("\r\n")).toHaveLength(before.length + 2);
  expect(table.bytes.toString()).toContain("https://");
  const figure = page.locator("figure.figure").first();
  // The menu is made when its figure is drawn, before everything was unfolded or after.
  const menu = figure.locator(".save");
  if ((await menu.getAttribute("open")) === null) await menu.locator("summary").click();
  const part = (label: string) =>
    download(() => figure.getByRole("button", { name: new RegExp(`as ${label}$`) }).click());
  const svg = await part("SVG, one column");
  expect(svg.bytes.toString()).toMatch(/^<svg width="88mm" height="[\d.]+mm" /);
  expect((await part("SVG, two columns")).bytes.toString()).toMatch(/^<svg width="180mm" /);
  const png = await part("PNG");
  expect(png.bytes.readUInt32BE(16)).toBe(1520);
  const csv = await part("CSV");
  expect(csv.name).toMatch(/^00-campaign-[\w-]+\.csv$/);
  const stem = csv.name.replace(/\.csv$/, "");
  expect([svg.name, png.name]).toEqual([`${stem}-88mm.svg`, `${stem}.png`]);
  const json = await part("JSON");
  const meaning = JSON.parse(json.bytes.toString());
  expect(meaning.figure).toBe(stem);
  expect(meaning.columns).toHaveLength(csv.bytes.toString().split("\r\n")[0].split(",").length);
  for (const [label, mm] of [
    ["one column", 88],
    ["two columns", 180],
  ] as const) {
    const pdf = await part(`PDF, ${label}`);
    expect(pdf.name).toBe(`${stem}-${mm}mm.pdf`);
    const text = pdf.bytes.toString("latin1");
    expect(text).toMatch(/^%PDF-/);
    // The width in points, and the font in the file.
    expect(Number(/\/MediaBox \[0 0 ([\d.]+) /.exec(text)?.[1])).toBeCloseTo((mm / 25.4) * 72, 0);
    expect(text).toMatch(/\/FontFile2 /);
    expect((await part(`PDF, ${label}`)).bytes.equals(pdf.bytes)).toBe(true);
  }

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copy = page.getByRole("button", { name: /^Copy: Code of cell/ }).first();
  await copy.click();
  await page.getByText("Copied").first().waitFor();
  expect(await page.locator("html").evaluate(() => navigator.clipboard.readText())).toContain('from "../lib/paper"');
  expect(problems).toEqual([]);
  await context.close();
});

test("without scripts every figure is its picture, in the system's colours, and nothing is hidden", async () => {
  const { page, context } = await openPage(browser, siteAddress("01-long-list.html"), {
    javaScriptEnabled: false,
    colorScheme: "dark",
  });
  const images = page.locator("figure.figure img");
  expect(await images.count()).toBeGreaterThan(1);
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    expect(await image.isVisible()).toBe(true);
    const box = await image.boundingBox();
    expect(box?.width).toBeGreaterThan(600);
  }
  expect(await page.locator("details.code pre").first().isVisible()).toBe(true);
  await context.close();
});

test("one file for an e-mail holds everything", async () => {
  const { html } = await renderSingle(ROOT, "01");
  const alone = mkdtempSync(path.join(tmpdir(), "hrd-single-"));
  const file = path.join(alone, "mail.html");
  writeFileSync(file, html);
  const { page, context, problems } = await openPage(browser, pathToFileURL(file).href);
  await unfold(page);
  await allDrawn(page, { folded: true });
  const targets = await page
    .locator("main a[href^='#']")
    .evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute("href")?.slice(1) ?? "")));
  const missing = await page
    .locator("html")
    .evaluate((_, names) => names.filter((name) => document.getElementById(name) === null), targets);
  expect(missing).toEqual([]);
  expect(await page.locator("#lib-kaplanMeier").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
  rmSync(alone, { recursive: true, force: true });
});

describe("a hostile notebook", () => {
  test("is harmless in the page, as the policy would have kept it anyway", async () => {
    const figure = codeCell("1", { id: "figure", outputs: [hostileFigure(PIXEL)] });
    const made = notebookFolder([...hostileCells(), figure]);
    const own: Files = new Map();
    const hostileContext = { root: ROOT, library: new Map(), files: own, single: false };
    const built = await notebookPage(made.file, hostileContext);
    const main = built.page.main.outerHTML.replace("<main>", '<main id="main" tabindex="-1">');
    const html = documentOf(built.page, main, {
      navigation: [],
      styles: ["assets/site.css", "assets/katex.css"],
      scripts: ["assets/site.js"],
    });
    for (const [name, content] of own.set(built.page.path, html)) {
      mkdirSync(path.dirname(path.join(inject("site"), name)), { recursive: true });
      writeFileSync(path.join(inject("site"), name), content);
    }
    const { page, context, problems } = await openPage(browser, siteAddress(built.page.path));
    await unfold(page);
    await allDrawn(page);
    for (const link of await page.locator("main a:not(.permalink)").all())
      if ((await link.getAttribute("href")) === null)
        await link.click({ force: true, timeout: 2000 }).catch(() => null);
    const target = await pointOf(page, "figure-figure");
    if (target !== null) await page.mouse.move(target.x, target.y, { steps: 3 });
    await page.waitForTimeout(200);
    expect(await page.locator("html").evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
    expect(await page.locator("main").isVisible()).toBe(true);
    expect(page.url()).toContain("90-made-up.html");
    expect(problems).toEqual([]);
    await context.close();
    rmSync(made.folder, { recursive: true, force: true });
  });
});
