import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../tools/site/browser";

/**
 * What pages that run weigh and how fast they are, in Chromium from `file://` without a network: the table of LIVE.md.
 *
 *     npm run render && npm run bench -- live
 */

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DIST = path.join(ROOT, process.env.HRD_DIST ?? "dist");
const TIMES = 3;

function kilobytes(...names: readonly string[]): number {
  const bytes = names.map((name) => gzipSync(readFileSync(path.join(DIST, "assets", name)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(what: string, value: number, unit: string, goal: string): void {
  process.stdout.write(`| ${what} | ${value >= 100 ? value.toFixed(0) : value.toPrecision(2)} ${unit} | ${goal} |\n`);
}

async function open(browser: Browser, name: string): Promise<Page> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(path.join(DIST, `${name}.html`)).href}?code=open`);
  await page.waitForTimeout(1500);
  return page;
}

/** Milliseconds in the page from an act to a state of cells. */
function timed(page: Page, act: "run" | "stop", until: string): Promise<number> {
  return page.locator("html").evaluate(
    async (_, { what, selector }) => {
      const label = what === "run" ? "Run all" : "Stop";
      const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === label);
      const began = performance.now();
      button?.click();
      while (document.querySelector(selector) === null) await new Promise((done) => setTimeout(done, 2));
      return performance.now() - began;
    },
    { what: act, selector: until },
  );
}

async function running(browser: Browser): Promise<void> {
  const first: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const page = await open(browser, "01-long-list");
    first.push(await timed(page, "run", '[data-state="done"]'));
    const began = performance.now();
    await page.locator(".live-bar:not([data-running])").waitFor({ timeout: 120_000 });
    rest.push(performance.now() - began);
    await page.context().close();
  }
  say("01: click to first output", middle(first) / 1000, "s", "1.0 s");
  say("01: all cells, after that", middle(rest) / 1000, "s", "1.5 s");
}

async function stopping(browser: Browser): Promise<void> {
  const stops: number[] = [];
  const backs: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const page = await open(browser, "01-long-list");
    void timed(page, "run", '[data-cell="9"][data-state="running"]').catch(() => {});
    await page.locator('[data-cell="7"][data-state="done"]').waitFor({ timeout: 60_000 });
    stops.push(await timed(page, "stop", "html:not(:has([data-state=running]))"));
    const back = await page.locator("html").evaluate(async () => {
      const began = performance.now();
      await (await window.hrdLive?.ready())?.restored();
      return performance.now() - began;
    });
    backs.push(back);
    await page.context().close();
  }
  say("01: stop", middle(stops), "ms", "100 ms");
  say("01: state back after a stop", middle(backs) / 1000, "s", "3 s");
}

/** Milliseconds from an act to an element that follows. */
async function shownAfter(page: Page, selector: string, act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  await page.locator(selector).first().waitFor({ state: "attached", timeout: 120_000 });
  return performance.now() - began;
}

async function editing(browser: Browser, name: string, cell: number): Promise<void> {
  const page = await open(browser, name);
  const box = page.getByRole("textbox", { name: `Cell ${cell}`, exact: true });
  await box.focus();
  const editor = page.locator(`[data-cell="${cell}"] .cm-content`);
  await editor.waitFor();
  const error = `[data-cell="${cell}"] .cm-lint-marker-error`;
  const mark = page.locator(error);
  const diagnosed = async (text: string): Promise<number> => {
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n");
    return shownAfter(page, error, () => page.keyboard.insertText(text));
  };
  const undone = async (): Promise<void> => {
    await page.keyboard.press("Control+z");
    await mark.first().waitFor({ state: "detached", timeout: 120_000 });
  };
  say(`${name.slice(0, 2)}: first diagnostics`, (await diagnosed("const wrong1: string = 1;")) / 1000, "s", "3 s");
  const later: number[] = [];
  for (let i = 2; i < 2 + TIMES; i++) {
    await undone();
    later.push(await diagnosed(`const wrong${i}: string = ${i};`));
  }
  say(`${name.slice(0, 2)}: later ones`, middle(later) / 1000, "s", name.startsWith("01") ? "0.4 s" : "1 s");
  await undone();
  await page.keyboard.type("\nMath");
  const completions: number[] = [];
  for (let i = 0; i < TIMES + 1; i++) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(700);
    const milliseconds = await shownAfter(page, ".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)", () =>
      page.keyboard.type("."),
    );
    // The first one is no measure of those that follow.
    if (i > 0) completions.push(milliseconds);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
  }
  say(`${name.slice(0, 2)}: completion, from the key to the list`, middle(completions), "ms", "100 ms");
  await page.context().close();
}

/** Memory of the browser's processes of a kind that are its own, as Linux shares it out, in MB. */
function memoryOf(browser: number): number {
  const kinds = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
        if (!command.includes("--type=renderer") || !isBelow(Number(id), browser)) return [];
        const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1];
        return kilobytes === undefined ? [] : [Number(kilobytes)];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  return kinds.reduce((sum, size) => sum + size, 0) / 1000;
}

function isBelow(id: number, ancestor: number): boolean {
  for (let one = id; one > 1; ) {
    if (one === ancestor) return true;
    one = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${one}/stat`, "utf8"))?.[1] ?? 0);
  }
  return false;
}

/** Memory of a page that has run, and that has the compiler. */
async function memory(name: string, cell: number): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await open(browser, name);
    const still = memoryOf(process.pid);
    await page.getByRole("button", { name: "Run all" }).click();
    await page.locator(".live-bar:not([data-running])").waitFor({ timeout: 240_000 });
    const ran = memoryOf(process.pid);
    await page.getByRole("textbox", { name: `Cell ${cell}`, exact: true }).focus();
    await page.locator(`[data-cell="${cell}"] .cm-content`).waitFor();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n");
    await page.keyboard.insertText("const wrong: string = 1;");
    await page.locator(`[data-cell="${cell}"] .cm-lint-marker-error`).first().waitFor({ timeout: 120_000 });
    const word = name.slice(0, 2);
    say(`${word}: memory of the page's processes, still · run`, still, `· ${ran.toFixed(0)} MB`, "");
    say(`${word}: the same with the compiler`, memoryOf(process.pid), "MB", "450 MB");
  } finally {
    await browser.close();
  }
}

process.stdout.write("| | measured | goal |\n|---|---|---|\n");
for (const name of ["01-long-list", "05-clocks-and-codings", "08-your-own-campaign"]) {
  const own = [`live/cells-${name}.js`, `live/kernel-${name}.js`];
  const size = kilobytes("live.js", "live/page.js", "live/runner.html", "live/data.js", ...own);
  say(`${name.slice(0, 2)}: to run, gzipped, besides plotly.js`, size, "KB", "400 KB");
}
say("to edit, more", kilobytes("live/editor.js", "live/checker.js", "live/types.js") / 1000, "MB", "1.6 MB");
const browser = await openBrowser();
try {
  await running(browser);
  await stopping(browser);
  await editing(browser, "01-long-list", 3);
  await editing(browser, "05-clocks-and-codings", 3);
} finally {
  await browser.close();
}
await memory("01-long-list", 3);
await memory("05-clocks-and-codings", 3);
