import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { inject } from "vitest";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The address of a page of the site that was rendered for all test files. */
export const siteAddress = (name: string): string => pathToFileURL(path.join(inject("site"), name)).href;

/** A page that was opened with the network off, and what went wrong on it. */
export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and of the console, policy violations, requests for anything but files. */
  readonly problems: string[];
}

export async function openPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    offline: true,
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) problems.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  return { page, context, problems };
}

/** Unfolds everything that is folded: a page has to be right in all its parts. Menus lie over it, and stay shut. */
export async function unfold(page: Page): Promise<void> {
  await page.locator("html").evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not(.menu)")) details.open = true;
    for (const skip of document.querySelectorAll<HTMLElement>(".prediction [data-skip]")) skip.click();
  });
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
}

/** Violations of WCAG 2.2 A and AA that axe-core finds, as text; contrast alone takes two thirds of the time. */
export async function violations(page: Page, asked: "all" | "contrast" = "all"): Promise<string[]> {
  await page.evaluate(AXE);
  const found: unknown = await page.locator("html").evaluate(async (_, contrast) => {
    const axe: unknown = Reflect.get(window, "axe");
    const run: unknown = Reflect.get(Object(axe), "run");
    if (typeof run !== "function") return ["axe-core is not there"];
    const values = contrast ? ["color-contrast"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const runOnly = { type: contrast ? "rule" : "tag", values };
    const result = await run.call(axe, document, { runOnly, preload: false, resultTypes: ["violations"] });
    return result.violations.map(
      (violation: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        `${violation.id} × ${violation.nodes.length}: ${violation.nodes[0]?.html.slice(0, 200)} ${violation.nodes[0]?.failureSummary}`,
    );
  }, asked === "contrast");
  return Array.isArray(found) ? found.map(String) : [String(found)];
}

/** Where to point at in each figure of the page: a point of a series that answers to pointing. */
export interface Target {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Brings a figure into view and tells where its middle point stands in the window. */
export async function pointOf(page: Page, id: string): Promise<Target | null> {
  const figure = page.locator(`#${id}`);
  await figure.scrollIntoViewIfNeeded();
  return figure.locator(".live").evaluate((live, name) => {
    const layout = Reflect.get(live, "_fullLayout");
    const box = live.getBoundingClientRect();
    const station = live.querySelector(".sankey-node .node-rect")?.getBoundingClientRect();
    if (station !== undefined) {
      return { id: name, x: station.left + station.width / 2, y: station.top + station.height / 2 };
    }
    for (const trace of Reflect.get(live, "_fullData")) {
      if (trace.hoverinfo === "skip" || trace.visible !== true || !trace.x?.length) continue;
      const xAxis = layout[trace.xaxis.replace("x", "xaxis")];
      const yAxis = layout[trace.yaxis.replace("y", "yaxis")];
      // The longest of bars, since some have no length; else the point in the middle.
      const lengths: readonly number[] =
        trace.type !== "bar" ? [] : [...(trace.orientation === "h" ? trace.x : trace.y)];
      const at = trace.type === "bar" ? lengths.indexOf(Math.max(...lengths)) : Math.floor(trace.x.length / 2);
      if (trace.x[at] === null || trace.y[at] === null) continue;
      // The middle of a bar, whichever way it lies.
      const along = (way: string): boolean => trace.type === "bar" && (trace.orientation ?? "v") === way;
      const found = {
        id: name,
        x: box.left + xAxis._offset + xAxis.d2p(along("h") ? trace.x[at] / 2 : trace.x[at]),
        y: box.top + yAxis._offset + yAxis.d2p(along("v") ? trace.y[at] / 2 : trace.y[at]),
      };
      // A figure can be higher than the window.
      const before = scrollY;
      scrollBy({ top: found.y - innerHeight / 2, behavior: "instant" });
      return { ...found, y: found.y - (scrollY - before) };
    }
    return null;
  }, id);
}
