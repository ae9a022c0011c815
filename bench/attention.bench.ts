import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseAttention } from "../lib/attention";
import { isoDay } from "../lib/dates";
import { seededRandom } from "../lib/statistics/random";
import { calibration } from "./calibration";

/**
 * Exports of attention, from a text in memory to rows: `npm run bench -- attention`; the result goes to
 * bench/ATTENTION.md. Splitting the same text at line breaks and delimiters, the least that any reader does, is measured
 * beside it, so that runs on busy machines can be compared.
 */

const random = seededRandom(20_150_701);
const days = (n: number) => Array.from({ length: n }, (_, i) => isoDay(16_617 + i));

/** The Pageviews tool's CSV: 100 articles on 4,500 days. */
function pageviews(): string {
  const titles = Array.from({ length: 100 }, (_, i) => `"Page ${i}"`);
  const rows = days(4500).map((day) => `${day},${titles.map(() => random.integer(5000)).join()}`);
  return `Date,${titles.join()}\n${rows.join("\n")}\n`;
}

/** A GDELT timeline: 20 series on 10,000 days. */
function timeline(): string {
  const rows = days(10_000).flatMap((day) =>
    Array.from({ length: 20 }, (_, i) => `${day},Series ${i},${random.integer(90_000)}`),
  );
  return `Date,Series,Value\n${rows.join("\n")}\n`;
}

/** Answers of the API, put into one list: 200,000 items of 50 quiet pages, every third day without a view. */
function answers(): string {
  const items = days(6000).flatMap((day, d) =>
    Array.from({ length: 50 }, (_, i) => ({
      project: "en.wikipedia",
      article: `Page_${i}`,
      granularity: "daily",
      timestamp: `${day.replaceAll("-", "")}00`,
      access: "all-access",
      agent: "user",
      views: (d + i) % 3,
    })).filter(({ views }) => views > 0),
  );
  return JSON.stringify({ items });
}

function median(run: () => unknown): number {
  const seconds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return (performance.now() - start) / 1000;
  });
  return seconds.sort((a, b) => a - b)[2];
}

const table = ["| what | values | MB | read, s | split alone, s | times as long |", "|---|---:|---:|---:|---:|---:|"];
const cases: readonly (readonly [string, () => string])[] = [
  ["page views, the tool's CSV", pageviews],
  ["GDELT timeline", timeline],
  ["page views, the API's items", answers],
];
for (const [what, make] of cases) {
  const text = make();
  const { rows } = parseAttention(text, { file: "measured" });
  const read = median(() => parseAttention(text, { file: "measured" }));
  const split = median(() =>
    text.startsWith("{") ? JSON.parse(text) : text.split("\n").map((line) => line.split(",")),
  );
  const line = `| ${what} | ${rows.length.toLocaleString("en-GB")} | ${(text.length / 1e6).toFixed(1)} | ${read.toFixed(2)} | ${split.toFixed(2)} | ${(read / split).toFixed(1)} |`;
  table.push(line);
  process.stdout.write(`${line}\n`);
}
const loop = `${calibration().toFixed(2)} s for 300 million additions in one thread`;
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${loop}`;
const text = [
  "# Exports of attention, measured",
  "",
  "By `npm run bench -- attention`: `parseAttention` from a text in memory to checked rows, the median of five runs. Splitting",
  "the text (or parsing its JSON) and nothing more is measured beside it.",
  "",
  ...table,
  "",
  `Machine: ${machine}. Load average over the last 15 minutes: ${loadavg()[2].toFixed(1)}, this run itself being 1.`,
  "",
];
writeFileSync(path.join(fileURLToPath(new URL("./", import.meta.url)), "ATTENTION.md"), text.join("\n"));
