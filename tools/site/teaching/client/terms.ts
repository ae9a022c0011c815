/**
 * A term shows its definition where it stands: when it is pointed at, when the keyboard comes to it, and by a first
 * tap. The link itself, a second tap or Enter, leads to the glossary. Escape puts the definition away.
 */
export function showTerms(): void {
  const box = definitionBox();
  let open: HTMLElement | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const show = (term: HTMLElement): void => {
    clearTimeout(leaving);
    if (open === term) return;
    hide();
    open = term;
    box.textContent = term.dataset.definition ?? "";
    box.hidden = false;
    term.setAttribute("aria-describedby", box.id);
    place(box, term);
  };
  const hide = (): void => {
    clearTimeout(leaving);
    open?.removeAttribute("aria-describedby");
    open = null;
    box.hidden = true;
  };
  // Whoever points at a term may go on to its definition, to read it or to take words from it (WCAG 2.2, 1.4.13).
  const leave = (): void => {
    leaving = setTimeout(hide, 250);
  };
  for (const term of document.querySelectorAll<HTMLElement>("a.term[data-definition]")) {
    term.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") show(term);
    });
    term.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType === "mouse" && document.activeElement !== term) leave();
    });
    term.addEventListener("focus", () => show(term));
    term.addEventListener("blur", hide);
    // A finger can only tap: the first tap shows, for the focus that it brings comes before the click.
    let shownBefore = false;
    term.addEventListener("pointerdown", () => {
      shownBefore = open === term;
    });
    term.addEventListener("click", (event) => {
      if (event instanceof PointerEvent && event.pointerType === "touch" && !shownBefore) {
        event.preventDefault();
        show(term);
      }
    });
  }
  box.addEventListener("pointerenter", () => clearTimeout(leaving));
  box.addEventListener("pointerleave", leave);
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  addEventListener("resize", hide);
}

function definitionBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = "definition";
  box.id = "definition";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  document.body.append(box);
  return box;
}

/** Below the term, above it where there is no room below, and never over the edge of the window. */
function place(box: HTMLElement, term: HTMLElement): void {
  const lines = term.getClientRects();
  const line = lines[0] ?? term.getBoundingClientRect();
  const last = lines[lines.length - 1] ?? line;
  const { width, height } = box.getBoundingClientRect();
  const edge = 8;
  const left = Math.max(edge, Math.min(line.left, document.documentElement.clientWidth - width - edge));
  const below = last.bottom + 6;
  const fits = below + height < innerHeight || line.top < height + 6;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(fits ? below : line.top - height - 6) + scrollY}px`;
}
