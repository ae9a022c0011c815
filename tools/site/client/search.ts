import MiniSearch from "minisearch";
import { findPlaces, type Piece } from "../search-find";
import { SEARCH_OPTIONS, type SearchPlace } from "../search-options";
import { base, button, loadScript } from "./dom";

declare global {
  interface Window {
    hrdSearchIndex?: Parameters<typeof MiniSearch.loadJS>[0];
  }
}

const MOST = 20;
let index: MiniSearch<SearchPlace> | null = null;

async function loadedIndex(): Promise<MiniSearch<SearchPlace>> {
  if (index !== null) return index;
  await loadScript(`${base()}assets/search-index.js`);
  if (window.hrdSearchIndex === undefined) throw new Error("the search index was loaded, but is not there");
  index = MiniSearch.loadJS<SearchPlace>(window.hrdSearchIndex, SEARCH_OPTIONS);
  return index;
}

/** The search over all pages: a button, and the keys / and Ctrl+K. */
export function searchButton(): HTMLButtonElement {
  const dialog = makeDialog();
  const open = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input")?.select();
    void loadedIndex();
  };
  addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    if (!slash && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    open();
  });
  const made = button("Search", open);
  made.className = "search";
  return made;
}

function makeDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", "Search");
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Search all pages";
  input.setAttribute("aria-label", "Search all pages");
  input.autocomplete = "off";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const results = document.createElement("ul");
  const close = button("Close", () => dialog.close());
  const line = document.createElement("div");
  line.className = "line";
  line.append(input, close);
  dialog.append(line, status, results);
  document.body.append(dialog);
  input.addEventListener("input", () => void find(input.value, results, status));
  dialog.addEventListener("keydown", (event) => walk(event, dialog, input));
  dialog.addEventListener("click", (event) => {
    const outside = event.target === dialog;
    const followed = event.target instanceof Element && event.target.closest("a") !== null;
    if (outside || followed) dialog.close();
  });
  return dialog;
}

async function find(query: string, results: HTMLElement, status: HTMLElement): Promise<void> {
  const asked = query.trim();
  const { count, first } = findPlaces(await loadedIndex(), asked, MOST);
  status.textContent = asked === "" ? "" : `${count} ${count === 1 ? "place" : "places"}`;
  results.replaceChildren(
    ...first.map(({ href, page, title, excerpt }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${base()}${href}`;
      for (const [name, text] of [
        ["title", title],
        ["page", [{ text: page, hit: false }]],
        ["excerpt", excerpt],
      ] as const) {
        if (text.every((piece) => piece.text === "")) continue;
        const part = document.createElement("span");
        part.className = name;
        part.append(...text.map(marked));
        link.append(part);
      }
      item.append(link);
      return item;
    }),
  );
}

function marked({ text, hit }: Piece): Node {
  if (!hit) return document.createTextNode(text);
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

/** Arrow keys go through the results; Escape leaves at once, where a search field would first empty itself. */
function walk(event: KeyboardEvent, dialog: HTMLDialogElement, input: HTMLInputElement): void {
  if (event.key === "Escape") {
    event.preventDefault();
    dialog.close();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...dialog.querySelectorAll<HTMLElement>("li a")];
  const at = document.activeElement instanceof HTMLElement ? links.indexOf(document.activeElement) : -1;
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  if (next >= links.length) return;
  event.preventDefault();
  (links[next] ?? input).focus();
}
