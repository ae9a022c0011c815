import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { openBrowser } from "./browser";

/**
 * The recording of README: a page that runs and is edited, as an animated PNG of a few screenshots.
 *
 *     npm run render && node tools/launch.mjs tools/site/recording.ts
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FILE = path.join(ROOT, "notebooks/pictures/live-page.png");
const SIZE = { width: 880, height: 640 };

interface Frame {
  readonly png: PNG;
  readonly milliseconds: number;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

/** The rows from the first to the last in which two frames differ; at least one. */
function changedRows(before: PNG | undefined, now: PNG): { top: number; rows: number } {
  if (before === undefined) return { top: 0, rows: now.height };
  const width = 4 * now.width;
  const same = (y: number): boolean =>
    before.data.subarray(y * width, (y + 1) * width).equals(now.data.subarray(y * width, (y + 1) * width));
  let top = 0;
  while (top < now.height - 1 && same(top)) top += 1;
  let end = now.height;
  while (end > top + 1 && same(end - 1)) end -= 1;
  return { top, rows: end - top };
}

/** Rows of a picture as PNG stores them: three bytes a pixel, each row less the one above it. */
function packed({ width, data }: PNG, top: number, rows: number): Buffer {
  const line = 1 + 3 * width;
  const raw = Buffer.alloc(rows * line);
  for (let y = 0; y < rows; y++) {
    raw[y * line] = 2;
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const at = 4 * ((top + y) * width + x) + c;
        const above = y === 0 ? 0 : (data[at - 4 * width] ?? 0);
        raw[y * line + 1 + 3 * x + c] = (data[at] ?? 0) - above;
      }
  }
  return deflateSync(raw, { level: 9 });
}

/** An animated PNG (PNG specification, third edition): each frame holds the rows that changed. */
function animated(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error("a recording needs a frame");
  const { width, height } = first.png;
  let number = 0;
  const parts = frames.flatMap(({ png, milliseconds }, i) => {
    const { top, rows } = changedRows(frames[i - 1]?.png, png);
    const times = Buffer.from([milliseconds >> 8, milliseconds & 255, 3, 232, 0, 0]); // milliseconds of 1000
    const control = chunk("fcTL", Buffer.concat([words(number++, width, rows, 0, top), times]));
    const data = packed(png, top, rows);
    const image = i === 0 ? chunk("IDAT", data) : chunk("fdAT", Buffer.concat([words(number++), data]));
    return [control, image];
  });
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", Buffer.concat([words(width, height), Buffer.from([8, 2, 0, 0, 0])])),
    chunk("acTL", words(frames.length, 0)),
    ...parts,
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

async function record(page: Page): Promise<Frame[]> {
  const frames: Frame[] = [];
  const take = async (milliseconds: number): Promise<void> => {
    frames.push({ png: PNG.sync.read(await page.screenshot()), milliseconds });
  };
  const cell = page.locator('[data-cell="3"]');
  const into = async (): Promise<void> => {
    await cell.locator("details.code").evaluate((code) => {
      scrollTo({ top: code.getBoundingClientRect().top + scrollY - 20, behavior: "instant" });
    });
  };
  await page.locator(".live-bar").evaluate((bar) => {
    scrollTo({ top: bar.getBoundingClientRect().top + scrollY - 260, behavior: "instant" });
  });
  await take(1500);
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator('[data-cell="2"][data-state="done"]').waitFor();
  await take(700);
  await page.locator(".live-bar:not([data-running])").waitFor({ timeout: 120_000 });
  await take(1500);
  await into();
  await take(1500);
  await cell.locator("pre.code").focus();
  await cell.locator(".cm-content").waitFor();
  await page.keyboard.press("Control+End");
  for (const [text, milliseconds] of [
    ["\n", 300],
    ["curve?.", 400],
  ] as const) {
    await page.keyboard.type(text);
    await page.waitForTimeout(300);
    await take(milliseconds);
  }
  await page.locator(".cm-tooltip-autocomplete").waitFor({ timeout: 60_000 });
  await take(1600);
  await page.keyboard.type("survivall");
  await page.keyboard.press("Escape");
  await page.locator(".cm-lint-marker-error").waitFor({ timeout: 60_000 });
  await page.keyboard.press("Control+Enter");
  await cell.locator(".live-error").waitFor({ timeout: 60_000 });
  await page.mouse.wheel(0, 60);
  await page.waitForTimeout(200);
  await take(2500);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await page.locator('[data-cell="3"][data-state="done"]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(300);
  await take(3000);
  return frames;
}

async function main(): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: SIZE, offline: true, colorScheme: "light" })).newPage();
    await page.goto(`${pathToFileURL(path.join(ROOT, process.argv[2] ?? "dist", "01-long-list.html")).href}?code=open`);
    const bytes = animated(await record(page));
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeFileSync(FILE, bytes);
    process.stdout.write(`${path.relative(ROOT, FILE)}, ${Math.round(bytes.length / 1000)} KB\n`);
  } finally {
    await browser.close();
  }
}

await main();
