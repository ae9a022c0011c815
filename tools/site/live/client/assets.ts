import { base, loadScript } from "../../client/dom";

const waiting = new Map<string, (content: unknown) => void>();
const known = new Map<string, Promise<unknown>>();

/**
 * A part of the live page, loaded once: a script that hands over a value, or the text of a function for a worker. Classic
 * scripts are all that a page from a file may load.
 */
export function loadAsset(name: string): Promise<unknown> {
  const found = known.get(name);
  if (found !== undefined) return found;
  window.hrdAsset ??= (own, content) => waiting.get(own)?.(content);
  const loaded = new Promise<unknown>((resolve, reject) => {
    waiting.set(name, resolve);
    // A script that was loaded has handed over what it holds.
    loadScript(`${base()}assets/live/${name}.js`).then(() => reject(new Error(`${name}.js is damaged`)), reject);
  });
  known.set(name, loaded);
  loaded.catch(() => known.delete(name));
  return loaded;
}

/** The text of a script for a worker. */
export async function workerScript(name: string): Promise<string> {
  return `(${String(await loadAsset(name))})()`;
}
