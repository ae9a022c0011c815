import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../start/e2e/needs";
import { thisMachine } from "../start/machine";

const QUIET = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-sync",
  "--disable-component-update",
];

/** Debian's Chromium, as the checks and measurements of the site use it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium(thisMachine());
  if (executablePath === null) throw new Error("No Chromium; npm run test:e2e installs it on Debian.");
  return chromium.launch({ executablePath, args: QUIET });
}

export interface WaitOptions {
  readonly milliseconds?: number;
  /** Also those that stand folded behind a prediction. */
  readonly folded?: boolean;
}

/**
 * Waits until plotly.js has drawn every figure of the page. It asks from outside: the page's policy lets no text be
 * run as code, also not what Playwright would wait with.
 *
 * @throws Error naming the figures that are not drawn in time
 */
export async function allDrawn(page: Page, options: WaitOptions = {}): Promise<void> {
  const { milliseconds = 15_000, folded = false } = options;
  const all = page.locator("figure.figure:not(.drawn)");
  const missing = folded ? all : all.filter({ visible: true });
  const end = performance.now() + milliseconds;
  while ((await missing.count()) > 0) {
    if (performance.now() > end) {
      const names = await missing.evaluateAll((figures) => figures.map(({ id }) => id));
      throw new Error(`${page.url()}: not drawn after ${milliseconds} ms: ${names.join(", ")}`);
    }
    await page.waitForTimeout(20);
  }
}
