/** The speaker's window: this slide and the next as the room sees them, notes, the time of day and since it was opened. */
export interface Speaker {
  show(slide: HTMLElement, next: HTMLElement | null, place: string): void;
}

/**
 * Opens the speaker's window, which goes on the lecturer's own screen. Its keys steer the slides. It has no address of its
 * own: this page writes into it, so that it works from a file as well.
 *
 * @returns null where the browser does not open windows
 */
export function openSpeaker(title: string, onKey: (key: string) => void): Speaker | null {
  const opened = window.open("", "hrd-speaker", "popup,width=1100,height=780");
  if (opened === null) return null;
  const page = opened.document;
  const { className, dataset } = document.documentElement;
  page.title = `${title}: speaker`;
  page.documentElement.lang = "en";
  page.documentElement.className = className.replace("with-notes", "");
  if (dataset.theme !== undefined) page.documentElement.dataset.theme = dataset.theme;
  const times = made(page, "p", "speaker-times");
  const [place, clock] = [made(page, "span", ""), made(page, "span", "")];
  times.append(place, clock);
  const now = view(page, "h1");
  const next = view(page, "h2");
  const notes = made(page, "div", "speaker-notes");
  page.body.className = "speaker";
  page.body.replaceChildren(times, now.element, next.element, notes);
  const started = Date.now();
  let shown: readonly [HTMLElement, HTMLElement | null] | null = null;
  let where = "";
  const tick = (): void => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    place.textContent = `${where} · ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    // A figure is drawn, or an answer unfolded, after its slide came.
    if (shown === null) return;
    now.mirror(shown[0]);
    next.mirror(shown[1]);
  };
  const timer = window.setInterval(() => (opened.closed ? window.clearInterval(timer) : tick()), 1000);
  page.onkeydown = (event) => onKey(event.key);
  opened.addEventListener("resize", tick);
  page.head.replaceChildren(
    ...[...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].map(({ href }) => {
      const sheet = page.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = href;
      // How large a slide is seen follows from the room that the styles leave it.
      sheet.addEventListener("load", tick);
      return sheet;
    }),
  );
  return {
    show: (slide, following, at) => {
      where = at;
      shown = [slide, following];
      now.heading.textContent = titleOf(slide);
      next.heading.textContent = following === null ? "This is the last slide." : `Next: ${titleOf(following)}`;
      const written = slide.querySelector(".slide-notes")?.cloneNode(true);
      notes.replaceChildren(written === undefined ? "No notes for this slide." : page.adoptNode(written));
      tick();
    },
  };
}

function made<Name extends keyof HTMLElementTagNameMap>(
  page: Document,
  name: Name,
  kind: string,
): HTMLElementTagNameMap[Name] {
  const element = page.createElement(name);
  element.className = kind;
  return element;
}

/** A heading, and a slide of the room's size seen from afar: a copy, which nobody can touch. */
function view(page: Document, level: "h1" | "h2") {
  const element = made(page, "section", "speaker-view");
  const heading = made(page, level, "");
  const glass = made(page, "div", "speaker-glass");
  const room = made(page, "div", "speaker-room");
  room.inert = true;
  room.setAttribute("aria-hidden", "true");
  glass.append(room);
  element.append(heading, glass);
  let seen = "";
  return {
    element,
    heading,
    mirror(slide: HTMLElement | null): void {
      const { innerWidth: width, innerHeight: height } = window;
      const scale = Math.min(glass.clientWidth / width, glass.clientHeight / height);
      room.style.cssText = `width:${width}px;height:${height}px;transform:scale(${scale})`;
      const state = slide === null ? "" : stateOf(slide);
      if (state === seen) return;
      seen = state;
      room.replaceChildren();
      const deck = slide?.parentElement;
      if (slide === null || deck === null || deck === undefined) return;
      const copy = page.importNode(slide, true);
      copy.className = `${slide.className.replace(/\bcurrent\b/, "")} current`;
      copy.querySelector(".slide-notes")?.remove();
      const main = page.importNode(deck, false);
      main.append(copy);
      room.append(main);
    },
  };
}

/** What changes the look of a slide while it stands. */
function stateOf(slide: HTMLElement): string {
  const opened = slide.querySelectorAll(".drawn, .revealed, details[open]").length;
  return [slide.id, slide.className, opened, window.innerWidth, window.innerHeight].join(" ");
}

function titleOf(slide: HTMLElement): string {
  return (slide.getAttribute("aria-label") ?? "").replace(/^\d+ of \d+: /, "");
}
