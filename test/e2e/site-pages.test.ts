import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { allDrawn, openBrowser } from "../../tools/site/browser";
import { every } from "./support/every";
import { openPage, overflow, siteAddress, unfold, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/**
 * Looked at on every run: pages of which there is one, a deck, and parts of the library with tables, with classes, and
 * the longest. The other decks and parts are made of the same pieces; HRD_EVERY=1 takes them, too.
 */
const LOOKED_AT = /^(?:[a-z]+|slides-01.*|library\/(?:tables|comparability|survival))\.html$/;

/** Source pages have one frame and no parts of their own: two stand for all. */
const SOURCES = ["source/lib/survival/log-rank.ts.html", "source/lib/figures/theme.ts.html"];

test("a page that is no notebook's opens from a file without the network, without an error, and is accessible", async () => {
  const others = inject("pages").filter((name) => !/^(?:source\/|\d\d-)/.test(name));
  const pages = every ? others : others.filter((name) => LOOKED_AT.test(name));
  const { page, context, problems } = await openPage(browser, siteAddress("index.html"));
  for (const name of [...pages, ...SOURCES]) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(siteAddress(name));
    await unfold(page);
    await allDrawn(page);
    expect(await overflow(page), `${name} is wider than the window`).toBeLessThanOrEqual(0);
    expect(await violations(page), `${name}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 800 });
    // The open menu, looked at above, lies over what comes next on a telephone.
    await page.locator("details.menu").evaluateAll((menus) => {
      for (const menu of menus) menu.removeAttribute("open");
    });
    // The other scheme has other colours, and on every run that is what is looked at.
    expect(await violations(page, every ? "all" : "contrast"), `${name}, dark`).toEqual([]);
    expect(await overflow(page), `${name} is wider than a telephone`).toBeLessThanOrEqual(0);
    expect(problems, name).toEqual([]);
  }
  await context.close();
}, 900_000);

test("the search with its hits is accessible in both schemes", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, context, problems } = await openPage(browser, siteAddress("index.html"), { colorScheme });
    await page.keyboard.press("/");
    await page.keyboard.type("hazard");
    await page.locator("dialog.search li a").first().waitFor();
    expect(await violations(page), colorScheme).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  }
});
