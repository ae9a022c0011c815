import { squeezed } from "../../client/squeeze";

/** Below this width a slide is read on a telephone: it keeps its letters and scrolls. */
const NARROW = 600;
/** No letter is lower than this part of the screen's height. */
const LEAST = 1 / 45;
/** Part of the screen's height that a slide leaves around its figure, for the margins of its text. */
const AROUND = 1 / 36;
/** What is not seen needs no room. */
const FOLDED = "details:not([open]), .prediction:not(.revealed) .prediction-result";
/** Lines of the slide's text that the folded code takes below the words. */
const CODE_LINE = 2;
const PLOTS = ".frame, .control-figure";
/** How a slide with too much makes do: small letters, a narrow table in two columns, and lines closer to each other. */
const WAYS = [["dense"], ["dense", "halved"], ["dense", "tight"], ["dense", "tight", "halved"]];
/** How a slide with little on it uses its room: tables and printed lines in the size of the text. */
const ROOMY = "roomy";
/** What stands beside a figure or belongs to a control keeps its size. */
const FIXED = ".figure-head, fieldset.follow-up, fieldset.odds";
/** A table this many times as wide is no wider than the slide; in two columns its words have a little less room. */
const HALVES = 1.8;

/**
 * Gives slides the sizes of the screen: letters are parts of its height, by the style sheet; figures are enlarged until
 * their smallest letters are so, too, and take the height that is left; a slide with more text than it holds says it in the
 * small size, and what does not fit then scrolls, which its lower edge shows; one with room to spare has its tables in the
 * size of the text. Figures are enlarged by a transformation, and not by the browser's zoom, because plotly.js finds the
 * mouse under the former only. Done at the start, when the window changes, when a slide has grown, and when a figure has
 * been drawn.
 *
 * @returns does it once more, for all slides
 */
export function fitSlides(deck: HTMLElement, slides: readonly HTMLElement[]): () => void {
  const all = (): void => {
    const { innerWidth: width, innerHeight: height } = window;
    const narrow = width < NARROW;
    // A window that is higher than wide has no room for letters of its height.
    deck.style.setProperty("--unit", `${narrow ? 0 : Math.min(height, 0.75 * width)}px`);
    deck.classList.toggle("beside", !narrow && width >= 1.2 * height);
    for (const slide of slides) fitSlide(slide, narrow);
  };
  all();
  for (const part of deck.querySelectorAll(`${PLOTS}, .slide-body`)) sizes.observe(part);
  window.addEventListener("resize", all);
  for (const slide of slides) {
    for (const kind of ["submit", "click"])
      slide.addEventListener(kind, () => requestAnimationFrame(() => fitSlide(slide, window.innerWidth < NARROW)));
    const frame = slide.querySelector<HTMLElement>(".slide-frame");
    frame?.addEventListener("scroll", () => reach(frame), { passive: true });
  }
  return all;
}

function fitSlide(slide: HTMLElement, narrow: boolean): void {
  const frame = slide.querySelector<HTMLElement>(".slide-frame");
  if (frame === null) return;
  for (const plot of slide.querySelectorAll<HTMLElement>(PLOTS)) enlarge(plot, frame, narrow);
  fitWords(slide, frame, narrow);
}

function fitWords(slide: HTMLElement, frame: HTMLElement, narrow: boolean): void {
  const body = slide.querySelector<HTMLElement>(".slide-body");
  const marks = ["wordy", ROOMY, ...WAYS.flat()];
  slide.classList.remove(...marks);
  if (!narrow && [...slide.querySelectorAll<HTMLElement>(".figure-head")].some((head) => !holds(head, frame)))
    slide.classList.add("wordy");
  if (!narrow && body !== null && fits(frame, body)) {
    if (slide.querySelector(FIXED) === null) {
      slide.classList.add(ROOMY);
      if (!fits(frame, body)) slide.classList.remove(ROOMY);
    }
  } else if (!narrow && body !== null) {
    slide.classList.add("dense");
    const ways = halves(slide) ? WAYS : WAYS.filter((way) => !way.includes("halved"));
    for (const way of ways) {
      slide.classList.remove(...WAYS.flat());
      slide.classList.add(...way);
      if (fits(frame, body)) break;
    }
  }
  reach(frame);
}

/** Whether the slide's one table leaves half of the width empty. */
function halves(slide: HTMLElement): boolean {
  const [table, ...others] = [...slide.querySelectorAll("table")].filter((one) => one.closest(FOLDED) === null);
  const holder = table?.closest<HTMLElement>(".scroll");
  if (table === undefined || !holder || others.length > 0) return false;
  return HALVES * table.offsetWidth <= holder.clientWidth;
}

/** Whether the words beside a figure end above the line that unfolds its code, and no word of the title is broken. */
function holds(head: HTMLElement, frame: HTMLElement): boolean {
  const title = head.querySelector<HTMLElement>(".figure-title");
  if (title !== null && title.scrollWidth > title.clientWidth + 1) return false;
  return head.offsetHeight <= frame.clientHeight - CODE_LINE * Number.parseFloat(getComputedStyle(frame).fontSize);
}

/** What scrolls has to be reached by the keyboard, and to be seen: there is more below. */
function reach(frame: HTMLElement): void {
  const fits = frame.scrollHeight <= frame.clientHeight + 1 && frame.scrollWidth <= frame.clientWidth + 1;
  if (fits) frame.removeAttribute("tabindex");
  else frame.tabIndex = 0;
  frame.toggleAttribute("data-more", frame.scrollTop + frame.clientHeight < frame.scrollHeight - 2);
}

function enlarge(plot: HTMLElement, frame: HTMLElement, narrow: boolean): void {
  if (narrow) {
    plot.style.removeProperty("--grow");
    delete plot.dataset.room;
    if (plot.dataset.own !== undefined) plot.style.setProperty("--height", `${plot.dataset.own}px`);
    return;
  }
  const json = plot.parentElement?.querySelector(".figure-json")?.textContent ?? "";
  const grow = Math.max(1, (window.innerHeight * LEAST) / smallestLetter(json));
  plot.style.setProperty("--grow", grow.toFixed(3));
  const room = (frame.clientHeight - window.innerHeight * AROUND - aroundControl(plot)) / grow;
  // The figure is drawn for it: see drawFigure().
  plot.dataset.room = String(Math.floor(room));
  const own = Number(plot.dataset.own ?? Number.parseFloat(plot.style.getPropertyValue("--height")));
  if (!Number.isFinite(own)) return;
  plot.dataset.own = String(own);
  const { least } = plot.dataset;
  plot.style.setProperty("--height", `${squeezed(own, room, least === undefined ? undefined : Number(least))}px`);
}

/** Pixels that the frame and the legend of a control take above and below its figure. */
function aroundControl(plot: HTMLElement): number {
  const control = plot.closest("fieldset");
  if (control === null) return 0;
  const { paddingTop, paddingBottom } = getComputedStyle(control);
  const legend = control.querySelector("legend")?.offsetHeight ?? 0;
  return legend + Number.parseFloat(paddingTop) + Number.parseFloat(paddingBottom);
}

/** What is enlarged takes its room of the page by a margin, for a transformation moves nothing else. */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue;
    const frame = target.closest<HTMLElement>(".slide-frame");
    const slide = target.closest<HTMLElement>(".slide");
    if (frame !== null) reach(frame);
    if (!target.matches(PLOTS)) continue;
    target.style.setProperty("--shown", `${target.offsetHeight}px`);
    // Words that had too little room beside a figure may have enough once it is drawn.
    if (frame !== null && slide !== null)
      requestAnimationFrame(() => fitWords(slide, frame, window.innerWidth < NARROW));
  }
});

/** The smallest letters that a figure asks for, in its own pixels. */
function smallestLetter(json: string): number {
  const sizes = [...json.matchAll(/font-size:(\d+(?:\.\d+)?)px|"(?:tick)?font":\{[^}]*"size":(\d+(?:\.\d+)?)/g)];
  return sizes.reduce((least, [, style, field]) => Math.min(least, Number(style ?? field)), 12);
}

function fits(frame: HTMLElement, body: HTMLElement): boolean {
  if (frame.scrollHeight > frame.clientHeight + 1) return false;
  return [body, ...body.querySelectorAll<HTMLElement>(".scroll, pre")].every(
    (part) => part.closest(FOLDED) !== null || part.scrollWidth <= part.clientWidth + 1,
  );
}
