/** Marks in the tables of contents the section that is being read: the last heading above the upper third. */
export function markContents(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a.toc")];
  const anchorOf = (link: HTMLAnchorElement): string => decodeURIComponent(link.hash.slice(1));
  const headings = [...new Set(links.map(anchorOf))].flatMap((id) => document.getElementById(id) ?? []);
  if (headings.length === 0) return;
  let current: string | null = null;
  const mark = (): void => {
    waiting = false;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const here = passed.at(-1)?.id ?? null;
    if (here === current) return;
    current = here;
    for (const link of links) {
      if (anchorOf(link) !== here) link.removeAttribute("aria-current");
      else {
        link.setAttribute("aria-current", "location");
        keepInView(link);
      }
    }
  };
  let waiting = false;
  const soon = (): void => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  mark();
}

/** A long table of contents scrolls along; the page itself does not move. */
function keepInView(link: HTMLElement): void {
  const list = link.closest<HTMLElement>(".sidebar");
  if (list === null || list.scrollHeight <= list.clientHeight) return;
  const place = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) list.scrollTop += place.top - frame.top - frame.height / 3;
}
