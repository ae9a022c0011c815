import { base, button, loadScript } from "../../client/dom";
import type { LiveApi, LivePage } from "./api";

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
  const run = button("Run all", () => void ask((live) => live.run()));
  const stop = button("Stop", () => void ask(async (live) => live.stop()));
  const reset = button("Reset", () => void ask((live) => live.reset()));
  const status = document.createElement("span");
  status.className = "live-status";
  toolbar.append(run, stop, reset, status);
  const place = main.querySelector(".title-block") ?? main.querySelector("h1");
  if (place === null) main.prepend(toolbar);
  else place.after(toolbar);
  window.hrdLive = api;
  const ask = async (what: (live: LivePage) => Promise<void>): Promise<void> => {
    try {
      await what(await api.ready());
    } catch (error) {
      status.textContent = `This page cannot run: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
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
