import { fitSlides } from "./fit";
import { openSpeaker, type Speaker } from "./speaker";

/** A deck of slides: one at a time, by keys, buttons or address. */
function startDeck(deck: HTMLElement): void {
  const slides = [...deck.querySelectorAll<HTMLElement>(".slide")];
  const place = document.querySelector<HTMLElement>(".deck-place");
  const buttons = document.querySelector<HTMLElement>(".deck-buttons");
  let at = -1;
  let speaker: Speaker | null = null;
  const fitAgain = fitSlides(deck, slides);

  const go = (to: number, focus = true): void => {
    const index = Math.min(Math.max(to, 0), slides.length - 1);
    const slide = slides[index];
    if (slide === undefined || index === at) return;
    at = index;
    for (const other of slides) {
      other.classList.toggle("current", other === slide);
      other.toggleAttribute("inert", other !== slide);
    }
    history.replaceState(null, "", `#${index + 1}`);
    if (place !== null) place.textContent = `${index + 1} / ${slides.length}`;
    if (focus) slide.focus({ preventScroll: true });
    speaker?.show(slide, slides[index + 1] ?? null, `${index + 1} / ${slides.length}`);
  };
  const fromAddress = (): number => (Number(location.hash.slice(1)) || 1) - 1;

  const actions: Readonly<Record<string, () => void>> = {
    next: () => go(at + 1),
    previous: () => go(at - 1),
    first: () => go(0),
    last: () => go(slides.length - 1),
    down: () => scroll(slides[at], 1),
    up: () => scroll(slides[at], -1),
    notes: () => {
      const shown = document.documentElement.classList.toggle("with-notes");
      document.querySelector('[data-deck="notes"]')?.setAttribute("aria-pressed", String(shown));
      fitAgain();
    },
    speaker: () => {
      speaker = openSpeaker(deck.dataset.title ?? "Slides", (key) => actions[KEYS[key] ?? ""]?.());
      const slide = slides[at];
      if (slide !== undefined) speaker?.show(slide, slides[at + 1] ?? null, `${at + 1} / ${slides.length}`);
    },
    full: () => {
      if (document.fullscreenElement !== null) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target, event.key)) return;
    const action = actions[event.key === " " && event.shiftKey ? "previous" : (KEYS[event.key] ?? "")];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-deck]")) {
    button.addEventListener("click", () => actions[button.dataset.deck ?? ""]?.());
  }
  window.addEventListener("hashchange", () => go(fromAddress()));
  if (buttons !== null) buttons.hidden = false;
  go(fromAddress(), false);
}

const KEYS: Readonly<Record<string, string>> = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  ArrowDown: "down",
  ArrowUp: "up",
  Home: "first",
  End: "last",
  n: "notes",
  N: "notes",
  s: "speaker",
  S: "speaker",
  f: "full",
  F: "full",
};

/** A slide with more than it holds goes up or down by most of what is seen of it. */
function scroll(slide: HTMLElement | undefined, way: 1 | -1): void {
  const frame = slide?.querySelector(".slide-frame");
  frame?.scrollBy({ top: 0.8 * way * frame.clientHeight });
}

/** Whether what has the focus needs this key itself: a field, a slider, a button that the space bar presses, a figure. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, select, textarea")) return true;
  if (key === " ") return target.matches("button, summary, a");
  return key.startsWith("Arrow") && target.closest(".live") !== null;
}

const deck = document.querySelector<HTMLElement>("main.deck");
if (deck !== null) startDeck(deck);
