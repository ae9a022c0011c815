import path from "node:path";
import puppeteer from "puppeteer-core";
import { expect, test } from "vitest";
import { differences } from "../../tools/notebooks/compare";
import { findNotebooks, readNotebook } from "../../tools/notebooks/notebook";
import { isSolution } from "../../tools/notebooks/tags";
import type { LiveCell } from "../../tools/site/live/client/api";
import { findFirefox } from "../../tools/start/e2e/needs";
import { thisMachine } from "../../tools/start/machine";
import { ROOT } from "../tools/site/support";
import { withoutPictures } from "./support/live";
import { siteAddress } from "./support/site";

/** Debian's Firefox, driven by WebDriver BiDi: the same pages from a file, the same bytes. */

/** A proxy that nobody listens at stands for a network that is off. */
const OFFLINE = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};

test("01 and 05 run in Firefox from a file without a network, each output as committed", async () => {
  const executablePath = await findFirefox(thisMachine());
  if (executablePath === null) throw new Error("No Firefox; npm run test:e2e installs it on Debian.");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    extraPrefsFirefox: OFFLINE,
    protocolTimeout: 240_000,
  });
  try {
    for (const file of findNotebooks(path.join(ROOT, "notebooks"), ["01", "05"])) {
      const wanted = readNotebook(file)
        .cells.map((cell, number) => ({ ...cell, number }))
        .filter(({ tags }) => !isSolution(tags));
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => {
        // A library asks while it is loaded whether code may be made of text; Firefox, unlike Chromium, tells that it may not.
        if (!/settings blocked a JavaScript eval/.test(String(error))) problems.push(String(error));
      });
      page.on("request", (request) => {
        if (!/^(?:file|data|blob):/.test(request.url())) problems.push(`asked for ${request.url()}`);
      });
      await page.goto(siteAddress(`${path.basename(file, ".ipynb")}.html`));
      const text = await page.evaluate(async () => {
        const live = await window.hrdLive?.ready();
        await live?.run();
        return JSON.stringify(live?.cells() ?? []);
      });
      const cells: readonly LiveCell[] = JSON.parse(text);
      expect(cells.map(({ number, state }) => [number, state])).toEqual(wanted.map(({ number }) => [number, "done"]));
      const others = cells.flatMap(({ number, outputs }, at) =>
        differences(withoutPictures(wanted[at]?.outputs ?? []), outputs).map((words) => `cell ${number}: ${words}`),
      );
      expect(others).toEqual([]);
      expect(problems).toEqual([]);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}, 280_000);
