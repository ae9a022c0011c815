import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { allDrawn, openBrowser } from "../../tools/site/browser";
import { openPage, siteAddress, unfold, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test("every page opens from a file without the network, without an error, and is accessible in both schemes", async () => {
  // Source pages have one frame and no parts of their own: two stand for all.
  const sources = ["source/lib/survival/log-rank.ts.html", "source/lib/figures/theme.ts.html"];
  const pages = inject("pages").filter((name) => !name.startsWith("source/"));
  for (const name of [...pages, ...sources]) {
    const { page, context, problems } = await openPage(browser, siteAddress(name), { colorScheme: "light" });
    await unfold(page);
    await allDrawn(page);
    const wide = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(wide, `${name} is wider than the window`).toBeLessThanOrEqual(0);
    expect(await violations(page), `${name}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 800 });
    // Parts of the library are made of the same pieces: one stands for their dark colours.
    if (!name.startsWith("library/") || name === "library/tables.html")
      expect(await violations(page, true), `${name}, dark`).toEqual([]);
    const narrow = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(narrow, `${name} is wider than a telephone`).toBeLessThanOrEqual(0);
    expect(problems, name).toEqual([]);
    await context.close();
  }
});
