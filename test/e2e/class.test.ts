import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { exercises } from "../../lib/teaching";
import { handInText } from "../../tools/hand-in/sealed";
import { openBrowser } from "../../tools/site/browser";
import { fileOf, handIn } from "../tools/hand-in/made-up-class";
import { overflow, violations } from "./support/site";

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const form = (id: string) => exercises().find((one) => one.id === id)?.form;

let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
  });
  page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(path.join(inject("site"), "class.html")).href);
});
afterAll(() => browser.close());

/** 200 files: 197 of students, one altered, one that is no JSON, one whose every text is hostile. */
function classFolder(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd class "));
  const choices = form("00-b");
  const words = choices?.kind === "choice" ? choices.choices : [];
  const files = Array.from({ length: 197 }, (_, at) =>
    fileOf(
      handIn(
        `Student ${String(at + 1).padStart(3, "0")}`,
        { "00-a": String(5 + (at % 9)), "00-b": words[at % 2] ?? "" },
        {
          notebook: "00-campaign",
          saved: new Date(Date.UTC(2026, 10, 29, 10, 20 + (at % 30))).toISOString(),
          cells: [{ id: "try-a", source: `// ${at}\n${"const x = 1;\n".repeat(200)}` }],
        },
      ),
    ),
  );
  const altered = fileOf(handIn("Zoë", { "00-a": "1" }, { notebook: "00-campaign" }));
  const hostile = handIn(HOSTILE, { "00-a": HOSTILE, "00-b": HOSTILE }, { notebook: "00-campaign" });
  const all = [
    ...files,
    { ...altered, text: altered.text.replace("10:42:10", "10:12:10") },
    { name: "broken <b>.hand-in.json", text: '{"format": ' },
    { name: "hostile.hand-in.json", text: handInText(hostile) },
  ];
  return all.map(({ name, text }) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  });
}

describe("the class page, from a file, without a network", () => {
  test("reads 200 files, and nothing in them becomes HTML", async () => {
    const files = classFolder();
    expect(files).toHaveLength(200);
    const started = performance.now();
    await page.getByLabel("Hand-ins").setInputFiles(files);
    await page.locator(".class-results table").first().waitFor();
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(
      `200 hand-ins were handed over, read and shown in ${seconds.toFixed(1)} s (at most 5 are wanted)\n`,
    );
    const status = await page.locator(".class-status").textContent();
    expect(status).toMatch(/^199 hand-ins of 199 students; 1 altered; 1 that is no hand-in\. Read in /);
    expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
    expect(await page.locator(".class-results img, .class-results script").count()).toBe(0);
    await expect.poll(() => page.getByRole("rowheader", { name: HOSTILE }).count()).toBe(1);
    expect(await page.locator(".class-results li").allTextContents()).toContainEqual(
      expect.stringMatching(/^broken <b>\.hand-in\.json is not JSON: /),
    );
  });

  test("shows marks, common mistakes and the altered file", async () => {
    const altered = page.locator("tr.altered");
    expect(await altered.count()).toBe(1);
    expect(await altered.textContent()).toContain("Altered after it was saved");
    // 12 is right, as in the notebook; of 197 students every ninth typed each of 5 to 13.
    const exercise = page.locator("table").last().locator("tbody tr").first();
    expect(await exercise.locator("td").nth(0).textContent()).toBe("198");
    expect(Number(await exercise.locator("td").nth(1).textContent())).toBeGreaterThanOrEqual(21);
    expect(await exercise.locator("li").first().textContent()).toMatch(/^2\d × /);
  });

  test("saves a CSV of all files", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    const csv = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(csv).toHaveLength(200);
    expect(csv[0]).toMatch(/^file,student,notebook,00-a,00-b,00-c,right,of,tries,minutes,saved/);
    expect(csv.filter((line) => line.includes(",yes,no,"))).toHaveLength(1);
  });

  test("is accessible, and the browser had nothing to complain about", async () => {
    expect(await violations(page)).toEqual([]);
    const folder = path.join(process.cwd(), ".cache/site/looks");
    for (const [width, scheme] of [
      [1280, "light"],
      [360, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      expect(await overflow(page)).toBe(0);
      await page.screenshot({ path: path.join(folder, `class-${width}-${scheme}.png`), fullPage: false });
    }
    expect(complaints).toEqual([]);
  });
});
