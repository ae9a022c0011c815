import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { allDrawn, openBrowser } from "../../tools/site/browser";
import { openPage, siteAddress, unfold, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Everything with HRD_EVERY=1; on every run pages that are made of the same pieces are stood for by some of them. */
const every = process.env.HRD_EVERY === "1";

/**
 * Pages that are looked at in all respects on every run: all of one kind, a notebook without and with folded
 * predictions and controls, a deck, and parts of the library with tables, with classes, and the longest.
 */
const WHOLLY = new Set([
  "index",
  "glossary",
  "data",
  "library",
  "00-campaign",
  "01-long-list",
  "slides-01-long-list",
]);
const PARTS = new Set(["library/tables", "library/comparability", "library/survival"]);

test("every page opens from a file without the network, without an error, and is accessible in both schemes", async () => {
  // Source pages have one frame and no parts of their own: two stand for all.
  const sources = ["source/lib/survival/log-rank.ts.html", "source/lib/figures/theme.ts.html"];
  const pages = inject("pages").filter((name) => !name.startsWith("source/"));
  for (const name of [...pages, ...sources]) {
    const stem = name.replace(/\.html$/, "");
    const wholly = every || WHOLLY.has(stem) || PARTS.has(stem) || sources.includes(name);
    const { page, context, problems } = await openPage(browser, siteAddress(name), { colorScheme: "light" });
    await unfold(page);
    await allDrawn(page);
    const wide = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(wide, `${name} is wider than the window`).toBeLessThanOrEqual(0);
    // Contrast is most of axe's work, and a matter of the style sheet that all pages share; decks and parts of the
    // library are made of what the pages above have.
    const isMadeOfSame = /^(?:library\/|slides-)/.test(name);
    const rules = wholly ? "all" : isMadeOfSame ? "none" : "structure";
    if (rules !== "none") expect(await violations(page, rules), `${name}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 800 });
    // The other scheme has other colours, and on every run that is what is looked at.
    if (wholly) expect(await violations(page, every ? "all" : "contrast"), `${name}, dark`).toEqual([]);
    const narrow = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(narrow, `${name} is wider than a telephone`).toBeLessThanOrEqual(0);
    expect(problems, name).toEqual([]);
    await context.close();
  }
}, 900_000);
