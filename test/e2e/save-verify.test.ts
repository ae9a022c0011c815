import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { isRefused, readHandIn } from "../../tools/hand-in/read";
import { readNotebook } from "../../tools/notebooks/notebook";
import { sha256 } from "../../tools/seal/seal";
import { openBrowser } from "../../tools/site/browser";
import { pagesServer } from "../../tools/start/pages/pages-server";
import { openPage, overflow, siteAddress, violations } from "./support/site";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const LOOKS = path.join(process.cwd(), ".cache/site/looks");

/** Answers exercise 01-a by its field and runs the first cells. */
async function work(page: Page): Promise<void> {
  await page.getByLabel("Answer to 01-a").fill("0.5");
  const field = page.locator('form[data-exercise="01-a"]');
  await field.getByRole("button", { name: "Check" }).click();
  await page.getByLabel("Answer to 01-a").fill("0,4");
  await field.getByRole("button", { name: "Check" }).click();
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".live-bar:not([data-running])").waitFor({ timeout: 120_000 });
}

async function save(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByLabel("Your name or number").fill(name);
  await page.getByRole("button", { name: "Save both files" }).click();
}

async function content(download: Download): Promise<string> {
  return readFileSync(await download.path(), "utf8");
}

/** Whether Jupyter's own library takes a file for a notebook; null where it is not installed. */
async function isNotebook(text: string): Promise<string | null> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "hrd-saved-")), "saved.ipynb");
  writeFileSync(file, text);
  const code = "import nbformat,sys; nbformat.validate(nbformat.read(sys.argv[1], 4)); print('valid')";
  return promisify(execFile)("/usr/bin/python3", ["-c", code, file]).then(
    ({ stdout }) => stdout.trim(),
    (error: unknown) => (String(error).includes("No module named") ? null : String(error)),
  );
}

describe("Save, from a file without a network", () => {
  test("writes a notebook that Jupyter takes, and a sealed hand-in", async () => {
    const { page, context, problems } = await openPage(browser, siteAddress("01-long-list.html"));
    await work(page);
    const downloads: Download[] = [];
    page.on("download", (download) => downloads.push(download));
    await save(page, "Ana <b>Núñez</b>");
    await expect.poll(() => downloads.length, { timeout: 20_000 }).toBe(2);
    expect(downloads.map((one) => one.suggestedFilename())).toEqual([
      "01-long-list.ipynb",
      "01-long-list-ana-b-núñez-b.hand-in.json",
    ]);
    const [notebook = "", handed = ""] = await Promise.all(downloads.map(content));
    expect([null, "valid"]).toContain(await isNotebook(notebook));
    const read = readHandIn({ name: "x", text: handed });
    if (isRefused(read)) throw new Error(read.reason);
    expect(read.sealed).toBe(true);
    expect(read.handIn).toMatchObject({
      student: "Ana <b>Núñez</b>",
      notebook: "01-long-list",
      cells: [],
      notebookSha256: sha256(notebook),
    });
    const [answer] = read.handIn.answers;
    expect(answer).toMatchObject({ exercise: "01-a", typed: "0,4", tries: 2 });
    expect(Date.parse(read.handIn.saved)).toBeGreaterThan(Date.parse(read.handIn.began));

    const folder = mkdtempSync(path.join(tmpdir(), "hrd-saved-"));
    writeFileSync(path.join(folder, "01-long-list.ipynb"), notebook);
    const [saved, committed] = [path.join(folder, "01-long-list.ipynb"), "notebooks/01-long-list.ipynb"].map(
      readNotebook,
    );
    const kept = (committed?.cells ?? []).filter(({ tags }) => !tags.includes("solution"));
    expect(saved?.cells.map(({ id, source }) => [id, source])).toEqual(kept.map(({ id, source }) => [id, source]));
    expect(saved?.cells.map(({ executionCount }) => executionCount)).toEqual(kept.map((_, at) => at + 1));
    // Texts as committed; pictures are not made in a page.
    const texts = (cells = kept) =>
      cells.map(({ outputs }) =>
        outputs.map((one) => ("data" in one ? one.data["text/plain"] : "text" in one ? one.text : [])),
      );
    expect(texts(saved?.cells)).toEqual(texts());

    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: path.join(LOOKS, "save-1280.png") });
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await overflow(page)).toBe(0);
    await page.screenshot({ path: path.join(LOOKS, "save-360.png") });
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe("Verify, from a file without a network", () => {
  test("computes all claims, as they are printed", async () => {
    const { page, context, problems } = await openPage(browser, siteAddress("13-ledger.html"));
    await page.getByRole("button", { name: "Verify" }).click();
    const status = page.locator(".page-dialog .dialog-status");
    await expect.poll(() => status.textContent(), { timeout: 180_000 }).toMatch(/It took|cannot verify/);
    process.stdout.write(`${await status.textContent()}\n`);
    expect(await page.locator(".verify-problems li").allTextContents()).toEqual([]);
    expect(await status.textContent()).toMatch(
      /^(\d+) of \1 claims, computed anew, are what is printed, to the byte\. \d+ rows, \d+ cells and \d+ functions are what they were\./,
    );
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: path.join(LOOKS, "verify-1280.png") });
    expect(problems).toEqual([]);
    await context.close();
  });

  test("one changed byte in a row, a statement and a function names their claims", async () => {
    const { page, context } = await openPage(browser, "about:blank");
    const changed = new Map([
      ["data.js", (text: string) => text.replace("mahlet-fantahun,Mahlet Fantahun", "mahlet-fantahun,Mahlet Fantahum")],
      [
        "kernel-01-long-list.js",
        (text: string) => text.replace("no two groups are at risk", "no twu groups are at risk"),
      ],
      [
        "cells-verify-02-ua-control-group.js",
        (text: string) => text.replaceAll("const axisEnd = 1500;", "const axisEnd = 1501;"),
      ],
    ]);
    await page.route("**/*", async (route) => {
      const name = path.basename(new URL(route.request().url()).pathname);
      const change = changed.get(name);
      if (change === undefined) return route.continue();
      const text = readFileSync(path.join(inject("site"), "assets/live", name), "utf8");
      expect(change(text)).not.toBe(text);
      return route.fulfill({ contentType: "text/javascript", body: change(text) });
    });
    await page.goto(siteAddress("13-ledger.html"));
    await page.getByRole("button", { name: "Verify" }).click();
    const status = page.locator(".page-dialog .dialog-status");
    await expect.poll(() => status.textContent(), { timeout: 180_000 }).toMatch(/It took|cannot verify/);
    const lines = await page.locator(".verify-problems li").allTextContents();
    expect(lines).toEqual([
      "data changed: data/journalists.csv: row 3, mahlet-fantahun; claims 5 and 7 rest on it",
      expect.stringMatching(/^function changed: 01-long-list: lib\/survival\/log-rank\.ts: \w+; claim 6 rests on it$/),
      "function changed: 02-ua-control-group: the statements that its claims need; claims 14, 15, 16, 17, 18, 19, 20 and 40 rest on it",
      expect.stringMatching(/^claim 15 is not what is printed: printed ".*1500.*", computed ".*1501.*"$/),
    ]);
    await context.close();
  });
});

describe("npm start -- --pages", () => {
  test("runs a page on loopback, and saves into student/ through its own server", async () => {
    const root = mkdtempSync(path.join(tmpdir(), "hrd pages "));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const token = "c".repeat(48);
    const server = pagesServer({ folder: inject("site"), root, token });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port }: { port: number } = Object(server.address());
    const context = await browser.newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(`http://127.0.0.1:${port}/01-long-list.html?token=${token}`);
    await page.waitForURL(`http://127.0.0.1:${port}/01-long-list.html`);
    await work(page);
    await save(page, "Ana");
    const status = page.locator(".page-dialog .dialog-status");
    await expect
      .poll(() => status.textContent(), { timeout: 20_000 })
      .toBe("Saved: student/01-long-list.ipynb and student/01-long-list-ana.hand-in.json.");
    const file = path.join(root, "student/01-long-list.ipynb");
    expect([null, "valid"]).toContain(await isNotebook(readFileSync(file, "utf8")));
    const read = readHandIn({
      name: "x",
      text: readFileSync(path.join(root, "student/01-long-list-ana.hand-in.json"), "utf8"),
    });
    expect(isRefused(read) ? read : read.sealed).toBe(true);
    expect(problems).toEqual([]);
    // What is there is replaced only when that was said.
    await page.getByRole("button", { name: "Save both files" }).click();
    await expect.poll(() => status.textContent()).toContain("are there already");
    await page.getByRole("button", { name: "Replace what is there" }).click();
    await expect.poll(() => status.textContent()).toContain("Saved: ");
    // Another tab without the token sees nothing, and a page of another origin cannot save.
    const stranger = await browser.newContext();
    expect((await stranger.request.get(`http://127.0.0.1:${port}/index.html`)).status()).toBe(403);
    await stranger.close();
    await context.close();
    expect(existsSync(file)).toBe(true);
  });
});
