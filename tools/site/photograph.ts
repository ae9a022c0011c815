import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { allDrawn, openBrowser } from "./browser";

/**
 * `node tools/launch.mjs tools/site/photograph.ts [page ...]`: photographs of the pages of dist/ in light and dark, 360, 768, 1280
 * and 1920 pixels wide, in .cache/site/looks/, for whoever has to look at them. Says which pages are wider than the window.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = path.join(ROOT, "dist");
const LOOKS = path.join(ROOT, ".cache/site/looks");

const words = process.argv.slice(2);
const all = readdirSync(DIST, { recursive: true })
  .map((name) => String(name).split(path.sep).join("/"))
  .filter((name) => name.endsWith(".html"))
  .sort();
const chosen = words.length === 0 ? all.filter((name) => !name.startsWith("source/")) : words;
mkdirSync(LOOKS, { recursive: true });
const browser = await openBrowser();
try {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [360, 768, 1280, 1920]) {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        offline: true,
      });
      const page = await context.newPage();
      for (const name of chosen) {
        if (!existsSync(path.join(DIST, name))) throw new Error(`dist/${name} is not there; npm run render makes it`);
        await page.goto(pathToFileURL(path.join(DIST, name)).href);
        await page.locator("html").evaluate(async (root) => {
          root.style.scrollBehavior = "auto";
          for (const skip of document.querySelectorAll<HTMLElement>(".prediction [data-skip]")) skip.click();
          // What is drawn when it comes into view has to have been there.
          for (let top = 0; top < document.body.scrollHeight; top += 700) {
            scrollTo(0, top);
            await new Promise((resolve) => setTimeout(resolve, 40));
          }
          scrollTo(0, 0);
        });
        await allDrawn(page, { folded: true });
        await page.waitForTimeout(150);
        const over = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
        if (over > 0) process.stdout.write(`${name} at ${width} px is ${over} px too wide\n`);
        const file = `${name.replace(/\.html$/, "").replaceAll("/", "-")}-${colorScheme}-${width}.png`;
        await page.screenshot({ path: path.join(LOOKS, file), fullPage: true });
      }
      await context.close();
    }
} finally {
  await browser.close();
}
