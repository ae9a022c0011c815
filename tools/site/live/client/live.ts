import { base, button, loadScript } from "../../client/dom";
import { filesOf } from "../../teaching/client/dropped-files";
import type { LiveApi, LivePage, OwnFile } from "./api";

/**
 * The script that every notebook's page loads: the toolbar, and a way to what runs cells, which is loaded at the first run.
 * Until then the page is as still as one without it.
 */

let page: Promise<LivePage> | null = null;

function start(): void {
  const main = document.querySelector("main");
  const notebook = main?.querySelector<HTMLElement>("[data-cell]") ?? null;
  const name = /([^/]+)\.html$/.exec(decodeURIComponent(location.pathname))?.[1];
  if (main === null || notebook === null || name === undefined) return;
  const toolbar = document.createElement("div");
  const api: LiveApi = { notebook: name, toolbar, ready: () => ready(api) };
  toolbar.className = "live-bar";
  toolbar.setAttribute("role", "group");
  toolbar.setAttribute("aria-label", "Run this notebook");
  const run = button("Run all", () => {
    toolbar.dataset.running = "";
    status.textContent = "Loading …";
    void ask((live) => live.run());
  });
  const stop = button("Stop", () => void ask(async (live) => live.stop()));
  const reset = button("Reset", () => void ask((live) => live.reset()));
  const own = button("Your own data …", () => files.click());
  const files = document.createElement("input");
  files.type = "file";
  files.multiple = true;
  files.hidden = true;
  files.accept = ".csv,.tab,.tsv,.json";
  const take = (chosen: readonly File[]): void => {
    if (chosen.length > 0) void ask(async (live) => live.mount(await Promise.all(chosen.map(ownFile))));
  };
  files.addEventListener("change", () => take([...(files.files ?? [])]));
  takeDropped(take);
  const status = document.createElement("span");
  status.className = "live-status";
  toolbar.append(run, stop, reset, own, files, status);
  const place = main.querySelector(".title-block") ?? main.querySelector("h1");
  if (place === null) main.prepend(toolbar);
  else place.after(toolbar);
  window.hrdLive = api;
  for (const code of main.querySelectorAll<HTMLElement>("[data-cell] details.code pre.code")) makeEditable(code, api);
  const ask = async (what: (live: LivePage) => Promise<void>): Promise<void> => {
    try {
      await what(await api.ready());
    } catch (error) {
      delete toolbar.dataset.running;
      status.textContent = `This page cannot run: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

async function ownFile(file: File): Promise<OwnFile> {
  return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
}

/** Files that are dropped anywhere on the page, which the browser would open in its place. */
function takeDropped(take: (files: readonly File[]) => void): void {
  const isOfFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  addEventListener("dragover", (event) => {
    if (isOfFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (event.dataTransfer === null || !isOfFiles(event)) return;
    event.preventDefault();
    void filesOf(event.dataTransfer).then(take);
  });
}

/** Code is a text box, whose editor is made when the reader goes into it. */
function makeEditable(code: HTMLElement, api: LiveApi): void {
  const number = Number(code.closest<HTMLElement>("[data-cell]")?.dataset.cell);
  code.setAttribute("role", "textbox");
  code.setAttribute("aria-multiline", "true");
  code.setAttribute("aria-label", `Cell ${number}`);
  code.addEventListener("focus", () => void api.ready().then((live) => live.edit(number)));
}

function ready(api: LiveApi): Promise<LivePage> {
  page ??= load(api);
  page.catch(() => {
    page = null;
  });
  return page;
}

async function load(api: LiveApi): Promise<LivePage> {
  await loadScript(`${base()}assets/live/page.js`);
  if (window.hrdLivePage === undefined) throw new Error("the scripts of the page are not there");
  return window.hrdLivePage(api);
}

start();
