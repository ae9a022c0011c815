import { rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { allDrawn, openBrowser } from "../tools/site/browser";
import { renderSite } from "../tools/site/render";
import { pageWeights } from "../tools/site/weight";
import { writeSite } from "../tools/site/write";
import { calibration } from "./calibration";

/**
 * What a reader of the site waits for, in Chromium, from a file: the first content of a page, and all figures of
 * notebook 01. And what its pages weigh, and how long rendering takes. `npm run bench -- site`
 */

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");
const FOLDER = path.join(ROOT, ".cache/site/bench");
const RUNS = 5;

interface Opening {
  readonly firstContent: number;
  readonly figures: number;
  readonly shift: number;
}

/** One opening of a page in a new, empty browser context, as a first visit is. */
async function open(browser: Awaited<ReturnType<typeof openBrowser>>, address: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
  try {
    const page = await context.newPage();
    // The page's own clock, which starts when it is asked for; figures folded behind a prediction count as well.
    await page.addInitScript(() => {
      const figures: Record<string, number> = {};
      Object.assign(window, { hrdBench: figures });
      new MutationObserver(() => {
        const all = document.querySelectorAll("figure.figure").length;
        const drawn = document.querySelectorAll("figure.figure.drawn").length;
        if (all > 0 && drawn === all && figures.all === undefined) figures.all = performance.now();
      }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const value: unknown = Reflect.get(entry, "value");
          figures.shift = (figures.shift ?? 0) + Number(value);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(address);
    await allDrawn(page, { milliseconds: 60_000, folded: true });
    await page.waitForTimeout(300);
    const seen: unknown = await page.locator("html").evaluate(() => ({
      ...Object(Reflect.get(window, "hrdBench")),
      first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    }));
    const number = (name: string): number => Number(Reflect.get(Object(seen), name) ?? 0);
    return { firstContent: number("first"), figures: number("all"), shift: number("shift") };
  } finally {
    await context.close();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

rmSync(path.join(ROOT, ".cache/site"), { recursive: true, force: true });
const started = performance.now();
const files = await renderSite({ root: ROOT });
writeSite(FOLDER, files);
const first = (performance.now() - started) / 1000;
const again = performance.now();
writeSite(FOLDER, await renderSite({ root: ROOT }));
const later = (performance.now() - again) / 1000;
const heaviest = pageWeights(files)[0];

const rows: [string, string, string][] = [
  ["npm run render, nothing kept from before (s)", first.toFixed(1), "20"],
  ["rendering again in the same process (s)", later.toFixed(1), ""],
  [`heaviest page as sent: ${heaviest?.path} (KB)`, String(Math.round((heaviest?.bytes ?? 0) / 1000)), "400"],
];
const browser = await openBrowser();
try {
  const notebooks = [...files.keys()].filter((name) => /^\d\d-[^/]*\.html$/.test(name)).sort();
  for (const name of ["index.html", ...notebooks]) {
    const address = pathToFileURL(path.join(FOLDER, name)).href;
    const openings: Opening[] = [];
    for (let run = 0; run < RUNS; run++) openings.push(await open(browser, address));
    const of = (pick: (opening: Opening) => number): number => median(openings.map(pick));
    rows.push([`${name}: first content (ms)`, String(Math.round(of((o) => o.firstContent))), "1,000"]);
    if (name !== "index.html")
      rows.push([
        `${name}: all figures drawn (ms)`,
        String(Math.round(of((o) => o.figures))),
        name.startsWith("01-") ? "2,000" : "3,000",
      ]);
    rows.push([`${name}: layout shift`, of((o) => o.shift).toFixed(3), "0.1"]);
  }
} finally {
  await browser.close();
}
const table = [
  "| | measured | at most |",
  "|---|---:|---:|",
  ...rows.map(([name, value, most]) => `| ${name} | ${value} | ${most} |`),
].join("\n");
const loop = `${calibration().toFixed(2)} s for 300 million additions in one thread`;
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${loop}`;
process.stdout.write(`${table}\n\n${machine}\n`);
writeFileSync(
  path.join(ROOT, "bench/SITE.md"),
  `# The site, measured\n\nBy \`npm run bench -- site\`: Chromium, pages from files, medians of ${RUNS} first visits.\n\n${table}\n\nMachine: ${machine}\n`,
);
