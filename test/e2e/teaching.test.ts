import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, loadLongList, logRank, releaseOutcomes } from "../../lib";
import { formatP } from "../../lib/figures/label";
import { openBrowser } from "../../tools/site/browser";
import { type ReleaseData, releaseResult } from "../../tools/site/teaching/client/release-model";
import { wordsOf } from "../../tools/site/teaching/client/release-state";
import { releaseData } from "../../tools/site/teaching/release-data";
import { fromTheLibrary, randomStates } from "../support/release-states";
import { every } from "./support/every";
import { siteAddress } from "./support/site";

/** What is said, whether its blanks may be broken or not. */
async function wordsIn(place: Locator): Promise<string> {
  return ((await place.textContent()) ?? "").replaceAll("\u00a0", " ");
}

/** Predictions, exercises, the control and the slides in Chromium, from files, with the network off. */

describe("the rendered site as a seminar", () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  async function open(address: string, viewport = { width: 1280, height: 800 }): Promise<void> {
    await page?.context().close();
    const context = await browser.newContext({ offline: true, viewport, reducedMotion: "reduce" });
    page = await context.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    const [, file = "", rest = ""] = /^([^?#]*)(.*)$/.exec(address) ?? [];
    await page.goto(`${siteAddress(file)}${rest}`);
  }

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    expect(problems).toEqual([]);
  });

  test("the slider and the menu redraw curves and p, by keyboard alone", async () => {
    await open("01-long-list.html");
    const control = page.locator("fieldset.follow-up");
    await control.scrollIntoViewIfNeeded();
    const said = () => wordsIn(control.locator("output.said"));
    const curve = control.locator(".scatterlayer .trace");
    await expect.poll(() => curve.count(), { timeout: 15_000 }).toBeGreaterThan(0);
    expect(await said()).toContain("16 of 19 featured and 3 of 18 synthetic women released");
    const { pValue } = logRank(releaseOutcomes(loadLongList(), { clock: "launch" }));
    expect(await said()).toContain(formatP(pValue));
    const before = await control.locator(".control-figure").getAttribute("aria-label");

    const slider = control.getByRole("slider", { name: "Follow-up ends after" });
    await slider.focus();
    await page.keyboard.press("Home");
    for (let month = 1; month < 6; month++) await page.keyboard.press("ArrowRight");
    await expect.poll(said).toContain("6 months of follow-up, working-paper coding: 4 of 19");
    await expect.poll(() => control.locator(".control-figure").getAttribute("aria-label")).not.toBe(before);
    expect(await slider.getAttribute("aria-valuetext")).toBe("6 months");

    await page.keyboard.press("End");
    await control.getByLabel("Coding", { exact: true }).selectOption("broad");
    await expect.poll(said).toContain("18 of 19 featured");
    for (const name of ["Matlyuba Kamilova", "Liu Xia", "María Lourdes Afiuni"])
      expect(await control.getByLabel(name).isChecked()).toBe(true);
    await control.getByLabel("Liu Xia").uncheck();
    await expect.poll(said).toContain("a coding of your own: 17 of 19 featured");
    await expect.poll(() => control.textContent()).toContain("SYNTHETIC DATA");
  });

  test("the address is the state: what it says is shown, and what is shown it says", async () => {
    const data: ReleaseData = JSON.parse(JSON.stringify(releaseData()));
    const said = () => wordsIn(page.locator("fieldset.follow-up output.said"));
    await open("01-long-list.html");
    for (const state of randomStates(data, 100).slice(0, every ? 100 : 3)) {
      const words = Object.entries(wordsOf(data, state)).filter(([, word]) => word !== null);
      const query = `?code=open&theme=dark&${words.map(([name, word]) => `${name}=${word}`).join("&")}`.replace(
        /&$/,
        "",
      );
      // The address as a reader gets it, in a browser that has never seen the site.
      await open(`01-long-list.html${query}#follow-up`);
      const expected = fromTheLibrary(data, state);
      await expect.poll(said, { message: query }).toContain(expected.numbers);
      expect((await said()).startsWith(expected.months), query).toBe(true);
      expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
      expect(await page.locator("details.code pre").first().isVisible()).toBe(true);
      const { alt } = releaseResult(data, state).figure;
      const figure = page.locator("fieldset.follow-up .control-figure");
      await expect.poll(() => figure.getAttribute("aria-label"), { message: query }).toBe(alt);
      // In whatever order the page writes them.
      const parts = (address: string) => address.split(/[?&#]/).sort();
      const asked = `${siteAddress("01-long-list.html")}${query}#follow-up`;
      await expect.poll(() => parts(page.url())).toEqual(parts(asked));
    }

    await open("01-long-list.html");
    const control = page.locator("fieldset.follow-up");
    await control.getByLabel("Time since").selectOption("arrest");
    await control.getByLabel("Liu Xia").uncheck();
    await control.getByLabel("Matlyuba Kamilova").check();
    await control.getByRole("slider").fill("20");
    const chosen = ["clock=arrest", "coding=own", "counted=matlyuba-kamilova", "months=20"];
    await expect.poll(() => page.url().split(/[?&]/).slice(1).sort()).toEqual(chosen);
    const before = await said();
    const shared = await control
      .getByRole("link", { name: "Link to what is shown" })
      .evaluate((link: HTMLAnchorElement) => link.href);
    expect(shared).toMatch(/#follow-up$/);
    await page.goto(shared);
    await page.reload();
    await expect.poll(said).toBe(before);
    // What was chosen on another page is part of what is seen, and so of the address.
    await page.getByRole("button", { name: "Dark colours" }).click();
    await page.goto(siteAddress("02-ua-control-group.html"));
    expect(page.url()).toMatch(/\?theme=dark$/);
    // The odds of notebook 01's other control, too.
    await open("01-long-list.html?odds=3");
    await page.locator("#cell-selection-simulated [data-skip]").click();
    await expect.poll(() => page.locator("fieldset.odds output.said").textContent()).toMatch(/^Odds of 3 to 1/);
  });

  test("a result is folded until a guess is made, and there for a link and for print", async () => {
    await open("01-long-list.html");
    const cell = page.locator("#cell-figure1");
    const result = cell.locator(".prediction-result");
    expect(await result.isVisible()).toBe(false);
    await cell.getByLabel("about 7: fewer of the featured stay at risk").check();
    await cell.getByRole("button", { name: "Show the result" }).click();
    expect(await result.isVisible()).toBe(true);
    expect(await result.textContent()).toContain("Your guess: about 7: fewer of the featured stay at risk. Compare:");
    const drawn = cell.locator(".main-svg").first();
    await expect.poll(() => drawn.isVisible(), { timeout: 15_000 }).toBe(true);
    const widths = await cell
      .locator(".live")
      .evaluate((live) => [live.clientWidth, live.querySelector("svg")?.clientWidth]);
    expect(widths[1]).toBe(widths[0]);

    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#cell-any-days .prediction-result").isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => {
      location.hash = "figure-figure1";
    });
    expect(await page.locator("#cell-figure1 .prediction-result").isVisible()).toBe(true);
  });

  test("exercises are checked in the page, which holds no solution", async () => {
    await open("00-campaign.html");
    const form = page.locator('form.exercise[data-exercise="00-b"]');
    await form.getByLabel("Answer to 00-b").selectOption("while");
    await form.getByRole("button", { name: "Check" }).click();
    expect(await form.locator("output").textContent()).toContain(check("00-b", "while").message);
    await form.getByLabel("Answer to 00-b").selectOption("before");
    await form.getByRole("button", { name: "Check" }).click();
    expect(await form.locator("output").textContent()).toContain("Right.");
    expect(await page.content()).not.toMatch(/knownDay|released16/);
  });

  test("terms lead to the glossary", async () => {
    await open("01-long-list.html");
    await page.locator("a.term", { hasText: "censoring" }).click();
    await page.waitForURL(/glossary\.html#censoring$/);
    expect(await page.locator("h2#censoring").isVisible()).toBe(true);
  });

  test("the deck turns by keys and by address; notes, speaker's window and live figures are there", async () => {
    await open("slides-01-long-list.html", { width: 1280, height: 720 });
    const current = page.locator(".slide.current");
    const title = (): Promise<string | null> => current.getAttribute("aria-label");
    expect(await title()).toMatch(/^1 of \d+: 01 · The long list$/);
    await page.keyboard.press("ArrowRight");
    expect(await title()).toMatch(/^2 of \d+: Censoring$/);
    expect(page.url()).toMatch(/#2$/);
    await page.keyboard.press("n");
    expect(await current.locator(".slide-notes").isVisible()).toBe(true);
    const popup = page.waitForEvent("popup");
    await page.keyboard.press("s");
    const speaker = await popup;
    expect(await speaker.locator("h1").textContent()).toBe("Censoring");
    await speaker.keyboard.press("ArrowRight");
    expect(await speaker.locator("body").textContent()).toContain("3 / ");
    expect(await title()).toMatch(/^3 of /);
    await page.keyboard.press("End");
    expect(await title()).toMatch(/What the synthetic half shows/);
    await page.keyboard.press("Home");

    // A figure answers to the mouse at the size to which its slide was enlarged.
    const at = await page.locator(".slide:has(figure.figure)").evaluateAll((slides) => slides[1]?.id ?? "");
    await page.evaluate((id) => {
      location.hash = id.replace("slide-", "");
    }, at);
    const figure = page.locator(`#${at} .live`);
    await expect.poll(() => figure.locator(".main-svg").count(), { timeout: 20_000 }).toBeGreaterThan(0);
    await expect.poll(() => figure.locator(".bars .point").count()).toBeGreaterThan(10);
    const box = await figure.locator(".bars .point").nth(12).boundingBox();
    if (box === null) throw new Error("no bar");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 5);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 6);
    await expect.poll(() => figure.locator(".hoverlayer .hovertext").count()).toBe(1);
    const label = await figure.locator(".hoverlayer .hovertext").boundingBox();
    expect(Math.abs((label?.x ?? 0) - box.x)).toBeLessThan(400);
  });
});
