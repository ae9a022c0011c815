import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser } from "../../tools/site/browser";
import { every } from "./support/every";
import { openPage, siteAddress } from "./support/site";

/** Slides on a screen: what the last row of a room can read, measured in Chromium, from a file with the network off. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

// All decks with HRD_EVERY=1; on every run the one with controls and guesses, and the one with most tables.
const decks = inject("pages").filter((name) => /^slides-/.test(name) && (every || /^slides-0[15]/.test(name)));
const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

interface Letters {
  readonly slide: string;
  /** Sizes as seen, in pixels, of what stands outside of figures and formulas. */
  readonly sizes: readonly number[];
  /** Texts that are smaller than a 45th of the screen's height. */
  readonly small: readonly string[];
  /** Whether something reaches out of the slide where nobody can get at it. */
  readonly lost: boolean;
  /** Whether words beside a figure are small although they had room in the size of the text. */
  readonly needless: boolean;
  /** Whether the lower edge says that there is more below, where there is. */
  readonly told: boolean;
  /** Whether a figure's words run into the line that opens the code, or reach out of their column. */
  readonly crowded: boolean;
}

/** Every letter of the slide that is shown, with all transformations between it and the screen. */
function letters(page: Page): Promise<Letters> {
  return page.locator(".slide.current").evaluate(async (slide) => {
    // Sizes follow the figure in the frame after it is drawn.
    for (let frames = 0; frames < 4; frames++) await new Promise((done) => requestAnimationFrame(done));
    const least = window.innerHeight / 45 - 0.1;
    const sizes = new Set<number>();
    const small: string[] = [];
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (element === null || text === "" || element.closest("script, style, .katex-mathml") !== null) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // plotly.js keeps the labels of a flow that draws its own, and shows nothing of them.
      if (element.closest("svg") !== null && Number(getComputedStyle(element).fillOpacity) === 0) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height } = range.getBoundingClientRect();
      // For screen readers only.
      if (width < 2 || height < 2 || element.closest("h1, h2, h3")?.getBoundingClientRect().width === 1) continue;
      let scale = 1;
      if (element instanceof SVGGraphicsElement) scale = element.getScreenCTM()?.d ?? 1;
      else
        for (let around: Element | null = element; around !== null; around = around.parentElement) {
          const { transform } = getComputedStyle(around);
          if (transform !== "none") scale *= new DOMMatrix(transform).d;
        }
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * scale;
      if (size < least) small.push(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
      if (element.closest("svg, .katex") === null) sizes.add(Math.round(size * 10) / 10);
    }
    const frame = slide.querySelector<HTMLElement>(".slide-frame");
    const words = slide.querySelector(".figure-head");
    const code = slide.querySelector(".deck-code > summary");
    const [above, below] = [words?.getBoundingClientRect(), code?.getBoundingClientRect()];
    const apart =
      above === undefined ||
      below === undefined ||
      above.bottom <= below.top + 1 ||
      above.right <= below.left ||
      below.bottom <= above.top;
    const title = words?.querySelector(".figure-title");
    const broken = title !== null && title !== undefined && title.scrollWidth > title.clientWidth + 1;
    const reached = frame === null || frame.scrollHeight <= frame.clientHeight + 1 || frame.tabIndex === 0;
    const isDense = slide.classList.contains("dense");
    slide.classList.remove("dense");
    const needless =
      isDense && frame !== null && title?.checkVisibility() === true && frame.scrollHeight <= frame.clientHeight + 1;
    slide.classList.toggle("dense", isDense);
    return {
      slide: slide.getAttribute("aria-label") ?? "",
      sizes: [...sizes],
      small,
      crowded: !apart || broken,
      needless,
      told: frame === null || frame.scrollHeight > frame.clientHeight + 2 === frame.hasAttribute("data-more"),
      lost: !reached || (frame !== null && frame.scrollWidth > frame.clientWidth + 1),
    };
  });
}

async function turnTo(page: Page, number: number): Promise<void> {
  await page.locator("html").evaluate((_, to) => {
    location.hash = `#${to}`;
  }, number);
  const shown = page.locator(`#slide-${number}.current`);
  await shown.waitFor();
  await expect.poll(() => shown.locator("figure.figure:not(.drawn)").filter({ visible: true }).count()).toBe(0);
}

describe.each(decks)("%s", (name) => {
  test.each(SCREENS)(
    "no letter is under a 45th of $height pixels, in two sizes and one for headings",
    async (screen) => {
      const { page, context, problems } = await openPage(browser, siteAddress(name), { viewport: screen });
      await page.locator("html").evaluate(() => {
        for (const skip of document.querySelectorAll<HTMLElement>(".prediction [data-skip]")) skip.click();
      });
      const count = await page.locator(".slide").count();
      const sizes = new Set<number>();
      for (let number = 1; number <= count; number++) {
        await turnTo(page, number);
        const found = await letters(page);
        expect(found.small, `${found.slide}: too small`).toEqual([]);
        expect(found.lost, `${found.slide}: cannot be reached`).toBe(false);
        expect(found.crowded, `${found.slide}: words over words`).toBe(false);
        expect(found.needless, `${found.slide}: smaller than it need be`).toBe(false);
        expect(found.told, `${found.slide}: cut at the foot`).toBe(true);
        for (const size of found.sizes) sizes.add(size);
      }
      const known = [40, 25, 16].map((part) => Math.round((screen.height / part) * 10) / 10);
      expect([...sizes].filter((size) => !known.includes(size))).toEqual([]);
      expect(sizes.size).toBeGreaterThan(1);
      expect(problems).toEqual([]);
      await context.close();
    },
  );
});

describe.each(decks)("%s", (name) => {
  test("where a guess is asked for, heading and question are seen", async () => {
    const { page, context, problems } = await openPage(browser, siteAddress(name), {
      viewport: { width: 1920, height: 1080 },
    });
    const asking = await page.locator(".slide:has(.prediction)").evaluateAll((slides) =>
      slides.map((slide) => ({
        slide: slide.getAttribute("aria-label"),
        heading: (slide.querySelector("h1, h2, h3")?.getBoundingClientRect().width ?? 0) > 1,
        question: slide.querySelector(".slide-body > blockquote") !== null,
      })),
    );
    expect(asking.filter(({ heading, question }) => !heading || !question)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});

test("the speaker's window shows this slide and the next as the room sees them, notes and two times", async () => {
  const { page, context, problems } = await openPage(browser, `${siteAddress("slides-01-long-list.html")}#8`, {
    viewport: { width: 1280, height: 720 },
  });
  const popup = page.waitForEvent("popup");
  await page.keyboard.press("s");
  const speaker = await popup;
  const views = speaker.locator(".speaker-view");
  expect(await views.count()).toBe(2);
  const title = (number: number): Promise<string> =>
    page
      .locator(`#slide-${number}`)
      .getAttribute("aria-label")
      .then((label) => (label ?? "").replace(/^\d+ of \d+: /, ""));
  expect(await speaker.locator(".speaker-view > h1").textContent()).toBe(await title(8));
  expect(await speaker.locator(".speaker-view > h2").textContent()).toBe(`Next: ${await title(9)}`);
  expect(await views.nth(0).locator("section.slide").getAttribute("id")).toBe("slide-8");
  // The next one's figure is drawn there too, in the letters of the room, seen smaller.
  await expect.poll(() => views.nth(1).locator("#slide-9 .main-svg .trace").count()).toBeGreaterThan(0);
  const text = views.nth(0).locator(".slide-body > p").first();
  expect(await text.evaluate((element) => getComputedStyle(element).fontSize)).toBe(`${720 / 25}px`);
  const current = views.nth(0).locator(".slide.current");
  // Its size follows from the styles, which its window loads.
  await expect.poll(async () => (await current.boundingBox())?.width ?? 0).toBeGreaterThan(200);
  const box = await current.boundingBox();
  const glass = await views.nth(0).locator(".speaker-glass").boundingBox();
  expect(box?.width).toBeLessThanOrEqual((glass?.width ?? 0) + 1);
  expect(await speaker.locator(".speaker-notes").textContent()).toMatch(/\S/);
  expect(await speaker.locator(".speaker-times").textContent()).toMatch(/8 \/ \d+ · 0:\d\d.*\d\d?:\d\d/);
  await speaker.keyboard.press("ArrowRight");
  expect(await views.nth(0).locator("section.slide").getAttribute("id")).toBe("slide-9");
  expect(await page.locator(".slide.current").getAttribute("id")).toBe("slide-9");
  expect(problems).toEqual([]);
  await context.close();
});
