import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser } from "../../tools/site/browser";
import { every } from "./support/every";
import { openPage, overflow, siteAddress, violations } from "./support/site";

/** What makes a page easy to read: folded code, lines of a good length, the way to the other pages, paper. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const all = inject("pages").filter((name) => /^\d\d-[^/]*\.html$/.test(name));
/** All of them with HRD_EVERY=1; on every run the first, the longest, those with most code, and one of tables. */
const notebooks = all.filter((name) => every || /^(?:00|01|04|08|13)-/.test(name));
const code = (page: Page) => page.locator("details.code pre").first();

describe("the first screen", () => {
  test("of the index has the question, the answer, Figure 1 and what is real, on a desk and in a hand", async () => {
    const { page, context } = await openPage(browser, siteAddress("index.html"));
    for (const size of [
      { width: 1280, height: 720 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(size);
      for (const part of ["h1", ".answer", ".front-figure svg", ".real"]) {
        const box = await page.locator(`.first-screen ${part}`).first().boundingBox();
        expect(box?.y, part).toBeGreaterThan(0);
        expect((box?.y ?? 0) + (box?.height ?? 0), `${part} at ${size.width}`).toBeLessThanOrEqual(size.height);
      }
      // Small, and to be read: no letter of Figure 1 is under 11 pixels.
      const letters = await page
        .locator(".front-figure text")
        .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height / 1.2));
      expect(Math.min(...letters)).toBeGreaterThan(11);
    }
    await context.close();
  });

  test("and the second of a notebook have its figure, or the one before", async () => {
    const { page, context } = await openPage(browser, siteAddress("index.html"), {
      viewport: { width: 1280, height: 720 },
    });
    for (const name of notebooks) {
      await page.goto(siteAddress(name));
      if ((await page.locator("figure.figure").count()) === 0) continue;
      const box = await page.locator(".lead-figure :is(img, svg):visible").boundingBox();
      expect(box?.y, name).toBeLessThan(720);
      expect((box?.y ?? 0) + (box?.height ?? 0), name).toBeLessThanOrEqual(2 * 720);
    }
    await context.close();
  });
});

describe("code", () => {
  test("is folded until somebody wants it, then on all pages, and the address can say either", async () => {
    const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"));
    expect(await code(page).isVisible()).toBe(false);
    await page.getByRole("button", { name: "Show code" }).click();
    expect(await code(page).isVisible()).toBe(true);
    expect(page.url()).toMatch(/01-long-list\.html\?code=open$/);
    await page.goto(siteAddress("03-cox-models.html"));
    expect(await code(page).isVisible()).toBe(true);
    await page.goto(`${siteAddress("03-cox-models.html")}?code=folded&theme=dark#the-hazard`);
    expect(await code(page).isVisible()).toBe(false);
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.getByRole("button", { name: "Light colours" }).click();
    expect(page.url()).toMatch(/\?code=folded&theme=light#the-hazard$/);
    expect(problems).toEqual([]);
    await context.close();
  });

  test("keeps what is being read where it is when the code above it goes", async () => {
    const { page, context } = await openPage(browser, `${siteAddress("01-long-list.html")}?code=open`);
    const heading = page.locator("#footnote-4-three-journalists");
    await heading.scrollIntoViewIfNeeded();
    const next = page.locator("#footnote-4-three-journalists ~ p, #footnote-4-three-journalists ~ .output");
    const top = () => next.first().evaluate((part) => Math.round(part.getBoundingClientRect().top));
    await next.first().evaluate((part) => part.scrollIntoView({ behavior: "instant" }));
    const before = await top();
    await page.getByRole("button", { name: "Hide code" }).evaluate((made: HTMLElement) => made.click());
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
    await context.close();
  });
});

test("no code is cut off where there is room, and a line of text has 62 to 72 letters", async () => {
  const { page, context } = await openPage(browser, siteAddress("index.html"));
  for (const name of notebooks) {
    await page.goto(`${siteAddress(name)}?code=open`);
    const cut = await page
      .locator("pre.code")
      .evaluateAll((blocks) => blocks.filter((block) => block.scrollWidth > block.clientWidth).length);
    expect(cut, name).toBe(0);
    expect(await overflow(page), name).toBeLessThanOrEqual(0);
    const letters = await page.locator("section.markdown > p").evaluateAll((paragraphs) => {
      const counts = paragraphs.flatMap((paragraph) => {
        if (paragraph.querySelector(".katex, code") !== null) return [];
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const tops = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8)));
        const length = (paragraph.textContent ?? "").length;
        // The last line is as long as it happens to be: many lines outweigh it.
        return tops.size < 4 ? [] : [length / (tops.size - 0.5)];
      });
      return counts.reduce((sum, count) => sum + count, 0) / counts.length;
    });
    expect(letters, name).toBeGreaterThan(62);
    expect(letters, name).toBeLessThan(72);
  }
  await context.close();
});

test("a term shows its definition to keyboard and mouse, and Escape puts it away", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"));
  const term = page.locator("a.term", { hasText: "censoring" });
  const box = page.getByRole("tooltip");
  expect(await box.count()).toBe(0);
  await term.focus();
  expect(await box.innerText()).toMatch(/^Observation ended before the event\./);
  expect(await term.getAttribute("aria-describedby")).toBe("definition");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await box.count()).toBe(0);
  expect(await term.getAttribute("aria-describedby")).toBeNull();
  const other = page.locator("a.term", { hasText: "p value" });
  await other.hover();
  expect(await box.innerText()).toMatch(/^How often chance alone/);
  // From the term to its definition, which stays while it is pointed at.
  await box.hover();
  await page.waitForTimeout(400);
  expect(await box.isVisible()).toBe(true);
  await page.mouse.move(2, 2);
  await expect.poll(() => box.count()).toBe(0);
  await term.press("Enter");
  await page.waitForURL(/glossary\.html#censoring$/);
  expect(problems).toEqual([]);
  await context.close();
});

test("what search finds is marked in its own words", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("index.html"));
  await page.keyboard.press("/");
  await page.keyboard.type("Liu Xia");
  const first = page.locator("dialog.search li a").first();
  await first.waitFor();
  await expect.poll(() => first.locator(".excerpt mark").allInnerTexts()).toEqual(["Liu", "Xia"]);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test("the table of contents says where one is, and the end of a page where one can go", async () => {
  const { page, context, problems } = await openPage(browser, siteAddress("02-ua-control-group.html"));
  const here = page.locator(".sidebar a[aria-current='location']");
  expect(await here.count()).toBe(0);
  for (const link of (await page.locator(".sidebar a.toc").all()).slice(1, 3)) {
    await link.click();
    await expect.poll(() => here.allInnerTexts()).toEqual([await link.innerText()]);
  }
  const ends = page.locator("nav.neighbours a");
  expect(await ends.allInnerTexts()).toEqual([
    expect.stringMatching(/01 · The long list$/),
    expect.stringMatching(/03 · The Cox models$/),
  ]);
  const menu = page.locator("details.menu");
  const summary = menu.locator("summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  expect(await menu.getByRole("link").count()).toBe(all.length);
  expect(await menu.locator("[aria-current='page']").innerText()).toBe("02 · A control group from Urgent Actions");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  expect(await menu.getAttribute("open")).toBeNull();
  expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(problems).toEqual([]);
  await context.close();
});
