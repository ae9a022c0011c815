import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import puppeteer from "puppeteer-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "../../tools/site/browser";
import { dataAsset } from "../../tools/site/live/bundles";
import { compileCells } from "../../tools/site/live/compile";
import { findChromium } from "../../tools/start/e2e/needs";
import { thisMachine } from "../../tools/start/machine";

/**
 * Cells that want out: to a server that listens, to the page, to a storage; that never end, and that fill the memory. They
 * stand in the place of those of the ledger's page, compiled as its own are.
 */

const PAGE = "13-ledger";
let browser: Browser;
let server: Server;
let folder: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end("x");
  });
  server.on("upgrade", (request, socket) => {
    asked.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(path.join(tmpdir(), "hrd hostile "));
  cpSync(path.join(inject("site"), "assets"), path.join(folder, "assets"), { recursive: true });
  cpSync(path.join(inject("site"), `${PAGE}.html`), path.join(folder, `${PAGE}.html`));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function port(): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The address of the page with these cells. */
function pageWith(sources: readonly string[]): string {
  const cells = compileCells(sources.map((source, number) => ({ number, id: `c${number}`, source })));
  const all = cells.map((cell, at) => ({ ...cell, id: `c${at}`, tags: [], source: sources[at] }));
  const text = dataAsset(`cells-${PAGE}`, { name: PAGE, notebooks: [], cells: all });
  writeFileSync(path.join(folder, `assets/live/cells-${PAGE}.js`), text);
  return pathToFileURL(path.join(folder, `${PAGE}.html`)).href;
}

async function openPage(sources: readonly string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(pageWith(sources));
  return page;
}

/** Runs a cell and gives the words of its outputs. */
function run(page: Page, number: number): Promise<string> {
  return page.locator("html").evaluate(async (_, at) => {
    const live = await window.hrdLive?.ready();
    await live?.runCell(at);
    return JSON.stringify(live?.cells()[at]?.outputs ?? []);
  }, number);
}

const stateOf = (page: Page, number: number): Promise<string | null> =>
  page.locator(`[data-cell="${number}"]`).getAttribute("data-state");

const g = "(globalThis as any)";

/** Ways out, each of which has to be refused. */
function waysOut(): Record<string, string> {
  const here = `127.0.0.1:${port()}`;
  const url = `http://${here}`;
  return {
    fetch: `${g}.fetch("${url}/fetch")`,
    XMLHttpRequest: `(() => { const x = new ${g}.XMLHttpRequest(); x.open("GET", "${url}/xhr", false); x.send(); })()`,
    WebSocket: `new Promise((ok, no) => { const w = new ${g}.WebSocket("ws://${here}/ws"); w.onopen = ok; w.onerror = no; })`,
    EventSource: `new ${g}.EventSource("${url}/es")`,
    beacon: `${g}.navigator.sendBeacon("${url}/beacon")`,
    WebTransport: `new ${g}.WebTransport("https://${here}/wt")`,
    WebRTC: `new ${g}.RTCPeerConnection()`,
    import: `(0, eval)('import("${url}/import.js")')`,
    importScripts: `${g}.importScripts("${url}/scripts.js")`,
    font: `new ${g}.FontFace("x", "url(${url}/font)").load()`,
    image: `new ${g}.Image()`,
    worker: `new ${g}.Worker("${url}/worker.js")`,
    sharedWorker: `new ${g}.SharedWorker("${url}/shared.js")`,
    indexedDB: `${g}.indexedDB.open("x")`,
    caches: `${g}.caches.open("x")`,
    localStorage: `${g}.localStorage.setItem("x", "y")`,
    cookie: `${g}.document.cookie.length`,
    cookieStore: `${g}.cookieStore.getAll()`,
    parent: `${g}.parent.document.body`,
    top: `${g}.top.location.href.length`,
    BroadcastChannel: `new ${g}.BroadcastChannel("x")`,
    postMessage: `${g}.postMessage({ type: "end", job: 1, ok: true })`,
    fileSystem: `${g}.navigator.storage.getDirectory()`,
    prototype: `Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Object.getPrototypeOf(${g})), "fetch")!.value("${url}/proto")`,
  };
}

test("a cell reaches no network, no storage and no page", async () => {
  asked.length = 0;
  const tries = Object.entries(waysOut()).map(
    ([name, code]) => `try { await (${code}); open.push("${name}"); } catch { refused.push("${name}"); }`,
  );
  const cell = `const open: string[] = []; const refused: string[] = [];\n${tries.join("\n")}\nconsole.log(JSON.stringify({ open, refused }));`;
  const page = await openPage([cell]);
  const [printed] = JSON.parse(await run(page, 0));
  const { open, refused } = JSON.parse(printed.text.join(""));
  expect(open).toEqual([]);
  expect(refused).toEqual(Object.keys(waysOut()));
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await page.context().close();
});

test("an output brings no script, no frame, no form and no picture from elsewhere into the page", async () => {
  asked.length = 0;
  const url = `http://127.0.0.1:${port()}`;
  const html = `<img src="${url}/img"><script>window.hacked=1</script><iframe src="${url}/frame"></iframe><link rel="stylesheet" href="${url}/css"><form action="${url}/form"><input autofocus onfocus="window.hacked=1"></form><b onclick="window.hacked=1" id="main">bold</b><style>@import url(${url}/style)</style><a href="javascript:window.hacked=1">link</a>`;
  const figure = {
    data: [{ x: [1], y: [1], text: [`<a href="javascript:window.hacked=1">x</a>`] }],
    layout: { images: [{ source: `${url}/layout`, xref: "paper", yref: "paper", x: 0, y: 1, sizex: 1, sizey: 1 }] },
  };
  const show = `${g}[Symbol.for("Jupyter.display")]`;
  const page = await openPage([
    `${show}({ data: { "text/html": ${JSON.stringify(html)}, "text/plain": "x" }, metadata: {} });`,
    `${show}({ data: { "application/vnd.plotly.v1+json": ${JSON.stringify(figure)}, "text/plain": "alt" }, metadata: {} });`,
  ]);
  await run(page, 0);
  await run(page, 1);
  const shown = page.locator('[data-cell="0"] [data-outputs]');
  expect(await shown.locator("b").innerText()).toBe("bold");
  expect(
    await shown
      .locator("script, iframe, form, input, link, style, img, [onclick], [id='main'], [href^=javascript]")
      .count(),
  ).toBe(0);
  await page.waitForTimeout(500);
  expect(await page.locator("html").evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(asked).toEqual([]);
  await page.context().close();
});

test("a forged message changes nothing but its own cell's outputs", async () => {
  const page = await openPage([
    `const seen: unknown[] = []; const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")!;
Object.defineProperty(MessageEvent.prototype, "data", { configurable: true, get() { seen.push(this); return data.get!.call(this); } });
"ready"`,
    "seen.length",
    "1 + 1",
  ]);
  await run(page, 0);
  expect(await run(page, 1)).toContain('"0"');
  expect(await run(page, 2)).toContain('"2"');
  expect(await stateOf(page, 2)).toBe("done");
  await page.context().close();
});

test("a million lines of output leave the page as quick as before", async () => {
  const page = await openPage(['for (let i = 0; i < 1_000_000; i++) console.log("line " + i);', "40 + 2"]);
  const printed = await run(page, 0);
  expect(printed).toMatch(/more lines are left out/);
  expect(await page.locator('[data-cell="0"] [data-outputs]').innerText()).toMatch(/Cut here/);
  expect(await run(page, 1)).toContain("42");
  await page.context().close();
});

test("an endless loop is stopped, and the notebook goes on", async () => {
  const page = await openPage(["while (true) {}", "40 + 2"]);
  await page.locator("html").evaluate(async () => {
    void (await window.hrdLive?.ready())?.runCell(0);
  });
  await page.locator('[data-cell="0"][data-state="running"]').waitFor();
  const milliseconds = await page.locator("html").evaluate(async () => {
    const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Stop");
    const began = performance.now();
    button?.click();
    while (document.querySelector('[data-state="running"]') !== null) await new Promise((done) => setTimeout(done, 1));
    return performance.now() - began;
  });
  expect(milliseconds).toBeLessThan(2000); // 0.1 s on a quiet machine, which a test cannot ask for
  expect(await page.locator('[data-cell="0"] [data-outputs]').innerText()).toMatch(/stopped before it ended/);
  expect(await run(page, 1)).toContain("42");
  await page.context().close();
});

test("a cell that fills the memory ends its own frame, and the page says so and goes on", async () => {
  const executablePath = await findChromium(thisMachine());
  if (executablePath === null) throw new Error("No Chromium");
  const profile = mkdtempSync(path.join(tmpdir(), "hrd-profile-"));
  // As a reader has it: Playwright and Puppeteer switch off that a sandboxed frame has a process of its own.
  const args = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  const own = await puppeteer.launch({ executablePath, ignoreDefaultArgs: true, args: [...args, "about:blank"] });
  try {
    const page = await own.newPage();
    await page.goto(
      pageWith(["const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(Math.random()));", "40 + 2"]),
    );
    const said = await page.evaluate(async () => {
      const live = await window.hrdLive?.ready();
      await live?.runCell(0);
      const first = live?.cells()[0];
      await live?.runCell(1);
      return JSON.stringify([first?.state, first?.outputs, live?.cells()[1]?.outputs]);
    });
    expect(said).toMatch(/^\["error",.*may have used too much memory.*42/);
  } finally {
    await own.close();
    rmSync(profile, { recursive: true, force: true });
  }
}, 240_000);
