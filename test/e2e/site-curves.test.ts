import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadLongList, releaseOutcomes } from "../../lib/data";
import { atTimes, type CurveAtTime, kaplanMeier, quantile } from "../../lib/survival";
import { openBrowser } from "../../tools/site/browser";
import { openPage, siteAddress } from "./support/site";

/** Figure 1 without eyes: by keyboard alone, with what a screen reader is told to say, and by ear. */

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** Goes to Figure 1 with the tab key, as somebody does who has no mouse; the guess before it is skipped. */
async function reachFigure(page: Page): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press("Tab");
    const where = await page.locator(":focus").evaluate((element) => ({
      figure: element.classList.contains("live") && element.closest("figure")?.id === "figure-figure1",
      skips: element.matches("#cell-figure1 [data-skip]"),
    }));
    if (where.figure) return;
    if (where.skips) {
      await page.keyboard.press("Enter");
      await page.locator("#figure-figure1.drawn").waitFor();
      // The answer stands before the button in the page.
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Shift+Tab");
    }
  }
  throw new Error("the tab key does not reach Figure 1");
}

/** Presses keys and gives what is said after the last one. */
async function said(page: Page, ...keys: string[]): Promise<string> {
  let text = "";
  for (const key of keys) {
    await page.locator(".announcer").evaluate((region) => {
      region.textContent = "";
    });
    await page.keyboard.press(key);
    await expect.poll(() => page.locator(".announcer").textContent()).not.toBe("");
    text = (await page.locator(".announcer").textContent()) ?? "";
  }
  return text;
}

const curves = kaplanMeier(releaseOutcomes(loadLongList(), { clock: "launch" }), {
  order: ["short list", "long list"],
});
const [short, long] = curves;
const at = (curve: number, time: number): CurveAtTime => atTimes(curves[curve], [time])[0];
const percent = (share: number | null): string => `${Math.round(100 * (share ?? 0))}%`;
const limits = ({ lower, upper }: CurveAtTime): string => `(${percent(lower)} to ${percent(upper)})`;
const months = (time: number): string => `${Number(time.toFixed(1))} months`;
const first = (events: readonly number[]): number => events.findIndex((count) => count > 0);

test("ten questions on Figure 1 are answered by the keyboard, as the library answers them", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("01-long-list.html")}#cell-figure1`);
  await reachFigure(page);
  const answers: [question: string, answer: string, expected: string][] = [];
  const ask = (question: string, answer: string, expected: string): void =>
    void answers.push([question, answer, expected]);

  const overview = await said(page, "h");
  ask("What is shown?", overview, "Survival curves for short list and long list (synthetic)");
  ask(
    "How many curves, and how many were released?",
    overview,
    "2 curves. short list: 16 released, 3 followed no further",
  );
  ask("How many women were there at the beginning?", await said(page, "Home"), `${short.n} at risk`);
  const released = short.time[first(short.events)];
  ask("When was the first one released?", await said(page, "Home", "ArrowRight"), `short list, ${months(released)}: `);
  const year = await said(page, "Home", "PageDown", "PageDown");
  ask(
    "How many were still in custody after a year?",
    year,
    `12 months: ${percent(at(0, 12).survival)} still in custody`,
  );
  ask("How sure is that?", year, limits(at(0, 12)));
  const two = await said(page, "PageDown", "PageDown");
  ask(
    "How many of the short list were under observation after two years?",
    two,
    `24 months: ${percent(at(0, 24).survival)}`,
  );
  ask("And how many is that?", two, `${at(0, 24).atRisk} at risk`);
  ask(
    "And of the long list?",
    await said(page, "ArrowDown"),
    `long list (synthetic), 24 months: ${percent(at(1, 24).survival)}`,
  );
  let median = await said(page, "ArrowUp", "Home");
  for (let steps = 0; Number(/: (\d+)%/.exec(median)?.[1]) > 50 && steps < 40; steps++)
    median = await said(page, "ArrowRight");
  ask("When were half of the short list free?", median, `short list, ${months(quantile(short, 0.5).estimate ?? 0)}: `);
  const end = await said(page, "ArrowDown", "End");
  ask(
    "Where does the long list end?",
    end,
    `${months(long.time.at(-1) ?? 0)}: ${percent(long.survival.at(-1) ?? 0)} still in custody`,
  );
  const lost = long.time[first(long.censored)];
  ask("When was a woman of the long list lost from view?", await said(page, "Home", "ArrowRight"), `${months(lost)}: `);

  expect(answers.length).toBeGreaterThanOrEqual(10);
  for (const [question, answer, expected] of answers) expect(answer, question).toContain(expected);
  expect(await page.locator(".live:focus").getAttribute("role")).toBe("application");
  // The keys did not scroll the page away, and the box for those who see it is there.
  await expect.poll(() => page.locator("#figure-figure1 .hoverlayer .hovertext").count()).toBeGreaterThan(0);
  await page.keyboard.press("d");
  expect(await page.locator("#figure-figure1 details.rows").getAttribute("open")).not.toBeNull();
  expect(problems).toEqual([]);
  await context.close();
});

describe("the tone", () => {
  test("is off until it is asked for, and follows the level", async () => {
    const { page, context, problems } = await openPage(browser, "about:blank");
    await page.addInitScript(() => {
      const heard: number[] = [];
      Reflect.set(window, "heard", heard);
      const set = AudioParam.prototype.setValueAtTime;
      AudioParam.prototype.setValueAtTime = function (value: number, time: number) {
        if (value >= 100) heard.push(value);
        return set.call(this, value, time);
      };
    });
    const heard = (): Promise<number[]> => page.evaluate(() => Reflect.get(window, "heard"));
    await page.goto(`${siteAddress("01-long-list.html")}#cell-figure1`);
    await reachFigure(page);
    await said(page, "Home", "ArrowRight", "ArrowRight");
    expect(await said(page, "Enter")).toBe("The tone is off; T turns it on.");
    expect(await heard()).toEqual([]);
    expect(await said(page, "t")).toContain("Tone on");
    await said(page, "Home", "PageDown", "PageDown");
    const [, ...levels] = await heard();
    const hertz = [0, 6, 12].map((time) => 220 * 4 ** at(0, time).survival);
    expect(levels.map((value) => value.toFixed(1))).toEqual(hertz.map((value) => value.toFixed(1)));
    expect(await page.locator("#figure-figure1 .tools [aria-pressed=true]").count()).toBe(1);
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await heard()).length).toBe(1 + 3 + short.time.length + 1);
    await said(page, "t", "Home");
    expect(await heard()).toHaveLength(1 + 3 + short.time.length + 1);
    expect(problems).toEqual([]);
    await context.close();
  });
});
