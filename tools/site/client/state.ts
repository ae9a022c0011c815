import { remember, remembered } from "./memory";

/**
 * What a reader chooses for all pages: the address says it (`01-long-list.html?code=open&theme=dark#figure-1`, also of
 * a file), else the last choice holds, else the page's own way. A choice goes into both.
 */
export function chosen(name: "code" | "theme"): string | null {
  return new URLSearchParams(location.search).get(name) ?? remembered(`hrd-${name}`);
}

export function choose(name: "code" | "theme", value: string): void {
  remember(`hrd-${name}`, value);
  const query = new URLSearchParams(location.search);
  query.set(name, value);
  try {
    history.replaceState(history.state, "", `?${query}${location.hash}`);
  } catch {
    // A browser that lets no page from a file change its address: the choice holds all the same.
  }
}
