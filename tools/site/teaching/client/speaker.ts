/** The speaker's window: notes, the next slide's title, the time since it was opened. */
export interface Speaker {
  show(slide: HTMLElement, next: HTMLElement | null, place: string): void;
}

/**
 * Opens the speaker's window, which goes on the lecturer's own screen. Its keys steer the slides.
 *
 * @returns null where the browser does not open windows
 */
export function openSpeaker(title: string, onKey: (key: string) => void): Speaker | null {
  const opened = window.open("", "hrd-speaker", "popup,width=720,height=560");
  if (opened === null) return null;
  const page = opened.document;
  page.title = `${title}: notes`;
  page.documentElement.lang = "en";
  const part = (tag: string, style: string): HTMLElement => {
    const made = page.createElement(tag);
    made.style.cssText = style;
    return made;
  };
  const place = part("p", "margin:0;color:#bbb");
  const now = part("h1", "margin:.2em 0;font-size:1.3em");
  const notes = part("div", "flex:1;overflow:auto;font-size:1.25em;line-height:1.5");
  const next = part("p", "margin:.5em 0 0;color:#bbb");
  page.body.style.cssText =
    "margin:0;padding:1.2em;box-sizing:border-box;height:100vh;display:flex;flex-direction:column;background:#111;color:#fff;font-family:system-ui,sans-serif";
  page.body.replaceChildren(place, now, notes, next);
  const started = Date.now();
  let where = "";
  const tick = (): void => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    place.textContent = `${where} · ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const timer = window.setInterval(() => (opened.closed ? window.clearInterval(timer) : tick()), 1000);
  page.onkeydown = (event) => onKey(event.key);
  return {
    show: (slide, following, at) => {
      where = at;
      now.textContent = titleOf(slide);
      const written = slide.querySelector(".slide-notes")?.cloneNode(true);
      notes.replaceChildren(written === undefined ? "No notes for this slide." : page.adoptNode(written));
      next.textContent = following === null ? "This is the last slide." : `Next: ${titleOf(following)}`;
      tick();
    },
  };
}

function titleOf(slide: HTMLElement): string {
  return (slide.getAttribute("aria-label") ?? "").replace(/^\d+ of \d+: /, "");
}
