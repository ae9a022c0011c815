import { announce, button } from "./dom";
import { remember, remembered } from "./memory";

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
    remember("hrd-theme", next);
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
  const blocks = [...document.querySelectorAll<HTMLDetailsElement>("details.code")];
  if (blocks.length === 0) return null;
  let folded = remembered("hrd-code") === "folded";
  const apply = (): void => {
    for (const block of blocks) block.open = !folded;
    document.documentElement.classList.remove("code-folded");
    made.textContent = folded ? "Show code" : "Hide code";
  };
  const made = button("", () => {
    folded = !folded;
    remember("hrd-code", folded ? "folded" : "open");
    apply();
    announce(folded ? "Code is hidden" : "Code is shown");
  });
  made.className = "fold";
  apply();
  return made;
}
