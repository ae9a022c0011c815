import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Figure } from "../../lib/figures";
import { mimeBundle } from "../../lib/notebook/bundle";

/**
 * Takes photographs of figures in Chromium, from the very HTML that a notebook shows, on a page at the
 * address that Jupyter would give it, with plotly.js behind the `files` route.
 */
export async function photograph(
  figures: readonly { readonly name: string; readonly figure: Figure }[],
  widths: readonly number[],
  folder: string,
): Promise<void> {
  const pages = new Map(figures.map(({ name, figure }) => [`/notebooks/notebooks/${name}.ipynb`, pageOf(figure)]));
  const server = await serve(pages);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-sync",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
  try {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: 600 } });
      page.on("pageerror", (error) => console.error(`page: ${error.message}`));
      for (const { name } of figures) {
        await page.goto(`http://127.0.0.1:${port}/notebooks/notebooks/${name}.ipynb`);
        await page.waitForSelector(".main-svg");
        await page.screenshot({ path: join(folder, `${name}-live-${width}.png`), fullPage: true });
      }
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
}

function pageOf(figure: Figure): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><body data-base-url="/" style="margin:0">${String(mimeBundle(figure)["text/html"])}</body></html>`;
}

function serve(pages: ReadonlyMap<string, string>): Promise<Server> {
  const plotly = createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js");
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? "");
    if (page !== undefined) response.setHeader("content-type", "text/html").end(page);
    else if (request.url === "/files/node_modules/plotly.js-dist/plotly.js") createReadStream(plotly).pipe(response);
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
