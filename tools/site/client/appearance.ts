import { announce, button } from "./dom";
import { choose } from "./state";

const listeners: (() => void)[] = [];
const system = matchMedia("(prefers-color-scheme: dark)");

/** What the reader sees now. */
export function theme(): "light" | "dark" {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return system.matches ? "dark" : "light";
}

export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

/** The switch between light and dark. */
export function themeSwitch(): HTMLButtonElement {
  const made = button("", () => {
    const next = theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    choose("theme", next);
    changed();
    announce(`${next} colours`);
  });
  made.className = "theme";
  const label = (): void => {
    made.textContent = theme() === "dark" ? "Light" : "Dark";
    made.setAttribute("aria-label", theme() === "dark" ? "Light colours" : "Dark colours");
  };
  const changed = (): void => {
    label();
    for (const listener of listeners) listener();
  };
  label();
  system.addEventListener("change", changed);
  return made;
}

/** The switch that folds and unfolds the code of all cells; null where a page has none. */
export function codeSwitch(): HTMLButtonElement | null {
  const root = document.documentElement;
  const blocks = [...document.querySelectorAll<HTMLDetailsElement>("details.code")];
  if (blocks.length === 0) return null;
  let folded = root.classList.contains("code-folded");
  const apply = (): void => {
    for (const block of blocks) block.open = !folded;
    root.classList.remove("code-folded");
    verb.textContent = folded ? "Show" : "Hide";
    made.setAttribute("aria-label", folded ? "Show code" : "Hide code");
  };
  const verb = document.createElement("span");
  const made = button("", () => {
    folded = !folded;
    choose("code", folded ? "folded" : "open");
    // What the reader looks at stays where it is, whatever is folded above it.
    const seen = firstInView();
    const before = seen?.getBoundingClientRect().top ?? 0;
    apply();
    const moved = (seen?.getBoundingClientRect().top ?? 0) - before;
    scrollBy({ top: moved, behavior: "instant" });
    announce(folded ? "Code is hidden" : "Code is shown");
  });
  made.className = "fold";
  made.append(verb, " code");
  apply();
  return made;
}

/** The first part of the page that begins in the window; null at the top, where the header is what is seen. */
function firstInView(): Element | null {
  if (scrollY < innerHeight / 2) return null;
  const parts = document.querySelectorAll("main .cell > :not(details.code), main .output");
  return [...parts].find((part) => part.getBoundingClientRect().top >= 0) ?? null;
}
