/** Below this width a slide is read on a telephone: it keeps its size and scrolls. */
const NARROW = 600;
const LARGEST = 3;
const SMALLEST = 0.5;
const STEP = 0.02;
/** What is not seen needs no room. */
const FOLDED = "details:not([open]), .prediction:not(.revealed) .prediction-result";

/**
 * Makes each slide as large as the window allows, so that the last row reads it. It is scaled by a transformation, and
 * not by the browser's zoom, because plotly.js finds the mouse under the former only. Done at the start, when the window
 * changes, and when a slide has grown.
 *
 * @returns does it once more, for all slides
 */
export function fitSlides(slides: readonly HTMLElement[]): () => void {
  const all = (): void => {
    const changed = slides.map(enlarge).includes(true);
    if (changed) figuresFollow();
  };
  all();
  let size = sizeOfWindow();
  window.addEventListener("resize", () => {
    // What figuresFollow() sends comes here, too.
    if (sizeOfWindow() === size) return;
    size = sizeOfWindow();
    all();
  });
  for (const slide of slides) {
    for (const kind of ["submit", "click"])
      slide.addEventListener(kind, () => requestAnimationFrame(() => enlarge(slide) && figuresFollow()));
  }
  return all;
}

/** plotly.js takes the size of its figures anew when the window tells of a new size. */
function figuresFollow(): void {
  window.dispatchEvent(new Event("resize"));
}

function sizeOfWindow(): string {
  return `${window.innerWidth} ${window.innerHeight}`;
}

/** @returns whether the size has changed */
function enlarge(slide: HTMLElement): boolean {
  const frame = slide.querySelector<HTMLElement>(".slide-frame");
  const body = slide.querySelector<HTMLElement>(".slide-body");
  if (frame === null || body === null) return false;
  const before = body.style.getPropertyValue("--scale");
  const scale = window.innerWidth < NARROW ? 1 : largestScale(frame, body);
  body.style.setProperty("--scale", scale.toFixed(2));
  // What scrolls has to be reached by the keyboard.
  if (frame.scrollHeight > frame.clientHeight + 1) frame.tabIndex = 0;
  else frame.removeAttribute("tabindex");
  return body.style.getPropertyValue("--scale") !== before;
}

/** By halves: what fits at one size fits at each smaller one. */
function largestScale(frame: HTMLElement, body: HTMLElement): number {
  let [low, high] = [SMALLEST, Math.min(LARGEST, window.innerWidth / 560)];
  body.style.minHeight = "0";
  while (high - low > STEP) {
    const middle = (low + high) / 2;
    body.style.setProperty("--scale", String(middle));
    if (fits(frame, body, middle)) low = middle;
    else high = middle;
  }
  body.style.minHeight = "";
  return Math.floor(low * 100) / 100;
}

function fits(frame: HTMLElement, body: HTMLElement, scale: number): boolean {
  if (body.offsetHeight * scale > frame.clientHeight) return false;
  return [body, ...body.querySelectorAll<HTMLElement>(".scroll, pre")].every(
    (part) => part.closest(FOLDED) !== null || part.scrollWidth <= part.clientWidth + 1,
  );
}
