import { remember, remembered } from "./memory";

/**
 * The address of a page is its state: `01-long-list.html?code=open&theme=dark&coding=strict&months=24#figure-1`, also of a
 * file. Whoever gets it sees what its sender saw.
 */

/** What a reader chooses for all pages: the last choice holds on other pages, too. */
type Choice = "code" | "theme";
const CHOICES: readonly Choice[] = ["code", "theme"];

/** What the address says of a thing, null where it says nothing. */
export function stated(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

/** Puts words into the address, and takes out those that are null; the place in the page stays. */
export function state(words: Readonly<Record<string, string | null>>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(words)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  // Commas part names, and need no mask.
  const text = query.toString().replaceAll("%2C", ",");
  if ((text === "" ? "" : `?${text}`) === location.search) return;
  try {
    history.replaceState(history.state, "", `${text === "" ? location.pathname : `?${text}`}${location.hash}`);
  } catch {
    // A browser that lets no page from a file change its address: the choice holds all the same.
  }
}

/** What the address says, else the last choice, else null: the page's own way. */
export function chosen(name: Choice): string | null {
  return stated(name) ?? remembered(`hrd-${name}`);
}

export function choose(name: Choice, value: string): void {
  remember(`hrd-${name}`, value);
  state({ [name]: value });
}

/** What was chosen on another page is part of what is seen here, so that the address says it, too. */
export function stateChoices(): void {
  state(Object.fromEntries(CHOICES.map((name) => [name, chosen(name)])));
}
