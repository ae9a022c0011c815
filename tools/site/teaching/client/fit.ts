import { squeezed } from "../../client/squeeze";

/** Below this width a slide is read on a telephone: it keeps its letters and scrolls. */
const NARROW = 600;
/** No letter is lower than this part of the screen's height. */
const LEAST = 1 / 45;
/** Pixels of a slide around its figure. */
const AROUND = 14;
/** What is not seen needs no room. */
const FOLDED = "details:not([open]), .prediction:not(.revealed) .prediction-result";
const PLOTS = ".frame, .control-figure";

/**
 * Gives slides the sizes of the screen: letters are parts of its height, by the style sheet; figures are enlarged until
 * their smallest letters are so, too, and take the height that is left; a slide with more text than it holds says it in the
 * small size, and what does not fit then scrolls. Figures are enlarged by a transformation, and not by the browser's zoom,
 * because plotly.js finds the mouse under the former only. Done at the start, when the window changes, and when a slide has
 * grown.
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
  }
  return all;
}

function fitSlide(slide: HTMLElement, narrow: boolean): void {
  const frame = slide.querySelector<HTMLElement>(".slide-frame");
  const body = slide.querySelector<HTMLElement>(".slide-body");
  if (frame === null || body === null) return;
  for (const plot of slide.querySelectorAll<HTMLElement>(PLOTS)) enlarge(plot, frame, narrow);
  slide.classList.remove("dense");
  if (!narrow && !fits(frame, body)) slide.classList.add("dense");
  reach(frame);
}

/** What scrolls has to be reached by the keyboard. */
function reach(frame: HTMLElement): void {
  const fits = frame.scrollHeight <= frame.clientHeight + 1 && frame.scrollWidth <= frame.clientWidth + 1;
  if (fits) frame.removeAttribute("tabindex");
  else frame.tabIndex = 0;
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
  const room = (frame.clientHeight - AROUND) / grow;
  // The figure is drawn for it: see drawFigure().
  plot.dataset.room = String(Math.round(room));
  const own = Number(plot.dataset.own ?? Number.parseFloat(plot.style.getPropertyValue("--height")));
  if (!Number.isFinite(own)) return;
  plot.dataset.own = String(own);
  plot.style.setProperty("--height", `${squeezed(own, room)}px`);
}

/** What is enlarged takes its room of the page by a margin, for a transformation moves nothing else. */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue;
    if (target.matches(PLOTS)) target.style.setProperty("--shown", `${target.offsetHeight}px`);
    const frame = target.closest<HTMLElement>(".slide-frame");
    if (frame !== null) reach(frame);
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
