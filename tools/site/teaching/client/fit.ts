/** Below this width a slide is read on a telephone: it keeps its size and scrolls. */
const NARROW = 600;
const LARGEST = 3;
const SMALLEST = 0.5;
const STEP = 0.05;

/**
 * Makes each slide as large as the window allows, so that the last row reads it: by the browser's zoom, which all that
 * is on it follows. Done at the start, when the window changes, and when a slide has grown.
 */
export function fitSlides(slides: readonly HTMLElement[]): void {
  const all = (): void => {
    for (const slide of slides) enlarge(slide);
  };
  all();
  let width = window.innerWidth;
  let height = window.innerHeight;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width && window.innerHeight === height) return;
    width = window.innerWidth;
    height = window.innerHeight;
    all();
  });
  for (const slide of slides) {
    for (const kind of ["submit", "click"]) {
      slide.addEventListener(kind, () => {
        requestAnimationFrame(() => {
          if (enlarge(slide)) window.dispatchEvent(new Event("resize")); // figures follow the window's size
        });
      });
    }
  }
}

/** @returns whether the size has changed */
function enlarge(slide: HTMLElement): boolean {
  const body = slide.querySelector<HTMLElement>(".slide-body");
  if (body === null) return false;
  const before = body.style.getPropertyValue("zoom");
  if (window.innerWidth < NARROW) body.style.setProperty("zoom", "1");
  else {
    // By halves: what fits at one size fits at each smaller one.
    let [low, high] = [SMALLEST, Math.min(LARGEST, window.innerWidth / 560)];
    while (high - low > STEP) {
      const middle = (low + high) / 2;
      body.style.setProperty("zoom", String(middle));
      if (fits(slide, body)) low = middle;
      else high = middle;
    }
    body.style.setProperty("zoom", low.toFixed(2));
  }
  return body.style.getPropertyValue("zoom") !== before;
}

function fits(slide: HTMLElement, body: HTMLElement): boolean {
  if (slide.scrollHeight > slide.clientHeight + 1) return false;
  return [body, ...body.querySelectorAll<HTMLElement>(".scroll, pre")].every(
    (part) => part.closest("details:not([open])") !== null || part.scrollWidth <= part.clientWidth + 1,
  );
}
