import { readCurves } from "./curve-reader";
import { button } from "./dom";
import { saveMenu } from "./downloads";
import { drawFigure } from "./draw";
import { stepThroughPoints } from "./keys";
import { plotly } from "./plotly";
import type { FigureValue } from "./shared";

/** Draws the figures of the page: those in view at once, the others when they come near or when nothing else is to do. */
export function showFigures(root: ParentNode = document): void {
  const waiting = new Set(root.querySelectorAll<HTMLElement>("figure.figure"));
  if (waiting.size === 0) return;
  const start = (holder: HTMLElement): void => {
    if (!waiting.delete(holder)) return;
    observer.unobserve(holder);
    show(holder).catch((error: unknown) => {
      // The picture stays, which is as good on paper and nearly as good on the screen.
      console.error(error);
    });
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting && entry.target instanceof HTMLElement) start(entry.target);
    },
    { rootMargin: "50% 0px" },
  );
  for (const holder of waiting) observer.observe(holder);
  const idle = (): void => {
    if (held > 0) {
      whenIdle(idle);
      return;
    }
    // What is folded away is drawn when it is unfolded, for now it has no width.
    const next = [...waiting].find((holder) => holder.offsetParent !== null);
    if (next === undefined) return;
    start(next);
    whenIdle(idle);
  };
  // plotly.js is large: what stands in the page is shown first, and no longer waited for.
  requestAnimationFrame(() => requestAnimationFrame(() => void plotly().then(() => whenIdle(idle))));
}

let held = 0;
const waitingForRelease = new Set<() => void>();

/** Until what is returned is called only figures near the window are drawn: something else is to be done first. */
export function holdFigures(): () => void {
  held += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    held -= 1;
    if (held > 0) return;
    for (const act of waitingForRelease) whenIdle(act);
    waitingForRelease.clear();
  };
}

function whenIdle(act: () => void): void {
  if (held > 0) {
    waitingForRelease.add(act);
    return;
  }
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 500 });
  else setTimeout(act, 50);
}

async function show(holder: HTMLElement): Promise<void> {
  const frame = holder.querySelector<HTMLElement>(".frame");
  const json = holder.querySelector(".figure-json")?.textContent;
  if (frame === null || json === null || json === undefined) return;
  const figure: FigureValue = JSON.parse(json);
  const live = document.createElement("div");
  live.className = "live";
  live.tabIndex = 0;
  frame.append(live);
  await drawFigure(live, figure);
  holder.classList.add("drawn");
  addTools(holder, live, figure);
  if (!readCurves(live, figure, holder.querySelector(".tools"))) stepThroughPoints(live);
}

function addTools(holder: HTMLElement, live: HTMLElement, figure: FigureValue): void {
  const bar = holder.querySelector(".tools");
  if (bar === null) return;
  const zoom =
    (factor: number): (() => void) =>
    () =>
      void zoomBy(live, factor);
  const named = (made: HTMLButtonElement, label: string): HTMLButtonElement => {
    made.setAttribute("aria-label", label);
    made.title = label;
    return made;
  };
  bar.append(
    named(button("+", zoom(0.5)), "Zoom in"),
    named(button("−", zoom(2)), "Zoom out"),
    named(
      button("⟲", () => void drawFigure(live, figure)),
      "Show all of the figure",
    ),
    saveMenu(figure, holder.dataset.name ?? "figure"),
  );
}

/** Makes the horizontal range `factor` times as long, around its middle. */
async function zoomBy(live: HTMLElement, factor: number): Promise<void> {
  const axis: unknown = Reflect.get(Object(Reflect.get(live, "_fullLayout")), "xaxis");
  const range: unknown = Reflect.get(Object(axis), "range");
  if (!Array.isArray(range)) return;
  const isDate = Reflect.get(Object(axis), "type") === "date";
  const [low = Number.NaN, high = Number.NaN] = range.map((end) => (isDate ? Date.parse(String(end)) : Number(end)));
  const middle = (low + high) / 2;
  const half = ((high - low) / 2) * factor;
  const ends = [middle - half, middle + half].map((end) => (isDate ? new Date(end).toISOString() : end));
  await (await plotly()).relayout(live, { "xaxis.range": ends });
}
