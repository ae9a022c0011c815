import { mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "../../tools/site/browser";
import { githubPreview } from "../../tools/site/github";
import { ROOT } from "../tools/site/support";
import { every } from "./support/every";
import { savedFigureCount } from "./support/saved";

const FOLDER = path.join(ROOT, "notebooks");
const screenshots = path.join(ROOT, ".cache", "screenshots");

/** GitHub previews no larger file. */
const MOST_BYTES = 10_000_000;

describe("committed notebooks as GitHub previews them: no scripts, no styles", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  // All of them with HRD_EVERY=1; on every run figures of each kind, and the two that have none.
  const names = readdirSync(FOLDER).filter((name) =>
    (every ? /\.ipynb$/ : /^(?:00|01|05|09|10|13)-.*\.ipynb$/).test(name),
  );
  test.each(names)("%s shows every figure, readable in light and dark", async (name) => {
    const file = path.join(FOLDER, name);
    expect(statSync(file).size).toBeLessThan(MOST_BYTES);
    const figures = savedFigureCount(file);
    // The ledger and an appendix are of tables alone.
    expect(figures > 0, name).toBe(!/^(?:13|10)-/.test(name));
    const html = githubPreview(file);
    expect(html).not.toMatch(/<script|\sstyle=/);
    // Each scheme once, one of them on a telephone.
    for (const { colorScheme, width } of [
      { colorScheme: "light", width: 390 },
      { colorScheme: "dark", width: 1280 },
    ] as const) {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        offline: true,
        javaScriptEnabled: true,
      });
      const page = await context.newPage();
      await page.setContent(html);
      // What a picture is made of is the same in both; it is looked at once.
      const images = await page.locator(".output img").evaluateAll(async (all, isFirst) => {
        const seen = [];
        for (const image of all) {
          if (!(image instanceof HTMLImageElement)) continue;
          await image.decode();
          let [opaque, dark, pixels] = [1, 1, 1];
          if (isFirst) {
            const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
            const context = canvas.getContext("2d");
            context?.drawImage(image, 0, 0);
            const bytes = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
            [opaque, dark, pixels] = [0, 0, bytes.length / 4];
            for (let at = 0; at < bytes.length; at += 4) {
              opaque += bytes[at + 3] === 255 ? 1 : 0;
              dark += (bytes[at] ?? 255) + (bytes[at + 1] ?? 255) + (bytes[at + 2] ?? 255) < 384 ? 1 : 0;
            }
          }
          const { width, height } = image.getBoundingClientRect();
          seen.push({
            natural: image.naturalWidth,
            width,
            height,
            opaque: opaque / pixels,
            ink: dark / pixels,
            alt: image.alt,
          });
        }
        return seen;
      }, width === 390);
      expect(images).toHaveLength(figures);
      for (const image of images) {
        // Drawn for 760 pixels, so that letters of 12 pixels are no smaller than that on the screen.
        expect(image.natural).toBeGreaterThanOrEqual(760);
        expect(image.width).toBeGreaterThanOrEqual(width === 390 ? 300 : 700);
        expect(image.height).toBeGreaterThan(60);
        // Its own white paper: ink does not sink into a dark page.
        expect(image.opaque).toBe(1);
        expect(image.ink).toBeGreaterThan(0.002);
      }
      // To look at, when somebody wants to.
      if (every)
        await page.screenshot({
          path: path.join(screenshots, `github-${name}-${colorScheme}-${width}.png`),
          fullPage: true,
          timeout: 120_000,
        });
      await context.close();
    }
  });
});
